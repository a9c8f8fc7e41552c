/* ---
title: Versions are written as the class of the document says
why: A version that cannot be compared cannot be cited.
duty: document_lifecycle
weight: required
examines: |
  select d.repository, d.path as subject from governed_documents as d
  inner join document_classes as c on d.class_id = c.class_id where c.version_form is not null
applies: select count(*) > 0 from document_classes where version_form is not null
severity: medium
owner: role:head-of-engineering
exact: true
fix: "Write the version of {subject} as {version_form}: {example}."
--- */
with forms as (
    select form, pattern, example
    from (
        values
        ('semver', 'v?[0-9]+\.[0-9]+(\.[0-9]+)?([-+][0-9A-Za-z.-]+)?', '1.4.0'),
        ('number', 'v?[0-9]+', '4'),
        ('date', '[0-9]{4}-[0-9]{2}(-[0-9]{2})?', '2026-03-02')
    ) as f (form, pattern, example)
)

select
    d.path as subject,
    case when d.version is null then 'has no version' else 'has the version ' || d.version || ', which is no ' || f.form end as message,
    d.repository,
    d.path as source_path,
    coalesce(d.version_line, 1) as source_line,
    c.version_form,
    f.example
from governed_documents as d
inner join document_classes as c on d.class_id = c.class_id
inner join forms as f on c.version_form = f.form
where d.version is null or not regexp_full_match(trim(d.version), f.pattern)
order by subject
