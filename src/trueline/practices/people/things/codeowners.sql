/* ---
title: CODEOWNERS against the tree
rule: codeowners_line_without_effect
figure: "{idle:,} of {n:,}"
sentence: "{idle:,} of {n:,} CODEOWNERS lines {idle|decides|decide} for no file"
details:
  - "{nothing:,} {nothing|matches|match} nothing, {shadowed:,} {shadowed|is|are} overruled by a later line"
--- */
select
    count(*) filter (where u.effective_files = 0) as value,
    count(*) as n,
    count(*) filter (where u.effective_files = 0) as idle,
    count(*) filter (where u.matched_files = 0) as nothing,
    count(*) filter (where u.matched_files > 0 and u.effective_files = 0) as shadowed,
    least(1, 0.3 + count(*) filter (where u.effective_files = 0) / count(*)) as surprise,
    cast(1 as double) as certainty
from codeowners_usage as u
where u.pattern is not null
having count(*) filter (where u.effective_files = 0) > 0
