/* ---
title: Record and catalogue agree on who owns a service
why: Where two lists name different owners, the page goes to one team and the pager to the other.
duty: [ownership, coordination]
weight: supports
examines: >-
  select s.repository, s.service_id as subject from services as s
  inner join catalog_components as c on lower(s.service_id) = lower(c.component)
  where s.team is not null and c.owner is not null
applies: >-
  select count(*) > 0 from services as s
  inner join catalog_components as c on lower(s.service_id) = lower(c.component)
severity: medium
owner: role:head-of-engineering
exact: true
fix: Decide who owns {subject}, and write it in {source_path} and in {catalog_path}.
--- */
select
    s.service_id as subject,
    'belongs to ' || s.team || ' by its record, and to ' || c.owner || ' by line ' || c.line || ' of ' || c.path as message,
    s.repository,
    s.source_path,
    s.source_line,
    c.path as catalog_path
from services as s
inner join catalog_components as c on lower(s.service_id) = lower(c.component)
left join teams as t on s.team = t.team_id
where
    s.team is not null
    and c.owner is not null
    -- A catalogue names a group, a record a team: the same by its id, its handle on the forge, or its title.
    and lower(c.owner) <> lower(s.team)
    and lower(c.owner) <> lower(coalesce(regexp_extract(t.handle, '[^/@]+$'), ''))
    and lower(c.owner) <> lower(replace(coalesce(t.title, ''), ' ', '-'))
order by subject
