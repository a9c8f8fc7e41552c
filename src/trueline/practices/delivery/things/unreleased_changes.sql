/* ---
title: Finished work that reached nobody
rule: unreleased_changes
figure: "{waiting:,}"
sentence: "{waiting:,} finished {waiting|change has|changes have} reached nobody"
details:
  - "last release {last_tag}, {days_since:,} {days_since|day|days} ago; the usual gap is {usual} {usual|day|days} (n = {gaps})"
  - "{waiting_fixes:,} of them {waiting_fixes|says that it fixes a defect|say that they fix a defect}"
--- */
select
    r.waiting as value,
    r.waiting as n,
    r.waiting,
    r.waiting_fixes,
    r.last_tag,
    r.days_since,
    cast(round(r.usual_gap_days) as bigint) as usual,
    r.gaps,
    -- Twice the usual gap is no surprise, ten times is; so is a heap of work.
    least(1, 0.25 * ln(greatest(1, r.days_since / greatest(1, r.usual_gap_days))) / ln(2)) as surprise,
    -- Who has tagged nothing for two years may have stopped tagging.
    least(1, r.gaps / 10) * case when r.days_since > 730 then 0.5 else 1 end as certainty
from release_rhythms as r
where r.waiting > 0 and r.gaps >= 3 and r.days_since > r.usual_gap_days
order by r.waiting desc nulls last, r.repository nulls last
limit 1
