/* ---
title: Documents lie where their class says
why: Rules, owners and indexes reach a document by its place.
duty: document_lifecycle
weight: supports
examines: select repository, path as subject from governed_documents where is_declared
applies: select count(*) > 0 from document_classes where is_declared
severity: low
group_by: cause
owner: role:head-of-engineering
exact: true
fix: "Move {subject} to one of: {homes}."
--- */
select
    d.path as subject,
    'says that it is a ' || d.class_id || ' and does not lie where those lie' as message,
    d.repository,
    d.path as source_path,
    1 as source_line,
    array_to_string(c.paths, ', ') as homes,
    d.class_id || ' in ' || regexp_extract(d.path, '^(.*/)?', 0) as cause
from governed_documents as d
inner join document_classes as c on d.class_id = c.class_id
where d.is_declared and not d.is_at_home
order by subject
