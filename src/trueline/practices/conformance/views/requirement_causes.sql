/* ---
title: Why requirements and tags do not hold, each cause once
columns:
  repository: {type: varchar, doc: Name of the repository.}
  cause: {type: varchar, doc: "conflicting, duplicate, orphaned, outdated, predated, unwanted, suspect, unreviewed, parentless, circular, uncovered, unverified, broken_dependency or circular_dependency."}
  subject: {type: varchar, doc: "What it is about: the id cited, stated twice, or left without what it needs."}
  message: {type: varchar, doc: What is wrong, as the rest of a sentence that begins with the subject.}
  path: {type: varchar, doc: The first place.}
  line: {type: bigint, doc: 1-based line.}
  col: {type: bigint, doc: 1-based column.}
  places: {type: "varchar[]", doc: "All places, as path:line."}
  owner: {type: varchar, doc: "Who answers for the requirement, as written; null where nobody is named."}
  affected: {type: bigint, doc: "Items that are not ok because of it, itself among them."}
  affected_ids: {type: "varchar[]", doc: "Ids of these, at most twenty."}
grain: one row per cause
key: [repository, cause, subject]
--- */
with recursive wrong as (
    select v.*, s.is_active, s.owner, s.document
    from requirement_verdicts as v
    inner join requirement_scope as s using (item)
    where not v.is_ok
),

-- Where nothing at all is known of that sort, the sort is missing, not each of its ids.
sorts as (
    select distinct
        s.repository,
        case when contains(s.item_id, '~') then split_part(s.item_id, '~', 1) || '~' else regexp_extract(s.item_id, '^[^0-9]*') end as sort
    from requirement_scope as s
    where s.item_id is not null and s.nature = 'requirement'
),

bad as (
    select
        c.*,
        case when contains(c.to_id, '~') then split_part(c.to_id, '~', 1) || '~' else regexp_extract(c.to_id, '^[^0-9]*') end as sort
    from requirement_citations as c
    inner join requirement_scope as s on c.item = s.item
    left join requirement_scope as t on c.to_item = t.item
    where c.role <> 'depends' and s.is_active and c.state in ('orphaned', 'outdated', 'predated', 'unwanted', 'suspect')
        and not (c.state = 'unwanted' and t.copies > 1)
),

unread as (
    select n.repository, '; ' || string_agg(n.files || ' ' || n.kind || ' files state some, and no importer reads these', ', ' order by n.kind) as said
    from (
        select u.repository, '.' || u.kind as kind, count(distinct u.path) as files
        from requirement_items as u
        where u.nature = 'unread'
        group by all
    ) as n
    group by all
),

citing as (
    select
        b.repository, b.state as cause,
        case when b.state = 'orphaned' and k.sort is null then b.sort || '*'
            else b.to_id || coalesce('~' || b.cited_revision, '') || case when b.state = 'unwanted' then ' by ' || coalesce(b.kind, '') else '' end
        end as subject,
        case
            when b.state = 'orphaned' and k.sort is null then 'are cited, and nothing that states any of them was imported' || coalesce(u.said, '')
            when b.state = 'orphaned' then 'is cited, and nothing has that id'
            when b.state = 'outdated' then 'is cited, and its revision is now ' || b.to_revision
            when b.state = 'predated' then 'is cited, and its revision is only ' || b.to_revision
            when b.state = 'unwanted' then 'covers what does not ask for it'
            else 'changed since what cites it was looked at'
        end as message,
        b.path, b.line, b.col, b.item, b.to_item
    from bad as b
    left join sorts as k on b.repository = k.repository and b.sort = k.sort
    left join unread as u on b.repository = u.repository
),

kinds as (
    select distinct s.repository, s.kind from requirement_scope as s
),

missing as (
    select w.repository, w.item, w.path, w.line, w.col, w.item_id, w.revision, l.kind, k.kind is null as is_unknown_kind
    from wrong as w
    cross join lateral (select unnest(w.lacks) as kind) as l
    left join kinds as k on w.repository = k.repository and l.kind = k.kind
    where not exists (
        select 1 from requirement_citations as c
        where c.to_item = w.item and c.kind = l.kind and c.state in ('outdated', 'predated')
    )
    and w.verdict not in ('duplicate', 'conflicting', 'inactive')
),

-- What merely depends holds all the same: a dependency that leads nowhere, or back, is told and makes nothing fail.
depending as (
    select c.* from requirement_citations as c where c.role = 'depends'
),

depends_on (item, to_item) as (
    select d.item, d.to_item from depending as d where d.to_item is not null
    union
    select r.item, d.to_item
    from depends_on as r
    inner join depending as d on r.to_item = d.item
    where d.to_item is not null
),

rings as (
    select r.item, min(b.item) as first_item
    from depends_on as r
    inner join depends_on as b on r.to_item = b.item and r.item = b.to_item
    group by r.item
),

