/* ---
title: What each scanner said last
grain: one row per repository, tool and category, at the commit that the tool looked at last
key: [repository, tool, category]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  tool: {type: varchar, doc: "The tool, as it calls itself."}
  category: {type: varchar, doc: Which of several runs of the tool.}
  commit_id: {type: varchar, doc: The commit that was looked at.}
  rules: {type: "varchar[]", doc: Rules that the report lists or that a result breaks.}
  lists_all_rules: {type: boolean, doc: True where a rule that is not listed did not run.}
  report_id: {type: varchar, doc: Digest of what the run said.}
  ran_at: {type: timestamptz, doc: When it ran.}
--- */
with last as (
    -- A run that failed saw less than there is: what the tool said before still counts.
    select r.repository, r.tool, arg_max(r.commit_id, struct_pack(ran_at := r.ran_at, commit_id := r.commit_id)) as commit_id
    from scanner_runs as r
    where r.is_successful
    group by r.repository, r.tool
)

select r.repository, r.tool, r.category, r.commit_id, r.rules, r.lists_all_rules, r.report_id, r.ran_at
from scanner_runs as r
inner join last using (repository, tool, commit_id)
where r.is_successful
