/* ---
title: What carries and what verifies each requirement
grain: one row per requirement
key: [repository, path, line, item_id]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The document that states it.}
  line: {type: bigint, doc: 1-based line.}
  item_id: {type: varchar, doc: Its id.}
  verdict: {type: varchar, doc: "How it stands by its links, as in requirement_verdicts."}
  tags: {type: bigint, doc: Places in code that say that they implement it.}
  tests: {type: bigint, doc: Files of tests that say that they verify it.}
--- */
with links as (
    select
        l.repository, l.to_id as item_id,
        count(distinct (l.path, l.line)) filter (where l.role = 'implements') as tags,
        count(distinct l.path) filter (where l.role = 'verifies') as tests
    from requirement_links as l
    group by l.repository, l.to_id
)

select distinct
    v.repository,
    v.path,
    v.line,
    v.item_id,
    v.verdict,
    coalesce(l.tags, 0) as tags,
    coalesce(l.tests, 0) as tests
from requirement_verdicts as v
left join links as l on v.repository = l.repository and v.item_id = l.item_id
where v.nature = 'requirement' and v.item_id is not null and v.verdict <> 'inactive'
