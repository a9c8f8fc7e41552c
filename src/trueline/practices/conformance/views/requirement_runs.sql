/* ---
title: Whether the tests of each requirement ran, and passed at the head commit
grain: one row per requirement
key: [repository, path, line, item_id]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The document that states it.}
  line: {type: bigint, doc: 1-based line.}
  item_id: {type: varchar, doc: Its id.}
  tests: {type: bigint, doc: Files of tests that verify it, by a tag or by what the report of the test says.}
  tests_run: {type: bigint, doc: "Of these, those that a report speaks of at any commit."}
  tests_passed: {type: bigint, doc: "Of these, those whose tests all passed at the head commit; skipped ones prove nothing."}
  tests_failed: {type: bigint, doc: "Of these, those of which a test failed at the head commit."}
--- */
with places as (
    select l.repository, l.to_id as item_id, l.path from requirement_links as l where l.role = 'verifies'
    union
    select t.repository, unnest(t.requirement_ids) as item_id, t.path from tested_files as t
),

-- Where a test names its requirement itself, only that test speaks for it; else all of the file do.
runs as (
    select
        p.repository, p.item_id, p.path, t.commit_id, t.status,
        list_contains(t.requirement_ids, p.item_id) as is_named,
        bool_or(list_contains(t.requirement_ids, p.item_id)) over (partition by p.repository, p.item_id, p.path) as names_some
    from places as p
    inner join tested_files as t on p.repository = t.repository and p.path = t.path
),

per_file as (
    select
        r.repository, r.item_id, r.path,
        bool_and(r.status = 'passed') filter (where r.commit_id = h.head_commit_id and r.status <> 'skipped') as has_passed
    from runs as r
    inner join repositories as h on r.repository = h.repository
    where r.is_named or not r.names_some
    group by r.repository, r.item_id, r.path
),

per_item as (
    select
        p.repository, p.item_id,
        count(*) as tests,
        count(f.path) as tests_run,
        count(*) filter (where f.has_passed) as tests_passed,
        count(*) filter (where not f.has_passed) as tests_failed
    from places as p
    left join per_file as f on p.repository = f.repository and p.item_id = f.item_id and p.path = f.path
    group by p.repository, p.item_id
)

select
    r.repository,
    r.path,
    r.line,
    r.item_id,
    coalesce(i.tests, 0) as tests,
    coalesce(i.tests_run, 0) as tests_run,
    coalesce(i.tests_passed, 0) as tests_passed,
    coalesce(i.tests_failed, 0) as tests_failed
from requirement_tests as r
left join per_item as i on r.repository = i.repository and r.item_id = i.item_id
