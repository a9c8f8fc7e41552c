/* ---
title: A class of documents says one thing of its states
why: Where a class calls a state an end and leads out of it, every document breaks one of both rules.
duty: document_lifecycle
weight: required
examines: select repository, class_id as subject from document_classes where is_declared
applies: select count(*) > 0 from document_classes where is_declared
severity: medium
group_by: class_id
owner: role:head-of-engineering
exact: true
fix: "{mending}."
--- */
select
    c.class_id || ' ' || c.says as subject,
    c.says as message,
    c.repository,
    c.source_path,
    c.source_line,
    c.class_id,
    c.fix as mending
from class_contradictions as c
order by subject
