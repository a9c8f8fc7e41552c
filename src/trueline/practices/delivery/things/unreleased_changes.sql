/* ---
title: Finished work that is in no release
rule: unreleased_changes
figure: "{value:,}"
sentence: "{value:,} finished {value|change is|changes are} in no release"
details:
  - "last release {last_tag}, {days_since:,} {days_since|day|days} ago; the usual gap is {usual:,} {usual|day|days} (n = {gaps:,})"
  - "{fixes:,} of them {fixes|says that it fixes a defect|say that they fix a defect}; the oldest landed on {oldest_waiting_on}"
  - "the oldest landed on {oldest_without_fixes}"
  - "{series:,} series of tags are taken together"
  - "in {place}"
--- */
select
    r.waiting as value,
    r.waiting as n,
    nullif(r.waiting_fixes, 0) as fixes,
    r.oldest_waiting_on,
    case when r.waiting_fixes = 0 then r.oldest_waiting_on end as oldest_without_fixes,
    r.last_tag,
    r.days_since,
    cast(round(r.usual_gap_days) as bigint) as usual,
    r.gaps,
    nullif(r.series, 1) as series,
    case when (select count(*) from repositories) > 1 then r.repository end as place,
    -- A pause of twice the usual gap is hardly news, of sixteen times it is: each doubling adds as much.
    least(1, 0.25 * ln(greatest(1, r.days_since / greatest(1, r.usual_gap_days))) / ln(2)) as surprise,
    -- A rhythm of few gaps is none, and who has tagged nothing for two years may have stopped tagging.
    least(1, r.gaps / 10) * case when r.days_since > 730 then 0.5 else 1 end as certainty
from release_rhythms as r
where r.waiting > 0 and r.gaps >= 3 and r.days_since > r.usual_gap_days
order by r.waiting desc nulls last, r.repository nulls last
limit 1
