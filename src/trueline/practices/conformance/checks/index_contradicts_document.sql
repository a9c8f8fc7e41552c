/* ---
title: An index says of a document what the document says
why: Who reads the index follows a draft as if it prevailed, or asks an owner who gave it away.
duty: [document_lifecycle, canonical_authority]
weight: supports
examines: select repository, index_path || ' -> ' || path as subject from index_rows group by all
severity: low
group_by: index_path
owner: role:head-of-engineering
status: preview
fix: "Let {index_path} say {truth} for {listed}, or mend the document."
--- */
with compared as (
    select
        i.repository, i.index_path, i.path, i.line, i.field, i.said,
        case i.field when 'state' then d.state when 'owner' then d.owner else d.version end as truth,
        lower(regexp_replace(i.said, '[^\pL\pN]+', ' ', 'g')) as said_plain,
        lower(regexp_replace(case i.field when 'state' then d.state when 'owner' then regexp_replace(d.owner, '^role:', '') else ltrim(lower(d.version), 'v') end, '[^\pL\pN]+', ' ', 'g')) as truth_plain
    from index_rows as i
    inner join governed_documents as d on i.repository = d.repository and i.path = d.path
    where
        -- A declared index that lists what no longer counts is another check's question.
        not (i.field = 'state' and i.is_declared and coalesce(d.is_final, false))
        and coalesce(d.owner, '') <> 'a person'
)

select
    c.index_path || ' -> ' || c.path || ' ' || c.field as subject,
    case c.field
        -- Whom the index names may be a person.
        when 'owner' then 'names another owner of ' || c.path || ' than the document, which is owned by ' || c.truth
        else
            'says that ' || c.path || case c.field when 'state' then ' is ' else ' has version ' end || left(trim(c.said), 60)
            || ', and the document says ' || c.truth
    end as message,
    c.repository,
    c.index_path as source_path,
    c.line as source_line,
    c.index_path,
    c.path as listed,
    c.truth
from compared as c
where
    trim(c.truth_plain) <> ''
    and not contains(' ' || c.said_plain || ' ', ' ' || trim(c.truth_plain) || ' ')
    -- v1.4 and 1.4.
    and not (c.field = 'version' and contains(' ' || regexp_replace(c.said_plain, '\bv', '', 'g') || ' ', ' ' || trim(c.truth_plain) || ' '))
order by subject
