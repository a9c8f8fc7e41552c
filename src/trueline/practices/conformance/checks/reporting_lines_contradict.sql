/* ---
title: Charters agree who reports to whom
why: Where two charters disagree, what is overdue rises to nobody.
duty: canonical_authority
weight: required
examines: select repository, path as subject from reporting_lines group by all
severity: medium
owner: role:head-of-engineering
status: preview
fix: "Let {source_path} and {other_path} say the same."
--- */
with manages as (select * from reporting_lines where relation = 'manages'),

reports as (select * from reporting_lines where relation = 'reports_to'),

-- The lead lists somebody whose own charter names another lead.
downwards as (
    select m.repository, r.role as below, m.role as above, r.path, r.line, m.path as other_path, r.other as said
    from manages as m
    inner join reports as r on m.repository = r.repository and m.other = r.role
    where not exists (select 1 from reports as x where x.repository = r.repository and x.role = r.role and x.other = m.role)
),

-- A charter names a lead who lists others and leaves this role out.
upwards as (
    select r.repository, r.role as below, r.other as above, r.path, r.line, m.path as other_path, null as said
    from reports as r
    inner join (select distinct repository, path, role from manages) as m on r.repository = m.repository and r.other = m.role
    where not exists (select 1 from manages as x where x.repository = r.repository and x.role = r.other and x.other = r.role)
)

select
    d.below || ' under ' || d.above as subject,
    case
        when d.said is not null then 'is what ' || d.other_path || ' says, and ' || d.path || ' names ' || d.said
        else 'is what ' || d.path || ' says, and ' || d.other_path || ' lists others only'
    end as message,
    d.repository,
    d.path as source_path,
    d.line as source_line,
    d.other_path
from (select * from downwards union all select * from upwards) as d
order by subject
