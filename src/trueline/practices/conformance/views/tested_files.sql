/* ---
title: The files of the tests that reports speak of
grain: one row per test of a report and file that it lies in
key: [repository, commit_id, suite, test, path]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  commit_id: {type: varchar, doc: The commit that was tested.}
  suite: {type: varchar, doc: Name of the suite.}
  test: {type: varchar, doc: "Class and name of the test."}
  status: {type: varchar, doc: "passed, failed, error or skipped."}
  path: {type: varchar, doc: "The file; told by the report, or by the name of the class."}
  requirement_ids: {type: "varchar[]", doc: Requirements that the test names in its properties.}
--- */
with stems as (
    select f.repository, f.path, regexp_replace(f.path, '[.][^./]*$', '') as stem
    from files as f
    where f.entry = 'file'
),

named as (
    select distinct repository, class_name, path
    from test_results
    where class_name is not null or path is not null
),

-- `tests.test_cart.TestTotal` is tests/test_cart.py or tests/test_cart/TestTotal.java: with its last word or without.
guesses as (
    select repository, class_name, path, regexp_replace(replace(path, '\', '/'), '^[.]/|[.][^./]*$', '', 'g') as stem
    from named where path is not null
    union
    select repository, class_name, path, replace(class_name, '.', '/') as stem
    from named where class_name is not null
    union
    select repository, class_name, path, replace(regexp_replace(class_name, '[.][^.]*$', ''), '.', '/') as stem
    from named where class_name is not null
),

found as (
    select distinct g.repository, g.class_name, g.path as told, s.path
    from guesses as g
    inner join stems as s
        on g.repository = s.repository and parse_filename(g.stem) = parse_filename(s.stem)
    where s.stem = g.stem or ends_with(s.stem, '/' || g.stem) or ends_with(g.stem, '/' || s.stem)
)

select t.repository, t.commit_id, t.suite, t.test, t.status, f.path, t.requirement_ids
from test_results as t
inner join found as f
    on
        t.repository = f.repository
        and t.class_name is not distinct from f.class_name
        and t.path is not distinct from f.told
