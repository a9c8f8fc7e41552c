/* ---
title: Documents that list the documents of a class
grain: one row per index, class and document that it lists
key: [repository, index_path, class_id, path]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  index_path: {type: varchar, doc: The document that lists.}
  class_id: {type: varchar, doc: The class whose documents it lists.}
  is_declared: {type: boolean, doc: True where the class names it as its index.}
  path: {type: varchar, doc: The document that it lists.}
  line: {type: bigint, doc: Where.}
--- */
with members as (
    select repository, class_id, count(*) as documents
    from governed_documents
    group by repository, class_id
),

listed as (
    select
        r.repository, r.path as index_path, d.class_id, d.path, min(r.line) as line,
        coalesce(bool_or(r.path = c.index_path), false) as is_declared
    from document_references as r
    inner join governed_documents as d on r.repository = d.repository and r.target_path = d.path
    inner join document_classes as c on d.class_id = c.class_id
    -- A document of the class itself cites its neighbours.
    left join governed_documents as s on r.repository = s.repository and r.path = s.path and s.class_id = d.class_id
    where r.kind in ('link', 'named_path') and (s.path is null or r.path = c.index_path)
    group by r.repository, r.path, d.class_id, d.path
),

claims as (
    select l.repository, l.index_path, l.class_id
    from listed as l
    inner join members as m on l.repository = m.repository and l.class_id = m.class_id
    left join documents as t on l.repository = t.repository and l.index_path = t.path
    group by l.repository, l.index_path, l.class_id, m.documents
    -- An index says so by its name or its title, and lists most of them.
    having
        bool_or(l.is_declared)
        or (
            count(*) >= 3
            and count(*) * 2 > m.documents
            and (
                regexp_matches(lower(parse_path(l.index_path)[-1]), '^_?(readme|index|summary|toc|contents|catalogu?e?|register|overview|list)[._-]|(index|register|catalogu?e?|list)[.]')
                or regexp_matches(lower(coalesce(any_value(t.title), '')), '\b(index|register|catalogu?e|list|overview|table of contents)\b')
            )
        )
)

select l.repository, l.index_path, l.class_id, l.is_declared, l.path, l.line
from listed as l
inner join claims as c on l.repository = c.repository and l.index_path = c.index_path and l.class_id = c.class_id
