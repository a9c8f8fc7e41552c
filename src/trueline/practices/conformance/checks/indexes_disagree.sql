/* ---
title: Indexes of one class list the same documents
why: Of two lists that differ, one is wrong, and a reader of either cannot know which.
duty: [document_lifecycle, canonical_authority]
weight: supports
examines: |
  select repository, class_id as subject from class_indexes
  group by repository, class_id having count(distinct index_path) > 1
applies: select count(*) > 0 from (select 1 from class_indexes group by repository, class_id having count(distinct index_path) > 1) as several
severity: medium
group_by: pair
owner: role:head-of-engineering
status: preview
fix: "Keep one of them as the index of {class_id}, or list {listed} in {other_index} too."
--- */
with pairs as (
    select distinct a.repository, a.class_id, a.index_path as lists, b.index_path as other_index, b.is_declared as other_is_declared
    from class_indexes as a
    inner join (select distinct repository, class_id, index_path, is_declared from class_indexes) as b
        on a.repository = b.repository and a.class_id = b.class_id and a.index_path <> b.index_path
)

select
    i.path || ' in ' || p.lists as subject,
    'is listed in ' || p.lists || ' and not in ' || p.other_index as message,
    p.repository,
    p.lists as source_path,
    i.line as source_line,
    p.class_id,
    i.path as listed,
    p.other_index,
    p.class_id || ': ' || least(p.lists, p.other_index) || ' and ' || greatest(p.lists, p.other_index) as pair
from pairs as p
inner join class_indexes as i on p.repository = i.repository and p.class_id = i.class_id and p.lists = i.index_path
inner join governed_documents as d on i.repository = d.repository and i.path = d.path
anti join class_indexes as o on i.repository = o.repository and i.class_id = o.class_id and p.other_index = o.index_path and i.path = o.path
where
    -- What the declared index lacks and should list is another check's question.
    not (p.other_is_declared and coalesce(d.is_canonical, false))
    -- An index may leave out what no longer counts.
    and not coalesce(d.is_final, false)
    and p.other_index <> i.path
order by subject
