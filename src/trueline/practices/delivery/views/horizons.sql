/* ---
title: Up to when each repository can be judged
columns:
  repository: {type: varchar, doc: Name of the repository.}
  horizon_at: {type: timestamptz, doc: "The last fetch or the moment of the run, whichever is earlier."}
grain: one row per repository
key: [repository]
--- */
select
    r.repository,
    -- A copy that was fetched long ago says nothing about the time since. The clock of a copy that was
    -- fetched before its own newest commit is not to be trusted.
    least(
        greatest(
            coalesce(r.fetched_at, run.as_of_at),
            (
                select max(m.landed_at)
                from main_line as m
                where m.repository = r.repository
            )
        ),
        run.as_of_at
    ) as horizon_at
from repositories as r
cross join run
