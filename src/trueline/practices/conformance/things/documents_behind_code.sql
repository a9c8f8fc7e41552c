/* ---
title: Documents whose code has moved on
rule: document_behind_code
figure: "{value:,} of {n:,}"
sentence: "{value:,} of {n:,} documents that name code {value|has|have} not kept up with it"
details:
  - "{path} names {missing:,} {missing|path that no longer exists|paths that no longer exist}; the code it names changed {since:,} {since|time|times} since it was last touched"
--- */
with judged as (
    select d.*
    from document_drift as d
    where d.code_paths > 0
),

behind as (
    select j.*
    from judged as j
    where j.missing_paths > 0 and j.code_changes_since > 0
)

select
    (select count(*) from behind) as value,
    (select count(*) from judged) as n,
    b.path,
    b.missing_paths as missing,
    b.code_changes_since as since,
    -- Some drift is everywhere; much of it says that nobody reads the documents.
    least(0.9, 0.3 + 0.1 * ln((select sum(x.missing_paths) from behind as x))) as surprise,
    -- The check is in preview: its precision is not known yet.
    cast(0.6 as double) as certainty
from behind as b
order by b.missing_paths desc nulls last, b.code_changes_since desc nulls last, b.path nulls last
limit 1
