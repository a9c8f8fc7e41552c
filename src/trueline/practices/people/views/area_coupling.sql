/* ---
title: Areas that change together
columns:
  repository: {type: varchar, doc: Name of the repository.}
  area: {type: varchar, doc: Directory of the area.}
  other_area: {type: varchar, doc: Directory of an area that changes with it.}
  changes_together: {type: bigint, doc: "Landed changes by persons, 365 days back from the horizon, that touch both; five or more."}
  changes: {type: bigint, doc: Those that touch the area.}
  share: {type: double, doc: "Of the area's changes, how many touch the other area too."}
  sweeping_left_out: {type: bigint, doc: "Changes of the area that do not count by the rule sweeping_change: more than 50 files."}
  algorithm: {type: varchar, doc: How it was counted.}
  window: {type: varchar, doc: The part of history that counts.}
  as_of: {type: date, doc: The day that the figure is for.}
grain: one row per area and other area, in both directions
key: [repository, area, other_area]
--- */
with rules as (
    select
        'sweeping_change' as rule,
        -- A change of so many files renames or reformats: it says nothing about what belongs together.
        50 as most_files
),

touched as (
    select distinct
        c.repository,
        c.change_id,
        p.area
    from recent_file_changes as c
    inner join path_areas as p on c.repository = p.repository and c.path = p.path
    where c.age_days < 365
),

-- All files count for a change's size, also those that are gone or that nobody writes by hand.
sizes as (
    select
        l.repository,
        l.change_id,
        count(distinct f.path) as files
    from landed_commits as l
    inner join file_changes as f on l.repository = f.repository and l.commit_id = f.commit_id
    where (l.repository, l.change_id) in (select (t.repository, t.change_id) from touched as t)
    group by l.repository, l.change_id
),

judged as (
    select
        t.repository,
        t.change_id,
        t.area,
        s.files > rules.most_files as is_sweeping
    from touched as t
    inner join sizes as s on t.repository = s.repository and t.change_id = s.change_id
    cross join rules
),

alone as (
    select
        j.repository,
        j.area,
        count(*) filter (where not j.is_sweeping) as changes,
        count(*) filter (where j.is_sweeping) as sweeping_left_out
    from judged as j
    group by j.repository, j.area
),

pairs as (
    select
        j.repository,
        j.area,
        o.area as other_area,
        count(*) as changes_together
    from judged as j
    inner join judged as o on j.repository = o.repository and j.change_id = o.change_id and j.area <> o.area
    where not j.is_sweeping
    group by j.repository, j.area, o.area
)

select
    p.repository,
    p.area,
    p.other_area,
    p.changes_together,
    a.changes,
    p.changes_together / a.changes as share,
    a.sweeping_left_out,
    'landed changes that touch both areas, five or more; ' || rules.rule || ' (more than ' || rules.most_files
    || ' files) left out' as algorithm,
    '365 days before the last fetch or the day asked for, whichever is earlier' as "window",
    run.as_of
from pairs as p
inner join alone as a on p.repository = a.repository and p.area = a.area
cross join rules
cross join run
where p.changes_together >= 5
