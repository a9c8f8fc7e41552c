/* ---
title: CODEOWNERS against the tree
rule: codeowners_line_without_effect
figure: "{value:,} of {n:,}"
sentence: "{value:,} of {n:,} CODEOWNERS lines {value|decides|decide} for no file"
details:
  - "{nothing:,} {nothing|matches|match} no file at all"
  - "{shadowed:,} {shadowed|is|are} overruled by later lines"
--- */
select
    count(*) filter (where u.effective_files = 0) as value,
    count(*) as n,
    nullif(count(*) filter (where u.matched_files = 0), 0) as nothing,
    nullif(count(*) filter (where u.matched_files > 0 and u.effective_files = 0), 0) as shadowed,
    -- Nobody reads the file again once it is written: a single dead line is news, half of them more so.
    least(0.9, 0.3 + count(*) filter (where u.effective_files = 0) / count(*)) as surprise,
    -- A plain fact of the tree.
    cast(1 as double) as certainty
from codeowners_usage as u
where u.pattern is not null and u.problem is null
having count(*) filter (where u.effective_files = 0) > 0
