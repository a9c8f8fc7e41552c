/* ---
title: An open branch changes the requirement as it is
why: A branch written against an older text takes back whatever was decided since, as soon as it is merged.
duty: canonical_authority
weight: supports
examines: |
  select repository, branch || ' ' || item_id as subject from branch_requirements
  where nature = 'requirement' and digest_before is not null
severity: medium
owner: role:head-of-engineering
status: preview
group_by: branch
parameters: {days: {default: 90, type: integer, why: Whoever left a branch alone for longer has given it up.}}
fix: "Rest branch {branch} on the main line, and read {item_id} against what it says now."
--- */
select
    r.branch || ' ' || r.item_id as subject,
    case
        when r.digest_now is null then 'changes a requirement that the main line no longer has'
        else 'rests on an earlier text: the main line demands something else since the branch began'
    end as message,
    r.repository,
    r.path as source_path,
    r.line as source_line,
    r.branch,
    r.item_id
from branch_requirements as r
cross join run
cross join parameters
where r.nature = 'requirement' and r.digest_before is not null and r.digest_now is distinct from r.digest_before
    and r.last_committed_at > run.as_of_at - to_days(parameters.days)
order by subject
