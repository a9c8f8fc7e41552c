/* ---
title: Classes that documents name are declared
why: A document of a class that does not exist follows no rule, and looks as if it did.
duty: document_lifecycle
weight: supports
examines: select repository, name as subject from class_mentions group by all
applies: select count(*) > 0 from document_classes where is_declared
severity: low
group_by: class_name
owner: role:head-of-engineering
status: preview
fix: "Declare the class {class_name}, or name one that is declared in {source_path}."
--- */
select
    c.path || ': ' || c.name as subject,
    'names the class ' || min(c.written) || ', which no record declares' as message,
    c.repository,
    c.path as source_path,
    min(c.line) as source_line,
    c.name as class_name
from class_mentions as c
where not c.is_declared
group by c.repository, c.path, c.name
order by subject
