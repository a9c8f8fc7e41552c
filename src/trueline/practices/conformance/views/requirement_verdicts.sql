/* ---
title: How each requirement and tag stands
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: Display path of the file.}
  line: {type: bigint, doc: 1-based line.}
  col: {type: bigint, doc: 1-based column.}
  item: {type: bigint, doc: "The item, as in requirement_scope."}
  importer: {type: varchar, doc: The importer that read it.}
  nature: {type: varchar, doc: requirement or tag.}
  item_id: {type: varchar, doc: Its id; null for a tag that has none.}
  kind: {type: varchar, doc: "The form's own word for what it is."}
  revision: {type: varchar, doc: As written; null where there is none.}
  verdict: {type: varchar, doc: "The first that holds: conflicting, duplicate, orphaned, ambiguous, outdated, predated, unwanted, suspect, unreviewed, parentless, circular, uncovered, unverified, incomplete, miscited, inactive, verified, implemented, covered, resolved, untraced."}
  is_ok: {type: boolean, doc: True where nothing is wrong with it or below it; null where nothing tells.}
  lacks: {type: "varchar[]", doc: Kinds that it needs and nothing covers it with.}
grain: one row per item
key: [item]
--- */
with recursive incoming as (
    select
        c.to_item as item,
        bool_or(c.state in ('outdated', 'predated', 'unwanted')) as is_miscited,
        bool_or(c.role = 'implements' and c.state in ('covers', 'suspect')) as is_implemented,
        bool_or(c.role = 'verifies' and c.state in ('covers', 'suspect')) as is_verified,
        bool_or(c.role = 'covers' and c.state in ('covers', 'suspect')) as is_covered
    from requirement_citations as c
    where c.to_item is not null and c.role <> 'depends'
    group by all
),

outgoing as (
    select
        c.item,
        bool_or(c.state = 'orphaned') as is_orphaned,
        bool_or(c.state = 'ambiguous') as is_ambiguous,
        bool_or(c.state = 'outdated') as is_outdated,
        bool_or(c.state = 'predated') as is_predated,
        bool_or(c.state = 'unwanted') as is_unwanted,
        bool_or(c.state = 'suspect') as is_suspect
    from requirement_citations as c
    where c.role <> 'depends' and c.state <> 'covers'
    group by all
),

lacks as (
    select n.item, list(n.kind order by n.kind) as kinds
    from (select s.item, unnest(list_distinct(s.needs)) as kind from requirement_scope as s where len(s.needs) > 0) as n
    anti join requirement_citations as c on n.item = c.to_item and n.kind = c.kind and c.state = 'covers' and c.role <> 'depends'
    group by n.item
),

-- What forms with documents ask of the items in these.
places as (
    select
        s.item,
        g.item is not null as is_citing,
        s.is_normative and not s.is_derived and g.item is null
            and exists (select 1 from requirement_documents as p where p.repository = s.repository and p.document = s.document and p.parent is not null) as is_parentless,
        s.is_normative and s.item not in (select i.item from incoming as i)
            and exists (select 1 from requirement_documents as p where p.repository = s.repository and p.parent = s.document) as is_childless
    from requirement_scope as s
    left join (select distinct c.item from requirement_citations as c where c.role <> 'depends') as g on s.item = g.item
    where s.document is not null
),

-- Forms that do not say what an item needs are judged by what the others of the same importer and kind have.
habits as (
    select
        s.repository, s.importer, s.kind,
        bool_or(i.is_implemented or i.is_verified) as has_tags,
        bool_or(i.is_verified) as has_verification
    from requirement_scope as s
    inner join incoming as i using (item)
    where s.needs is null
    group by all
),

