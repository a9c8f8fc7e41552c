/* ---
title: Standards that hold today, and where
grain: one row per active standard that a tool measures and repository where it holds
key: [repository, standard_repository, standard_id]
columns:
  repository: {type: varchar, doc: Name of the repository where it holds.}
  standard_repository: {type: varchar, doc: Repository of the record.}
  standard_id: {type: varchar, doc: Id of the standard.}
  tool_pattern: {type: varchar, doc: "The tool, with `*` for any text."}
  rule_pattern: {type: varchar, doc: "Its rule, with `*` for any text."}
  owner: {type: varchar, doc: Who answers for it.}
  since: {type: date, doc: The day from which it holds.}
  paths: {type: "varchar[]", doc: Where it holds in the repository; everywhere where none is listed.}
  head_commit_id: {type: varchar, doc: The newest commit of the repository.}
  source_path: {type: varchar, doc: The record.}
  source_line: {type: bigint, doc: Line where the record starts.}
--- */
with named as (
    select s.repository, s.standard_id, unnest(s.repositories) as pattern
    from standards as s
)

select
    p.repository,
    s.repository as standard_repository,
    s.standard_id,
    trim(split_part(s.rule, ':', 1)) as tool_pattern,
    trim(substr(s.rule, strpos(s.rule, ':') + 1)) as rule_pattern,
    s.owner,
    s.since,
    s.paths,
    p.head_commit_id,
    s.source_path,
    s.source_line
from standards as s
cross join repositories as p
cross join run
where
    s.status = 'active'
    and contains(s.rule, ':')
    and (s.since is null or s.since <= run.as_of)
    and (
        len(coalesce(s.repositories, [])) = 0
        or exists (
            select 1
            from named as n
            where n.repository = s.repository and n.standard_id = s.standard_id and p.repository glob n.pattern
        )
    )
