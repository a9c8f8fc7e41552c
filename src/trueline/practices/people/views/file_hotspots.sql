/* ---
title: Source files by how much they change and how large they are
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: "Display path of a source file: generated, vendored and test files are left out by the rules of path_kinds."}
  size_bytes: {type: bigint, doc: Size; null where the content is missing.}
  changes_365d: {type: bigint, doc: "Commits by persons that changed it, under earlier names too, and landed in the 365 days before the horizon."}
  weight: {type: double, doc: "Its changes of 540 days, each counted 2^(-age / 180 days)."}
  people_365d: {type: bigint, doc: Persons who wrote these commits of 365 days.}
  rank: {type: bigint, doc: "Order of weight times size, 1 for the hottest."}
  algorithm: {type: varchar, doc: How it was ranked.}
  window: {type: varchar, doc: The part of history that the rank looks at.}
  as_of: {type: date, doc: The day that the figure is for.}
grain: one row per source file that a person changed in the 540 days before the horizon
key: [repository, path]
--- */
select
    f.repository,
    f.path,
    f.size_bytes,
    f.changes_365d,
    f.weight,
    f.people_365d,
    row_number() over (
        partition by f.repository
        order by f.weight * f.size_bytes desc nulls last, f.path nulls last
    ) as rank,
    'changes weighed by 2^(-age / 180 days), times size' as algorithm,
    '540 days before the last fetch or the day asked for, whichever is earlier' as "window",
    run.as_of
from (
    select
        c.repository,
        c.path,
        any_value(t.size_bytes) as size_bytes,
        count(*) filter (where c.age_days < 365) as changes_365d,
        -- Fractions added in one order always give the same sum.
        sum(c.weight order by c.age_days, c.commit_id) as weight,
        count(distinct c.person_key) filter (where c.age_days < 365) as people_365d
    from recent_file_changes as c
    inner join path_kinds as k on c.repository = k.repository and c.path = k.path
    inner join files as t on c.repository = t.repository and c.path = t.path
    where k.kind = 'source'
    group by c.repository, c.path
) as f
cross join run
