/* ---
title: What records of document classes say in two ways
grain: one row per class, record and contradiction
key: [class_id, repository, source_path, says]
columns:
  class_id: {type: varchar, doc: Id of the class.}
  repository: {type: varchar, doc: Repository of the record.}
  source_path: {type: varchar, doc: The record.}
  source_line: {type: bigint, doc: Line of the record.}
  says: {type: varchar, doc: "What it says, as the end of a sentence about the class."}
  fix: {type: varchar, doc: How to mend it.}
--- */
with steps as (
    select
        c.class_id, c.repository, c.source_path, t.step,
        -- What is no step has one part.
        string_split(t.step, ' > ') as parts
    from document_classes as c
    cross join unnest(c.transitions) as t (step)
    where c.is_declared
),

named as (
    select class_id, repository, source_path, 'transition `' || step || '`' as place, unnest(parts) as state from steps where len(parts) > 1
    union all
    select class_id, repository, source_path, 'canonical_states' as place, unnest(canonical_states) as state from document_classes where is_declared
    union all
    select class_id, repository, source_path, 'final_states' as place, unnest(final_states) as state from document_classes where is_declared
    union all
    select class_id, repository, source_path, 'fixed_states' as place, unnest(fixed_states) as state from document_classes where is_declared
),

said as (
    select
        s.class_id, s.repository, s.source_path,
        'has the transition `' || s.step || '`, which does not name two states' as says,
        'Write each transition as `draft > review`' as fix
    from steps as s
    where len(s.parts) < 2 or list_contains(s.parts, '')
    union all
    select
        n.class_id, n.repository, n.source_path,
        'does not list the state ' || n.state || ', which its ' || string_agg(distinct n.place, ' and its ' order by n.place nulls last) || ' names' as says,
        'Add ' || n.state || ' to `states`, or take it out of the rest' as fix
    from named as n
    inner join document_classes as c
        on n.class_id = c.class_id and n.repository is not distinct from c.repository and n.source_path is not distinct from c.source_path
    where len(c.states) > 0 and n.state <> '' and not list_contains(c.states, n.state)
    group by n.class_id, n.repository, n.source_path, n.state
    union all
    select
        s.class_id, s.repository, s.source_path,
        'lets ' || s.parts[i.place] || ' become ' || s.parts[i.place + 1] || ', though documents that are ' || s.parts[i.place]
        || ' no longer count' as says,
        'Take the transition out, or take ' || s.parts[i.place] || ' out of `final_states`' as fix
    from steps as s
    cross join (values (1), (2), (3), (4)) as i (place)
    inner join document_classes as c
        on s.class_id = c.class_id and s.repository is not distinct from c.repository and s.source_path is not distinct from c.source_path
    where
        i.place < len(s.parts)
        and list_contains(c.final_states, s.parts[i.place])
        -- From one end to another nothing comes back.
        and not list_contains(c.final_states, s.parts[i.place + 1])
    union all
    select
        c.class_id, c.repository, c.source_path,
        'lists ' || f.state || ' as a state that prevails and as one that no longer counts' as says,
        'Leave ' || f.state || ' in one of `canonical_states` and `final_states`' as fix
    from document_classes as c
    cross join unnest(c.final_states) as f (state)
    where c.is_declared and list_contains(c.canonical_states, f.state)
)

select distinct s.class_id, s.repository, s.source_path, c.source_line, s.says, s.fix
from said as s
inner join document_classes as c
    on s.class_id = c.class_id and s.repository is not distinct from c.repository and s.source_path is not distinct from c.source_path
