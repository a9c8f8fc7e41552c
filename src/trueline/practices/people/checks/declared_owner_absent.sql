/* ---
title: Declared owners take part in what they own
why: A line that names somebody who no longer works there sends reviews to nobody, and looks like ownership.
duty: ownership
weight: supports
examines: |
  select repository, path || ' ' || pattern as subject
  from declared_owner_work, parameters
  where declared_people > 0 and teams = 0 and effective_files > 0 and changes_known >= least_changes
  and changes_known >= case when declared_known = declared_people then cast(least_share as double) else 1 end * changes
applies: select count(*) > 0 from declared_owner_work where declared_people > 0 and teams = 0 and effective_files > 0
severity: medium
owner: role:head-of-engineering
exact: true
parameters:
  least_changes: {default: 10, type: integer, why: A few changes by others say nothing about an owner.}
  least_share: {default: 0.5, type: decimal, why: "Where most authors are not known, those who are may not stand for the rest."}
fix: Ask who owns {pattern} today, and name them in line {source_line} of {source_path}.
--- */
select
    w.path || ' ' || w.pattern as subject,
    case when w.declared_people = 1 then 'names an owner' else 'names ' || w.declared_people || ' owners' end
    || case
        when w.declared_known > 0 then ' who '
        when w.declared_people = 1 then ' whose account no commit in this repository shows, and who '
        else ' whose accounts no commit in this repository shows, and who '
    end
    || 'made none of the last ' || w.changes_known || ' changes whose author is known (of ' || w.changes || ' in '
    || w.window_days || ' days)' as message,
    w.repository,
    w.pattern,
    w.path as source_path,
    w.line as source_line
from declared_owner_work as w
cross join parameters
where
    w.declared_people > 0
    and w.teams = 0
    and w.effective_files > 0
    and w.changes_known >= parameters.least_changes
    -- A declared owner whose account git never shows may be any author whose account is not known.
    and w.changes_known
    >= case when w.declared_known = w.declared_people then cast(parameters.least_share as double) else 1 end * w.changes
    and w.changes_by_declared = 0
order by subject
