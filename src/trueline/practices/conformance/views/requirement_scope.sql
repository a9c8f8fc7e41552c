/* ---
title: Requirements and tags that count
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: Display path of the file.}
  importer: {type: varchar, doc: The importer that read it.}
  number: {type: bigint, doc: Which item of this file and importer it is.}
  item: {type: bigint, doc: A number for each item of the snapshot, by which views join.}
  line: {type: bigint, doc: 1-based line.}
  col: {type: bigint, doc: 1-based column.}
  nature: {type: varchar, doc: requirement or tag.}
  item_id: {type: varchar, doc: What links cite; null for a tag that has no id.}
  kind: {type: varchar, doc: "The form's own word for what it is."}
  revision: {type: varchar, doc: As written; null where there is none.}
  title: {type: varchar, doc: What people call it.}
  owner: {type: varchar, doc: "Who answers for it, as written."}
  is_normative: {type: boolean, doc: False for what only explains.}
  is_active: {type: boolean, doc: "False for what is withdrawn, rejected or switched off."}
  is_derived: {type: boolean, doc: True where it says that it needs no parent.}
  needs: {type: "varchar[]", doc: Kinds of items that must cover it; null where the form does not say.}
  body_digest: {type: varchar, doc: Digest of its text.}
  normative_digest: {type: varchar, doc: Digest of what its text demands.}
  fingerprint: {type: varchar, doc: What links cite where the form keeps digests with them.}
  is_review_current: {type: boolean, doc: False where it changed since its stored review; null where none is stored.}
  document: {type: varchar, doc: "The document that holds it, where the form has documents."}
  copies: {type: bigint, doc: How many items of the repository have this id and revision.}
  texts: {type: bigint, doc: How many different texts these have.}
grain: "one row per item, without those of vendored and generated files and of forms that nobody imports"
key: [repository, path, importer, number]
--- */
with folders as (
    select
        d.repository,
        d.item_id as document,
        case when contains(d.path, '/') then regexp_replace(d.path, '/[^/]*$', '') else '' end as folder,
        list_transform(list_filter(d.attributes, lambda a: starts_with(a, 'reviewed=')), lambda a: a[10:]) as reviewed
    from requirement_items as d
    where d.nature = 'document'
),

documents as (
    select fo.*
    from folders as fo
    where not exists (
        select 1 from files as f
        where f.repository = fo.repository and f.path like '%.doorstop.skip%'
            and (
                f.path = ltrim(fo.folder || '/.doorstop.skip', '/')
                or (ends_with(f.path, '.doorstop.skip-all') and starts_with(fo.folder || '/', f.path[:-19]))
            )
    )
    and not regexp_matches('/' || fo.folder || '/', '/([.]git|[.]tox|[.]venv|venv)/')
),

-- An item belongs to the nearest folder above it that is a document.
held as (
    select
        i.repository, i.path, i.importer, i.number,
        arg_max(d.document, length(d.folder)) as document,
        arg_max(d.reviewed, length(d.folder)) as reviewed
    from (
        select
            q.repository, q.path, q.importer, q.number,
            unnest(list_transform(range(len(string_split(q.path, '/'))), lambda n: array_to_string(string_split(q.path, '/')[1:n], '/'))) as folder
        from requirement_items as q
        where q.importer = 'doorstop' and q.nature = 'requirement'
    ) as i
    inner join documents as d on i.repository = d.repository and i.folder = d.folder
    group by all
),

-- Where a document asks for further fields, its stamps are made of these too.
stamps as (
    select
        h.*,
        case when len(h.reviewed) > 0 and len(fields.further) > 0 then s.attributes end as attributes,
        fields.further as further
    from held as h
    inner join requirement_items as s using (repository, path, importer, number)
    cross join lateral (
        select list_filter(
            list_transform(h.reviewed, lambda name: list_filter(s.attributes, lambda a: starts_with(a, 'field=' || name || chr(9)))[1][length(name) + 8:]),
            lambda value: value is not null
        ) as further
    ) as fields
),

stamped as (
    select
        s.repository, s.path, s.importer, s.number, s.document,
        case when s.attributes is not null
            then list_filter(s.attributes, lambda a: starts_with(a, 'stamped='))[1][9:] end as stamped,
        array_to_string(s.further, '') as further
    from stamps as s
),

cited as (
    select l.repository, l.path, l.importer, l.number, string_agg(distinct l.to_id, '' order by l.to_id) as parents
    from requirement_links as l
    where l.importer = 'doorstop' and l.role = 'covers'
    group by all
),

counted as (
    select
        i.repository, i.path, i.importer, i.number, i.line, i.col, i.nature, i.item_id, i.kind, i.revision, i.title, i.owner,
        i.is_normative, i.is_active, i.is_derived, i.needs, i.body_digest, i.normative_digest, s.document,
        case when s.stamped is null then i.fingerprint
            else replace(replace(to_base64(unhex(sha256(s.stamped || s.further))), '+', '-'), '/', '_') end as fingerprint,
        i.reviewed_digest = case when s.stamped is null then i.review_fingerprint
            else replace(replace(to_base64(unhex(sha256(s.stamped || coalesce(c.parents, '') || s.further))), '+', '-'), '/', '_') end as is_review_current
    from requirement_items as i
    inner join path_kinds as k on i.repository = k.repository and i.path = k.path
    left join stamped as s on i.repository = s.repository and i.path = s.path and i.importer = s.importer and i.number = s.number
    left join cited as c on i.repository = c.repository and i.path = c.path and i.importer = c.importer and i.number = c.number
    where i.nature in ('requirement', 'tag') and k.kind not in ('vendored', 'generated')
        and (i.importer <> 'doorstop' or s.document is not null)
),

copied as (
    select c.repository, c.item_id, c.revision, count(*) as copies, count(distinct c.body_digest) as texts
    from counted as c
    where c.item_id is not null
    group by all
    having count(*) > 1
)

select
    c.repository, c.path, c.importer, c.number,
    row_number() over (order by c.repository asc nulls last, c.path asc nulls last, c.importer asc nulls last, c.number asc nulls last) as item,
    c.line, c.col, c.nature, c.item_id, c.kind, c.revision, c.title, c.owner, c.is_normative, c.is_active, c.is_derived, c.needs,
    c.body_digest, c.normative_digest, c.fingerprint, c.is_review_current, c.document,
    coalesce(d.copies, 1) as copies,
    coalesce(d.texts, 1) as texts
from counted as c
left join copied as d on c.repository = d.repository and c.item_id = d.item_id and c.revision is not distinct from d.revision
