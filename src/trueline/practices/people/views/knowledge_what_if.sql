/* ---
title: What each area would lose if one person left
columns:
  repository: {type: varchar, doc: Name of the repository.}
  area: {type: varchar, doc: Directory of the area., privacy: people}
  person_key: {type: varchar, doc: Pseudonym of a person who knows a recently changed file of it best., privacy: people}
  files_known: {type: bigint, doc: "Recently changed files of the area that this person knows best, alone or with others.", privacy: people}
  files_lost: {type: bigint, doc: Those of them that nobody else knows so well., privacy: people}
  files_changed: {type: bigint, doc: All recently changed files of the area., privacy: people}
  loses_most: {type: boolean, doc: True where more than half of these would have nobody left who knows them best., privacy: people}
  loses_last_knower: {type: boolean, doc: True where nobody else knows any of them best., privacy: people}
  last_landed_days: {type: bigint, doc: "Days from this person's last landed change to the horizon.", privacy: people}
  left_on: {type: date, doc: "The last day of this person's work here, where an identity record says it.", privacy: people}
grain: one row per area and person who knows a file of it best
key: [repository, area, person_key]
--- */
with known as (
    select
        k.repository,
        a.area,
        k.path,
        k.person_key,
        k.last_landed_days,
        count(*) over (partition by k.repository, k.path) as knowers
    from file_knowers as k
    inner join path_areas as a on k.repository = a.repository and k.path = a.path
),

leavers as (
    select p.repository, p.person_key, max(i.left_on) as left_on
    from identities as i
    cross join unnest(i.addresses) as a (author_key)
    inner join person_keys as p on a.author_key = p.author_key
    where i.left_on is not null and i.withdrawn_on is null
    group by p.repository, p.person_key
),

areas_known as (
    select
        k.repository,
        k.area,
        count(distinct k.path) as files_changed,
        count(distinct k.person_key) as people
    from known as k
    group by k.repository, k.area
)

select
    k.repository,
    k.area,
    k.person_key,
    count(*) as files_known,
    count(*) filter (where k.knowers = 1) as files_lost,
    a.files_changed,
    count(*) filter (where k.knowers = 1) * 2 > a.files_changed as loses_most,
    a.people = 1 as loses_last_knower,
    min(k.last_landed_days) as last_landed_days,
    max(l.left_on) as left_on
from known as k
inner join areas_known as a on k.repository = a.repository and k.area = a.area
left join leavers as l on k.repository = l.repository and k.person_key = l.person_key
group by k.repository, k.area, k.person_key, a.files_changed, a.people
