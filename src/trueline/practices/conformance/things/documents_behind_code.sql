/* ---
title: Documents whose code has moved on
rule: document_behind_code
figure: "{value:,}"
sentence: "{value:,} {value|document describes|documents describe} code that has moved on"
details:
  - "{path} names {missing:,} {missing|path that no longer exists|paths that no longer exist}; the code it names changed {since:,} {since|time|times} since it was last touched"
  - "of {n:,} {n|document|documents} that {n|names|name} code"
--- */
with behind as (
    select d.*
    from document_drift as d
    where d.missing_paths > 0
)

select
    (select count(*) from behind) as value,
    (select count(*) from document_drift) as n,
    b.path,
    b.missing_paths as missing,
    coalesce(b.code_changes_since, 0) as since,
    least(0.9, 0.3 + 0.1 * ln(1 + (select sum(x.missing_paths) from behind as x))) as surprise,
    0.8 as certainty
from behind as b
order by b.missing_paths desc nulls last, b.code_changes_since desc nulls last, b.path nulls last
limit 1
