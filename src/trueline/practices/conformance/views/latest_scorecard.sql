/* ---
title: What OpenSSF Scorecard said last
grain: one row per repository and check
key: [repository, check_name]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  check_name: {type: varchar, doc: "The check, such as Branch-Protection."}
  score: {type: bigint, doc: 0 to 10; -1 where it could not be told.}
  reason: {type: varchar, doc: Why.}
  documentation_url: {type: varchar, doc: Page about the check.}
  ran_at: {type: timestamptz, doc: When it ran.}
--- */
select s.repository, s.check_name, s.score, s.reason, s.documentation_url, s.ran_at
from scorecard_checks as s
qualify row_number() over (partition by s.repository, s.check_name order by s.ran_at desc nulls last, s.commit_id) = 1
