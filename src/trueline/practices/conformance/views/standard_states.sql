/* ---
title: How standards are kept
grain: one row per standard in force and repository where it holds
key: [repository, standard_repository, standard_id]
columns:
  repository: {type: varchar, doc: Name of the repository where it holds.}
  standard_repository: {type: varchar, doc: Repository of the record.}
  standard_id: {type: varchar, doc: Id of the standard.}
  rule: {type: varchar, doc: Tool and rule.}
  owner: {type: varchar, doc: Who answers for it.}
  files: {type: bigint, doc: Files that it holds for.}
  runs: {type: bigint, doc: Last runs of its tool there.}
  last_ran_at: {type: timestamptz, doc: When its tool ran there last.}
  is_head_measured: {type: boolean, doc: True where that was at the newest commit.}
  is_rule_known: {type: boolean, doc: False where every run lists its rules and none is of this name; null where that cannot be told.}
  results: {type: bigint, doc: Results that break it.}
  is_measured: {type: boolean, doc: "True where its tool ran, knows its rule as far as can be told, and there are files that it holds for."}
  source_path: {type: varchar, doc: The record.}
  source_line: {type: bigint, doc: Line where the record starts.}
--- */
with rules as (
    select distinct l.repository, l.tool, l.category, unnest(l.rules) as rule
    from latest_scanner_runs as l
),

measured as (
    select
        s.repository,
        s.standard_repository,
        s.standard_id,
        count(*) as runs,
        max(l.ran_at) as last_ran_at,
        bool_or(l.commit_id is not distinct from s.head_commit_id) as is_head_measured,
        bool_and(l.lists_all_rules) as lists_all_rules,
        bool_or(exists (
            select 1
            from rules as r
            where
                r.repository = l.repository
                and r.tool = l.tool
                and r.category = l.category
                and r.rule glob s.rule_pattern
        )) as is_listed
    from standards_in_force as s
    inner join latest_scanner_runs as l on s.repository = l.repository and lower(l.tool) glob lower(s.tool_pattern)
    group by s.repository, s.standard_repository, s.standard_id
),

broken as (
    select b.repository, b.standard_repository, b.standard_id, count(*) as results
    from standard_results as b
    group by b.repository, b.standard_repository, b.standard_id
)

select
    s.repository,
    s.standard_repository,
    s.standard_id,
    s.tool_pattern || ':' || s.rule_pattern as rule,
    s.owner,
    coalesce(f.files, 0) as files,
    coalesce(m.runs, 0) as runs,
    m.last_ran_at,
    coalesce(m.is_head_measured, false) as is_head_measured,
    case when m.is_listed then true when m.lists_all_rules then false end as is_rule_known,
    coalesce(b.results, 0) as results,
    coalesce(m.runs > 0 and f.files > 0 and (m.is_listed or not m.lists_all_rules), false) as is_measured,
    s.source_path,
    s.source_line
from standards_in_force as s
left join standard_reach as f using (repository, standard_repository, standard_id)
left join measured as m using (repository, standard_repository, standard_id)
left join broken as b using (repository, standard_repository, standard_id)
