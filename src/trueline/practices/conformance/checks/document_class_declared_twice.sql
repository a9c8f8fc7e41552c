/* ---
title: A class of documents is declared once
why: Two declarations of one class are two rules, and which of them a document follows is chance.
duty: [document_lifecycle, canonical_authority]
weight: required
examines: select repository, class_id as subject from document_classes where is_declared
applies: select count(*) > 0 from document_classes where is_declared
severity: medium
group_by: class_id
owner: role:head-of-engineering
exact: true
fix: "Keep one of {source_path} and {other_path}."
--- */
with declared as (
    select
        c.class_id, c.repository, c.source_path, c.source_line,
        c.repository || ':' || c.source_path as place,
        list_sort(list_transform(c.paths, lambda p: ltrim(lower(p), '/'))) as homes,
        coalesce(m.marked_by, '') as mark,
        [c.name_pattern, c.version_form, c.index_path, c.derived_from, cast(c.precedence as varchar)] as rules,
        [c.required_fields, c.states, c.canonical_states, c.final_states, c.fixed_states, c.transitions, c.may_own] as lists
    from document_classes as c
    left join declared_classes as m on c.repository = m.repository and c.source_path = m.source_path and c.class_id = m.document_class_id
    where c.is_declared
)

select
    b.class_id || ' in ' || b.source_path as subject,
    case
        when a.class_id = b.class_id then 'is declared in ' || a.source_path || ' too, and differently'
        else 'has the documents of ' || a.class_id || ' in ' || a.source_path || ', and other rules for them'
    end as message,
    b.repository,
    b.source_path,
    b.source_line,
    b.class_id,
    a.source_path as other_path
from declared as b
inner join declared as a on a.place < b.place
where
    (lower(a.class_id) = lower(b.class_id) or (a.repository = b.repository and a.homes = b.homes and a.mark = b.mark))
    -- Each repository has its own documents under the same paths.
    and (a.homes is distinct from b.homes or a.rules is distinct from b.rules or a.lists is distinct from b.lists)
-- Once, against the first that there is.
qualify row_number() over (partition by b.place, b.class_id order by a.place nulls last, a.class_id nulls last) = 1
order by subject