found as (
    select c.repository, c.cause, c.subject, c.message, c.path, c.line, c.col, c.item, c.to_item from citing as c
    union all
    select
        w.repository, w.verdict,
        w.item_id || coalesce('~' || w.revision, ''),
        case when w.verdict = 'duplicate' then 'is stated more than once' else 'is stated more than once, and differently' end,
        w.path, w.line, w.col, w.item, null
    from wrong as w
    where w.verdict in ('duplicate', 'conflicting')
    union all
    select
        m.repository,
        case when ends_with(m.kind, 'test') then 'unverified' else 'uncovered' end,
        m.kind || '~*',
        'is needed, and nothing of that kind was imported',
        m.path, m.line, m.col, m.item, null
    from missing as m
    where m.is_unknown_kind
    union all
    select
        m.repository,
        case when bool_and(ends_with(m.kind, 'test')) then 'unverified' else 'uncovered' end,
        m.item_id || coalesce('~' || m.revision, ''),
        'needs ' || string_agg(m.kind, ' and ' order by m.kind) || ', and nothing of that kind covers it',
        m.path, m.line, m.col, m.item, null
    from missing as m
    where not m.is_unknown_kind
    group by m.repository, m.item_id, m.revision, m.path, m.line, m.col, m.item
    union all
    select
        w.repository, w.verdict, w.item_id,
        case w.verdict
            when 'unreviewed' then 'changed since it was reviewed'
            when 'parentless' then 'has no link to the parent document'
            when 'circular' then 'is reached again from itself'
            when 'unverified' then 'is implemented, and nothing verifies it'
            else 'is covered by nothing'
        end,
        w.path, w.line, w.col, w.item, null
    from wrong as w
    where w.verdict in ('unreviewed', 'parentless', 'circular')
        or (w.verdict in ('uncovered', 'unverified') and len(w.lacks) = 0)
    union all
    select
        d.repository, 'broken_dependency',
        d.to_id || coalesce('~' || d.cited_revision, ''),
        case when d.state = 'orphaned' then 'is depended on, and nothing has that id' else 'is depended on, and its revision is ' || d.to_revision end,
        d.path, d.line, d.col, d.item, null
    from depending as d
    inner join requirement_scope as s on d.item = s.item
    where s.is_active and d.state in ('orphaned', 'outdated', 'predated')
    union all
    select
        d.repository, 'circular_dependency',
        f.item_id || coalesce('~' || f.revision, ''),
        'depends on itself',
        d.path, d.line, d.col, d.item, null
    from depending as d
    inner join rings as r on d.item = r.item
    inner join rings as t on d.to_item = t.item and r.first_item = t.first_item
    inner join requirement_scope as f on r.first_item = f.item
),

spread (repository, cause, subject, item) as (
    select f.repository, f.cause, f.subject, f.item from found as f
    union
    select f.repository, f.cause, f.subject, f.to_item from found as f where f.to_item is not null and f.cause <> 'suspect'
    union
    select f.repository, f.cause, f.subject, c.item
    from found as f
    inner join requirement_citations as c on f.item = c.to_item
    where f.cause in ('duplicate', 'conflicting') and c.role <> 'depends'
    union
    select p.repository, p.cause, p.subject, c.to_item
    from spread as p
    inner join requirement_citations as c on p.item = c.item
    where c.to_item is not null and c.role <> 'depends'
),

touched as (
    select
        p.repository, p.cause, p.subject,
        count(distinct w.item) as affected,
        list(distinct w.item_id order by w.item_id) filter (where w.item_id is not null) as ids
    from spread as p
    inner join wrong as w on p.item = w.item
    left join found as f on p.repository = f.repository and p.cause = f.cause and p.subject = f.subject and p.item = f.item
    where f.item is not null or w.verdict in ('ambiguous', 'unwanted', 'incomplete', 'miscited', 'uncovered', 'unverified', 'circular')
    group by all
),

spots as (
    select d.repository, d.cause, d.subject, list(d.path || ':' || d.line order by d.path, d.line) as places
    from (select distinct f.repository, f.cause, f.subject, f.path, f.line from found as f) as d
    group by all
),

told as (
    select
        f.repository, f.cause, f.subject,
        min(f.message) as message,
        arg_min(f.path, (f.path, f.line, f.col)) as path,
        arg_min(f.line, (f.path, f.line, f.col)) as line,
        arg_min(f.col, (f.path, f.line, f.col)) as col,
        min(coalesce(cited.owner, own.owner)) as owner
    from found as f
    inner join requirement_scope as own on f.item = own.item
    left join requirement_scope as cited on f.to_item = cited.item
    group by all
)

select
    t.repository, t.cause, t.subject, t.message, t.path, t.line, t.col, s.places, t.owner,
    coalesce(a.affected, 0) as affected,
    coalesce(a.ids[1:20], []) as affected_ids
from told as t
inner join spots as s using (repository, cause, subject)
left join touched as a using (repository, cause, subject)