facts as (
    select
        s.*,
        n.kinds as lacks,
        coalesce(i.is_miscited, false) as is_miscited,
        coalesce(i.is_implemented, false) as is_implemented,
        coalesce(i.is_verified, false) as is_verified,
        coalesce(i.is_covered, false) as is_covered,
        coalesce(p.is_citing, false) as is_citing,
        coalesce(p.is_parentless, false) as is_parentless,
        coalesce(p.is_childless, false) as is_childless,
        coalesce(o.is_orphaned, false) as is_orphaned,
        coalesce(o.is_ambiguous, false) as is_ambiguous,
        coalesce(o.is_outdated, false) as is_outdated,
        coalesce(o.is_predated, false) as is_predated,
        coalesce(o.is_unwanted, false) as is_unwanted,
        coalesce(o.is_suspect, false) as is_suspect,
        coalesce(h.has_tags, false) as has_tags,
        coalesce(h.has_verification, false) as has_verification
    from requirement_scope as s
    left join incoming as i on s.item = i.item
    left join outgoing as o on s.item = o.item
    left join lacks as n on s.item = n.item
    left join places as p on s.item = p.item
    left join habits as h on s.repository = h.repository and s.importer = h.importer and s.kind = h.kind
),

-- Scenarios and test cases in documents: what verifies something is not waiting to be verified.
verifying as (
    select distinct c.item from requirement_citations as c where c.role = 'verifies' and c.state = 'covers'
),

edges as (
    select c.item, c.to_item
    from requirement_citations as c
    where c.to_item is not null and c.role <> 'depends' and c.state in ('covers', 'suspect', 'unwanted', 'predated', 'outdated')
),

-- What lacks something makes everything above it incomplete.
lacking (item) as (
    select n.item from lacks as n
    union
    select p.item from places as p where p.is_childless
    union
    select e.to_item
    from lacking as g
    inner join edges as e on g.item = e.item
),

-- Only an item that cites and is cited, by one that is cited itself, can stand in a circle.
inner_edges as (
    select e.item, e.to_item
    from edges as e
    where e.item in (select i.to_item from edges as i) and e.to_item in (select o.item from edges as o)
),

tight_edges as (
    select e.item, e.to_item
    from inner_edges as e
    where e.item in (select i.to_item from inner_edges as i) and e.to_item in (select o.item from inner_edges as o)
),

reach (item, to_item) as (
    select t.item, t.to_item from tight_edges as t
    union
    select r.item, t.to_item
    from reach as r
    inner join tight_edges as t on r.to_item = t.item
),

circles (item) as (
    select r.item from reach as r where r.item = r.to_item
    union
    select e.to_item
    from circles as c
    inner join edges as e on c.item = e.item
),

judged as (
    select
        f.*,
        case
            when f.copies > 1 and f.texts > 1 then 'conflicting'
            when f.copies > 1 then 'duplicate'
            when not f.is_active then 'inactive'
            when f.is_orphaned then 'orphaned'
            when f.is_ambiguous then 'ambiguous'
            when f.is_outdated then 'outdated'
            when f.is_predated then 'predated'
            when f.is_unwanted then 'unwanted'
            when f.is_suspect then 'suspect'
            when not f.is_review_current then 'unreviewed'
            when f.is_parentless then 'parentless'
            when f.item in (select l.item from circles as l) then 'circular'
            when len(f.lacks) > 0 and len(list_filter(f.lacks, lambda n: not ends_with(n, 'test'))) = 0 then 'unverified'
            when len(f.lacks) > 0 or f.is_childless then 'uncovered'
            when f.item in (select g.item from lacking as g) then 'incomplete'
            when f.is_miscited then 'miscited'
            when f.nature = 'tag' then 'resolved'
            when f.needs is null and f.is_implemented and not f.is_verified and f.has_verification then 'unverified'
            when f.is_verified then 'verified'
            when f.is_implemented then 'implemented'
            when f.is_covered or f.needs is not null then 'covered'
            when f.is_citing and f.document is not null then 'resolved'
            when f.needs is null and f.item in (select g.item from verifying as g) then 'resolved'
            when f.has_tags and f.is_normative and f.document is null then 'uncovered'
            else 'untraced'
        end as verdict
    from facts as f
)

select
    j.repository, j.path, j.line, j.col, j.item, j.importer, j.nature, j.item_id, j.kind, j.revision, j.verdict,
    case
        when j.verdict in ('verified', 'implemented', 'covered', 'resolved', 'inactive') then true
        when j.verdict = 'untraced' then null
        else false
    end as is_ok,
    coalesce(j.lacks, []) as lacks
from judged as j
