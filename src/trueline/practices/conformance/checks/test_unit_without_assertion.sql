/* ---
title: Every test asserts something
why: A test that asserts nothing passes whatever the code does, and looks like protection.
duty: no_silent_redefinition
weight: supports
examines: |
  select u.repository, u.path || ' ' || u.name as subject from test_units as u
  inner join path_kinds as k on u.repository = k.repository and u.path = k.path
  where not u.is_skipped and k.kind not in ('vendored', 'generated')
severity: low
group_by: source_path
owner: role:head-of-engineering
status: preview
fix: "Say in {name} what must be so, or say in its name that it only must not fail."
--- */
select
    u.path || ' ' || u.name as subject,
    'asserts nothing that can be seen' as message,
    u.name,
    u.repository,
    u.path as source_path,
    u.line as source_line
from test_units as u
inner join path_kinds as k on u.repository = k.repository and u.path = k.path
where u.assertions = 0 and not u.is_skipped and k.kind not in ('vendored', 'generated')
    and not exists (
        select 1
        from test_files as f
        where f.repository = u.repository and list_has_any(f.asserting, u.calls)
    )
order by subject
