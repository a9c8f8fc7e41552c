/* ---
title: One open branch at a time changes a requirement
why: Of two branches that change one requirement, the one merged last wins, or undoes what the first decided.
duty: [canonical_authority, coordination]
weight: supports
examines: select repository, item_id as subject from branch_requirements group by all
severity: medium
owner: role:head-of-engineering
status: preview
parameters: {days: {default: 90, type: integer, why: Whoever left a branch alone for longer has given it up.}}
fix: "Let one of {branches} go first and rest the other on it, or make them one."
--- */
with changed as (
    select
        r.repository, r.branch, r.item_id, min(r.path) as path, arg_min(r.line, r.path) as line,
        string_agg(coalesce(r.digest_after, 'gone'), '; ' order by r.nature nulls last, r.change_id nulls last) as digest
    from branch_requirements as r
    cross join run
    cross join parameters
    where r.last_committed_at > run.as_of_at - to_days(parameters.days)
    group by r.repository, r.branch, r.item_id
),

-- A branch that begins on another and has all its commits goes on from it.
contained as (
    select c.repository, c.branch
    from changed as c
    inner join changed as o on c.repository = o.repository and c.item_id = o.item_id and c.branch <> o.branch
    where not exists (
        select 1 from branch_commits as k
        where k.repository = c.repository and k.branch = c.branch
            and not exists (
                select 1 from branch_commits as n
                where n.repository = o.repository and n.branch = o.branch and n.commit_id = k.commit_id
            )
    )
    group by all
)

select
    c.item_id as subject,
    'is changed in different ways by ' || count(*) || ' open branches: '
    || left(string_agg(c.branch, ', ' order by c.branch nulls last), 200) as message,
    c.repository,
    min(c.path) as source_path,
    arg_min(c.line, c.path) as source_line,
    left(string_agg(c.branch, ' and ' order by c.branch nulls last), 200) as branches
from changed as c
left join contained as t on c.repository = t.repository and c.branch = t.branch
where t.branch is null
group by c.repository, c.item_id
having count(distinct c.digest) > 1
order by subject
