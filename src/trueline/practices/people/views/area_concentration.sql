/* ---
title: How much of each area rests on its first author
columns:
  repository: {type: varchar, doc: Name of the repository.}
  area: {type: varchar, doc: Directory of the area; null for the whole repository.}
  files: {type: bigint, doc: Source and test files in it.}
  files_with_author: {type: bigint, doc: Those that have an author by the degree of authorship.}
  people: {type: bigint, doc: Persons who are an author of at least one of them.}
  truck_factor: {type: bigint, doc: How few people it rests on.}
  first_share: {type: double, doc: Share of the files that have the most frequent author among theirs.}
  sole_first_files: {type: bigint, doc: Files that have the most frequent author as their only one.}
  changes_90d: {type: bigint, doc: Changes of its files in the 90 days before the horizon.}
  algorithm: {type: varchar, doc: "How it was computed, and after whom."}
  window: {type: varchar, doc: The part of history that counts.}
  as_of: {type: date, doc: The day that the figure is for.}
grain: one row per area, and one per repository with a null area
key: [repository, area]
--- */
with placed as (
    select
        a.repository,
        a.path,
        a.person_key,
        p.area
    from file_authors as a
    inner join path_areas as p on a.repository = p.repository and a.path = p.path
    where a.is_author
    union all
    select
        a.repository,
        a.path,
        a.person_key,
        cast(null as varchar) as area
    from file_authors as a
    where a.is_author
),

files as (
    select
        p.repository,
        p.area,
        p.path,
        count(*) as authors,
        min(p.person_key) as one_of_them
    from placed as p
    group by p.repository, p.area, p.path
),

firsts as (
    select
        c.repository,
        c.area,
        -- Of equals the lesser key goes first, as in truck_factors: both must speak of the same person.
        min_by(c.person_key, (-c.files, c.person_key)) as person_key
    from (
        select
            p.repository,
            p.area,
            p.person_key,
            count(*) as files
        from placed as p
        group by p.repository, p.area, p.person_key
    ) as c
    group by c.repository, c.area
),

soles as (
    select
        f.repository,
        f.area,
        count(*) as files
    from files as f
    inner join firsts as o
        on f.repository = o.repository and f.area is not distinct from o.area and f.one_of_them = o.person_key
    where f.authors = 1
    group by f.repository, f.area
)

select
    t.repository,
    t.area,
    t.files,
    t.files_with_author,
    t.people,
    t.truck_factor,
    t.first_share,
    coalesce(s.files, 0) as sole_first_files,
    t.changes_90d,
    t.algorithm,
    t."window",
    t.as_of
from truck_factors as t
left join soles as s on t.repository = s.repository and t.area is not distinct from s.area
