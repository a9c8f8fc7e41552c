/* ---
title: Requirements and tags that count
columns:
  item: {type: bigint, doc: "A number for each item of the snapshot, by which views join."}
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: Display path of the file.}
  importer: {type: varchar, doc: The importer that read it.}
  number: {type: bigint, doc: Which item of this file and importer it is.}
  line: {type: bigint, doc: 1-based line.}
  col: {type: bigint, doc: 1-based column.}
  nature: {type: varchar, doc: requirement or tag.}
  item_id: {type: varchar, doc: What links cite; null for a tag that has no id.}
  kind: {type: varchar, doc: "The form's own word for what it is."}
  revision: {type: varchar, doc: As written; null where there is none.}
  owner: {type: varchar, doc: "Who answers for it, as written."}
  is_normative: {type: boolean, doc: False for what only explains.}
  is_active: {type: boolean, doc: "False for what is withdrawn, rejected or switched off."}
  is_derived: {type: boolean, doc: True where it says that it needs no parent.}
  needs: {type: "varchar[]", doc: Kinds of items that must cover it; null where the form does not say.}
  fingerprint: {type: varchar, doc: What links cite where the form keeps digests with them.}
  is_review_current: {type: boolean, doc: False where it changed since its stored review; null where none is stored.}
  document: {type: varchar, doc: "The document that holds it, where the form has documents."}
  copies: {type: bigint, doc: How many items of the repository have this id and revision.}
  texts: {type: bigint, doc: 2 where these have different texts, else 1.}
  is_first: {type: boolean, doc: True for the first of these.}
grain: one row per item of the files in requirement_sources; items of Doorstop only below one of its documents, plain tags only of known prefixes
key: [item]
--- */
with doorstop as (
    select r.first_item + i.number as item, i.repository, i.path, i.attributes
    from requirement_items as i
    inner join requirement_sources as r on i.repository = r.repository and i.path = r.path and i.importer = r.importer
    where i.importer = 'doorstop' and i.nature = 'requirement'
),

-- An item belongs to the nearest folder above it that is a document.
above as (
    select
        d.item, d.repository, d.attributes,
        unnest(list_transform(range(len(string_split(d.path, '/'))), lambda n: array_to_string(string_split(d.path, '/')[1:n], '/'))) as folder
    from doorstop as d
),

held as (
    select
        a.item,
        arg_max(d.document, length(d.folder)) as document,
        arg_max(d.further_fields, length(d.folder)) as further_fields,
        any_value(a.attributes) as attributes
    from above as a
    inner join requirement_documents as d on a.repository = d.repository and a.folder = d.folder
    group by a.item
),

cited as (
    select r.first_item + l.number as item, string_agg(distinct l.to_id, '' order by l.to_id) as parents
    from requirement_links as l
    inner join requirement_sources as r on l.repository = r.repository and l.path = r.path and l.importer = r.importer
    where l.importer = 'doorstop' and l.role = 'covers'
    group by all
),

-- Where a document asks for further fields, the stamps of its items are made of these too.
stamped as (
    select
        h.item, h.document,
        list_filter(h.attributes, lambda a: starts_with(a, 'stamped='))[1][9:] as stamped,
        coalesce(c.parents, '') as parents,
        array_to_string(
            list_filter(
                list_transform(h.further_fields, lambda name: list_filter(h.attributes, lambda a: starts_with(a, 'field=' || name || chr(9)))[1][length(name) + 8:]),
                lambda value: value is not null
            ),
            ''
        ) as further
    from held as h
    left join cited as c on h.item = c.item
),

-- What has a heading somewhere is only mentioned by lists and rows elsewhere.
ranked as (
    select
        i.repository, i.path, i.number, i.item_id,
        list_position(['anchor', 'heading', 'paragraph', 'list', 'row'], i.attributes[1][11:]) as weakness
    from requirement_items as i
    inner join requirement_sources as r on i.repository = r.repository and i.path = r.path and i.importer = r.importer
    where i.importer = 'markdown' and i.nature = 'requirement'
),

strongest as (
    select k.repository, k.item_id, min(case when k.weakness <= 2 then 1 when k.weakness <= 4 then 2 else 3 end) as rank
    from ranked as k
    group by all
),

mentions as (
    select k.repository, k.path, k.number
    from ranked as k
    inner join strongest as s using (repository, item_id)
    where case when k.weakness <= 2 then 1 when k.weakness <= 4 then 2 else 3 end > s.rank
),

-- Comments hold keys of trackers too: a tag counts where it cites a prefix that some document states.
strangers as (
    select i.repository, i.path, i.importer, i.number
    from requirement_items as i
    inner join requirement_links as l
        on i.repository = l.repository and i.path = l.path and i.importer = l.importer and i.number = l.number
    left join (select distinct p.prefix from requirement_prefixes as p) as p
        on regexp_extract(l.to_id, '^(.*[-_])[0-9]', 1) = p.prefix
    where i.importer in ('markdown', 'id_tags') and i.nature = 'tag'
    group by all
    having count(p.prefix) = 0
),

counted as (
    select
        r.first_item + i.number as item,
        i.repository, i.path, i.importer, i.number, i.line, i.col, i.nature, i.item_id, i.kind, i.revision, i.owner,
        i.is_normative, i.is_active, i.is_derived, i.needs, i.body_digest, s.document,
        case when coalesce(s.further, '') = '' then i.fingerprint
            else replace(replace(to_base64(unhex(sha256(s.stamped || s.further))), '+', '-'), '/', '_') end as fingerprint,
        i.reviewed_digest = case when coalesce(s.further, '') = '' then i.review_fingerprint
            else replace(replace(to_base64(unhex(sha256(s.stamped || s.parents || s.further))), '+', '-'), '/', '_') end as is_review_current
    from requirement_items as i
    inner join requirement_sources as r on i.repository = r.repository and i.path = r.path and i.importer = r.importer
    left join stamped as s on r.first_item + i.number = s.item
    anti join mentions as m on i.importer = 'markdown' and i.repository = m.repository and i.path = m.path and i.number = m.number
    anti join strangers as t on i.repository = t.repository and i.path = t.path and i.importer = t.importer and i.number = t.number
    where i.nature in ('requirement', 'tag') and (i.importer <> 'doorstop' or s.item is not null)
),

copied as (
    select c.repository, c.item_id, c.revision, count(*) as copies, case when min(c.body_digest) <> max(c.body_digest) then 2 else 1 end as texts, min(c.item) as first_copy
    from counted as c
    where c.item_id is not null and c.importer <> 'openapi' -- two descriptions may each have a getStatus
    group by all
    having count(*) > 1
)

select
    c.item, c.repository, c.path, c.importer, c.number, c.line, c.col, c.nature, c.item_id, c.kind, c.revision, c.owner,
    c.is_normative, c.is_active, c.is_derived, c.needs, c.fingerprint, c.is_review_current, c.document,
    coalesce(d.copies, 1) as copies,
    coalesce(d.texts, 1) as texts,
    coalesce(d.first_copy = c.item, true) as is_first
from counted as c
left join copied as d
    on c.repository = d.repository and c.item_id = d.item_id and c.revision is not distinct from d.revision and c.importer <> 'openapi'
