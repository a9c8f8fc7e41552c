/* ---
title: Runbooks in use, each with what its drills showed
grain: one row per runbook that is not retired
key: [repository, runbook_id]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  runbook_id: {type: varchar, doc: Id of the runbook.}
  service: {type: varchar, doc: Service that it is for.}
  owner: {type: varchar, doc: Role that keeps it right.}
  reviewed_on: {type: date, doc: Day of the last review.}
  drills: {type: bigint, doc: Drills held up to the day of the run.}
  drills_that_worked: {type: bigint, doc: Those where following the page was enough.}
  last_drill_on: {type: date, doc: Day of the last one; null where there was none.}
  source_path: {type: varchar, doc: File of the runbook.}
  source_line: {type: bigint, doc: Line where it starts.}
--- */
select
    r.repository,
    r.runbook_id,
    r.service,
    r.owner,
    r.reviewed_on,
    count(d.drill_id) as drills,
    count(case when d.worked then d.drill_id end) as drills_that_worked,
    max(d.held_on) as last_drill_on,
    r.source_path,
    r.source_line
from runbooks as r
cross join run
left join drills as d
    on r.repository = d.repository
    and r.runbook_id = d.runbook
    and d.held_on <= run.as_of
where r.retired_on is null or r.retired_on > run.as_of
group by
    r.repository, r.runbook_id, r.service, r.owner, r.reviewed_on, r.source_path, r.source_line
