/* ---
title: Runbooks that nobody has followed
rule: drilled_share
figure: "{value} of {n}"
sentence: "{value} of {n} {n|runbook|runbooks} {value|was|were} never followed with success."
details:
  - "{services} {services|service depends|services depend} on them."
--- */
select
    count(case when r.drills_that_worked = 0 then r.runbook_id end) as value,
    count(r.runbook_id) as n,
    count(distinct case when r.drills_that_worked = 0 then r.service end) as services,
    cast(count(case when r.drills_that_worked = 0 then r.runbook_id end) as double) / count(r.runbook_id) as surprise,
    0.9 as certainty
from runbook_drills as r
having count(case when r.drills_that_worked = 0 then r.runbook_id end) > 0
