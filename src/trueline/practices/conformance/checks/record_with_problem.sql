/* ---
title: Records can be read
why: What a record means to say and does not, nobody enforces.
duty: [document_lifecycle, canonical_authority]
weight: supports
# Records of other practices are counted only where something is wrong in them.
examines: >-
  select count(*) from (
    select repository, source_path as path from specs union select repository, source_path from decisions
    union select repository, source_path from deviations union select repository, source_path from rule_settings
    union select repository, source_path from duty_targets union select repository, source_path from charters
    union select repository, source_path from teams union select repository, source_path from services
    union select repository, path from record_problems
  ) as records
severity: high
owner: role:head-of-engineering
exact: true
fix: "{fix}"
--- */
select
    p.path || ' ' || p.message as subject,
    p.message,
    p.repository,
    p.path as source_path,
    p.line as source_line,
    coalesce(p.fix, 'Correct the record.') as fix
from record_problems as p
order by subject
