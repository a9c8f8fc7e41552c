/* ---
title: Results of scanners that stand
grain: one row per result of the last look of each tool that nothing suppresses
key: [repository, tool, category, fingerprint]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  tool: {type: varchar, doc: "The tool, as it calls itself."}
  category: {type: varchar, doc: Which of several runs of the tool.}
  fingerprint: {type: varchar, doc: Same for the same result at another line or commit.}
  rule: {type: varchar, doc: "Id of the rule, as the tool writes it."}
  level: {type: varchar, doc: "error, warning, note or none."}
  path: {type: varchar, doc: The file; null where none of the repository is named.}
  line: {type: bigint, doc: "1-based line, where one is named."}
  message: {type: varchar, doc: What the tool says; null for rules about secrets.}
  help_uri: {type: varchar, doc: Page about the rule.}
  found_at: {type: timestamptz, doc: When the tool ran.}
--- */
select
    r.repository,
    r.tool,
    r.category,
    r.fingerprint,
    r.rule,
    r.level,
    r.path,
    r.line,
    r.message,
    r.help_uri,
    l.ran_at as found_at
from scanner_results as r
inner join latest_scanner_runs as l using (repository, tool, category, commit_id, report_id)
where not r.is_suppressed and r.baseline_state is distinct from 'absent'
