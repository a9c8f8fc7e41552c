/* ---
title: Documents that explain others say what they say
why: A guide that gives another number than its specification is built to by whoever read the guide.
duty: [document_lifecycle, canonical_authority]
weight: supports
examines: select repository, path as subject from derived_documents where source_path is not null
applies: select count(*) > 0 from document_classes where derived_from is not null
severity: high
group_by: path
owner: role:head-of-engineering
status: preview
fix: "Let {path} say what {source_document} says: {said_there}."
--- */
with versions as (
    select
        d.repository, d.path, d.source_path, f.line, f.field as name, f.value as said, s.version as said_there
    from derived_documents as d
    inner join document_fields as f on d.repository = f.repository and d.path = f.path
    inner join governed_documents as s on d.repository = s.repository and d.source_path = s.path
    where
        f.field in ('source_version', 'source_revision', 'spec_version', 'based_on_version', 'derived_from_version', 'canonical_version')
        and ltrim(lower(trim(f.value)), 'v') <> ltrim(lower(trim(s.version)), 'v')
),

values_ as (
    select
        d.repository, d.path, d.source_path, v.line, v.form, v.name, v.shown as said, o.shown as said_there
    from derived_documents as d
    inner join stated_values as v on d.repository = v.repository and d.path = v.path
    inner join stated_values as o
        on d.repository = o.repository and d.source_path = o.path and v.form = o.form and v.name = o.name
    where
        v.value <> o.value
        -- These speak of the document itself.
        and not (
            v.form = 'field'
            and regexp_matches(v.name, '(^|_)(id|number|version|revision|date|updated|created|modified|reviewed|status|owner|author|authors|title|on|at|source|kind|type|tags|since|effective|expires|order|weight|position)($|_)')
        )
)

select
    x.path || ': ' || left(x.name, 80) as subject,
    case x.form
        when 'sentence' then 'says “' || x.said || '”, and ' || x.source_path || ' says “' || x.said_there || '”'
        else 'says ' || x.said || ' for ' || left(x.name, 60) || ', and ' || x.source_path || ' says ' || x.said_there
    end as message,
    x.repository,
    x.path as source_path,
    x.line as source_line,
    x.path,
    x.source_path as source_document,
    x.said_there
from (
    select repository, path, source_path, line, 'field' as form, name, said, said_there from versions
    union all
    select repository, path, source_path, line, form, name, said, said_there from values_
) as x
order by subject
