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
grain: one row per item of the files in requirement_sources; items of Doorstop only below one of its documents
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
    where i.nature in ('requirement', 'tag') and (i.importer <> 'doorstop' or s.item is not null)
),

copied as (
    select c.repository, c.item_id, c.revision, count(*) as copies, case when min(c.body_digest) <> max(c.body_digest) then 2 else 1 end as texts, min(c.item) as first_copy
    from counted as c
    where c.item_id is not null
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
left join copied as d on c.repository = d.repository and c.item_id = d.item_id and c.revision is not distinct from d.revision
