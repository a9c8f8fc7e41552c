/* ---
title: Documents fill the header fields that their class asks for
why: A document without an owner or a status binds nobody, and nobody mends it.
duty: document_lifecycle
weight: required
examines: |
  select d.repository, d.path as subject from governed_documents as d
  inner join document_classes as c on d.class_id = c.class_id where len(c.required_fields) > 0
applies: select count(*) > 0 from document_classes where len(required_fields) > 0
severity: medium
group_by: cause
owner: role:head-of-engineering
status: preview
fix: "Fill {field} in the header of {source_path}."
--- */
with sizes as (
    select repository, class_id, count(*) as documents from governed_documents group by repository, class_id
),

apart as (
    -- A state that a class does not know and many of its documents have, such as moved, makes them another sort: one finding
    -- says that already.
    select d.repository, d.class_id, lower(trim(d.state_written)) as state
    from governed_documents as d
    inner join document_classes as c on d.class_id = c.class_id
    inner join sizes as n on d.repository = n.repository and d.class_id = n.class_id
    where d.state_written is not null and d.state is null and len(c.states) > 0
    group by d.repository, d.class_id, lower(trim(d.state_written))
    having count(*) >= greatest(3, any_value(n.documents) / 20)
),

asked as (
    select d.repository, d.path, d.class_id, unnest(c.required_fields) as field
    from governed_documents as d
    inner join document_classes as c on d.class_id = c.class_id
    left join apart as o on d.repository = o.repository and d.class_id = o.class_id and lower(trim(d.state_written)) = o.state
    where o.state is null
)

select
    a.path || ': ' || a.field as subject,
    'is a ' || a.class_id || ' and does not say its ' || replace(a.field, '_', ' ') as message,
    a.repository,
    a.path as source_path,
    1 as source_line,
    a.field,
    a.class_id || ' without ' || a.field as cause
from asked as a
left join document_fields as f
    on
        a.repository = f.repository
        and a.path = f.path
        and a.field = f.field
        and not regexp_full_match(lower(trim(coalesce(f.value, ''))), '|tbd|tba|todo|unknown|-+|\?+|…|\.\.\.')
        -- That it does not apply is an answer, but not to who owns a document, or whether it counts.
        and not (a.field in ('status', 'owner', 'version') and regexp_full_match(lower(trim(f.value)), 'n/?a|none'))
left join governed_documents as d on a.repository = d.repository and a.path = d.path
left join documents as w on a.repository = w.repository and a.path = w.path
where
    f.field is null
    -- A header that cannot be read is another check's finding.
    and w.problem is null
    -- A status section says it too.
    and not (a.field = 'status' and d.state_written is not null)
order by subject
