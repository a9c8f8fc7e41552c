/* ---
title: Roles that decide are roles that a charter describes
why: An approval by a role that does not exist is nobody's approval.
duty: canonical_authority
weight: supports
examines: select repository, role as subject from role_mentions where is_reference group by all
applies: select count(*) > 0 from described_roles
severity: medium
group_by: role
owner: role:head-of-engineering
exact: true
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
left join described_roles as d on m.repository = d.repository and m.role = d.role
-- Who owns a governed document is another check's question.
left join governed_documents as g on m.repository = g.repository and m.path = g.path and m.is_owner
where m.is_reference and d.role is null and g.path is null
group by m.repository, m.path, m.field, m.role
order by subject
