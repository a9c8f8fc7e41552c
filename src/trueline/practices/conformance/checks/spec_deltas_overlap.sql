/* ---
title: One open change at a time touches a requirement
why: Of two changes that rewrite one requirement, the one filed last wins, and nobody sees what it undid.
duty: [canonical_authority, coordination]
weight: supports
examines: select repository, item_id as subject from spec_deltas group by all
severity: medium
owner: role:head-of-engineering
exact: true
fix: "Let one of {changes} go first and rest the other on it, or make them one."
--- */
select
    d.item_id as subject,
    'is touched by ' || count(distinct d.change_id) || ' open changes: ' || string_agg(distinct d.change_id, ', ' order by d.change_id nulls last)
        as message,
    d.repository,
    min(d.path) as source_path,
    arg_min(d.line, d.path) as source_line,
    string_agg(distinct d.change_id, ' and ' order by d.change_id nulls last) as changes
from spec_deltas as d
group by d.repository, d.item_id
having count(distinct d.change_id) > 1
order by subject
