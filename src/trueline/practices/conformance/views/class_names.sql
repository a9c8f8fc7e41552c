/* ---
title: What the declared classes of documents are called
grain: one row per name of a class
key: [repository, name, class_id]
columns:
  repository: {type: varchar, doc: Repository of the record.}
  class_id: {type: varchar, doc: Id of the class.}
  name: {type: varchar, doc: "Its id, its title or its mark, in lower case with spaces, and singular."}
--- */
select distinct
    c.repository,
    c.class_id,
    trim(rtrim(regexp_replace(lower(trim(n.name)), '[\s_-]+', ' ', 'g'), 's')) as name
from document_classes as c
left join declared_classes as m on c.repository = m.repository and c.class_id = m.document_class_id
cross join unnest([c.class_id, c.title, string_split(m.marked_by, '=')[2]]) as n (name)
where c.is_declared and trim(coalesce(n.name, '')) <> ''
