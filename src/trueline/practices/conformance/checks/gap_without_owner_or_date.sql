/* ---
title: Known gaps and deviations say who ends them, and when
why: A gap that is only noted is a rule that was silently changed.
duty: [deviations, document_lifecycle]
weight: supports
examines: |
  select p.repository, p.path || ':' || p.line as subject from passages as p
  inner join sections as s on p.repository = s.repository and p.path = s.path and p.section_line = s.line
  inner join governed_documents as d on p.repository = d.repository and p.path = d.path
  where
      p.kind = 'item'
      and d.is_declared
      and regexp_matches(lower(s.heading), '\b(known (gaps?|deviations?|exceptions?|non-?conformit(y|ies))|(open|current) (gaps?|deviations?|exceptions?)|gaps? and deviations?|deviations?( from (the |its |our )?(specs?|specifications?|standards?|requirements?|designs?|policy|policies|contracts?))?|waivers?|gaps?)$')
severity: medium
group_by: source_path
owner: role:head-of-engineering
status: preview
fix: "Say in {source_path} who ends it and by when, or file it with `trueline new deviation`."
--- */
with noted as (
    select
        p.repository, p.path, p.line, p.text,
        regexp_matches(p.text, '(?i)\brole:|@[\w.-]+/|\b(owner|owned by|responsible|assignee|assigned to)\b') as has_owner,
        regexp_matches(p.text, '(?i)\b20\d\d-\d\d|\b\d{1,2}[./ ]\w+[./ ]20\d\d|\bQ[1-4] ?20\d\d|\b(january|february|march|april|may|june|july|august|september|october|november|december) (\d{1,2}, )?20\d\d|\bv\d+\.\d+|\bDEV-\d+|\bF-[0-9A-Z]{8}\b')
            as has_target
    from passages as p
    inner join sections as s on p.repository = s.repository and p.path = s.path and p.section_line = s.line
    inner join governed_documents as d on p.repository = d.repository and p.path = d.path
    where
        p.kind = 'item'
        and d.is_declared
        and not coalesce(d.is_final, false)
        and regexp_matches(lower(s.heading), '\b(known (gaps?|deviations?|exceptions?|non-?conformit(y|ies))|(open|current) (gaps?|deviations?|exceptions?)|gaps? and deviations?|deviations?( from (the |its |our )?(specs?|specifications?|standards?|requirements?|designs?|policy|policies|contracts?))?|waivers?|gaps?)$')
        and not regexp_full_match(lower(trim(p.text, ' .')), '(none|n/a|no (known )?(gaps?|deviations?|exceptions?)).*')
)

select
    n.path || ': ' || left(n.text, 60) as subject,
    'is noted without '
    || case when not n.has_owner and not n.has_target then 'an owner and a date' when n.has_owner then 'a date' else 'an owner' end as message,
    n.repository,
    n.path as source_path,
    n.line as source_line
from noted as n
where not (n.has_owner and n.has_target)
order by subject
