/* ---
title: Roles named in words are roles that a charter describes
why: A role that only a header knows has no duties, no successor, and nobody who answers.
duty: canonical_authority
weight: supports
examines: select repository, role as subject from role_mentions where not is_reference group by all
applies: select count(*) > 0 from described_roles
severity: low
group_by: role
owner: role:head-of-engineering
status: preview
fix: "Write a charter for {role}, or name a role that has one in {source_path}."
--- */
select
    m.path || ': ' || m.field || ' ' || m.role as subject,
    'names the role ' || m.role || ' as ' || replace(m.field, '_', ' ') || ', and no charter describes it' as message,
    m.repository,
    m.path as source_path,
    min(m.line) as source_line,
    m.role
from role_mentions as m
-- A repository without a charter leaves its roles to others.
inner join (select distinct repository from described_roles) as h on m.repository = h.repository
left join described_roles as d on m.repository = d.repository and m.role = d.role
where not m.is_reference and d.role is null
group by m.repository, m.path, m.field, m.role
order by subject
