/* ---
title: How much of the work on what each CODEOWNERS line decides is done by its declared people
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The CODEOWNERS file.}
  line: {type: bigint, doc: The line.}
  pattern: {type: varchar, doc: The pattern as written.}
  effective_files: {type: bigint, doc: Files for which this line decides.}
  changes: {type: bigint, doc: "Landed commits by persons in the window that change these files, under earlier names too."}
  changes_known: {type: bigint, doc: "Those whose author's account is known; all of them where the line declares addresses only."}
  changes_by_declared: {type: bigint, doc: Those that a declared person wrote or is a co-author of.}
  declared_people: {type: bigint, doc: "Persons that the line declares, by login or address."}
  teams: {type: bigint, doc: "Teams that the line declares, who may be anybody."}
  declared_known: {type: bigint, doc: "Declared persons whom git shows at work anywhere in the history, by account or address."}
  window_days: {type: bigint, doc: Days before the horizon that count.}
grain: one row per CODEOWNERS line that has a pattern and that the forge does not skip
key: [repository, path, line]
--- */
with recursive lines as (
    select
        u.repository,
        u.path,
        u.line,
        u.pattern,
        u.effective_files,
        l.owner_keys,
        len(list_filter(u.owner_kinds, lambda k: k in ('person', 'email'))) as declared_people,
        len(list_filter(u.owner_kinds, lambda k: k = 'team')) as teams,
        list_contains(u.owner_kinds, 'email') and not list_contains(u.owner_kinds, 'person') as is_by_address
    from codeowners_usage as u
    inner join codeowners_lines as l on u.repository = l.repository and u.path = l.path and u.line = l.line
    where u.pattern is not null and u.problem is null
),

recent as (
    select
        c.repository,
        c.commit_id,
        p.person_key,
        c.co_author_keys,
        g.person_key is not null as is_account_known
    from landed_commits as l
    inner join landed_changes as d on l.repository = d.repository and l.change_id = d.change_id
    inner join commits as c on l.repository = c.repository and l.commit_id = c.commit_id
    inner join horizons as h on l.repository = h.repository
    left join person_keys as p on c.repository = p.repository and c.author_key = p.author_key
    left join (select distinct a.repository, a.person_key from person_logins as a) as g
        on p.repository = g.repository and p.person_key = g.person_key
    where
        coalesce(c.actor_kind, 'person') not in ('bot', 'ai_autonomous')
        and d.landed_at <= h.horizon_at
        and epoch(h.horizon_at) - epoch(d.landed_at) < 365 * 86400
),

touched as (
    select
        f.repository,
        f.commit_id,
        f.path,
        f.old_path,
        f.status
    from file_changes as f
    inner join recent as r on f.repository = r.repository and f.commit_id = r.commit_id
),

-- A file keeps its history when it moves, but a name that is in use again is another file's.
names as (
    select
        o.repository,
        unnest(o.lines) as line,
        o.path as name
    from path_owners as o
    union
    select
        n.repository,
        n.line,
        t.old_path as name
    from names as n
    inner join touched as t on n.repository = t.repository and n.name = t.path
    left join path_owners as o on t.repository = o.repository and t.old_path = o.path
    where t.status = 'R' and o.path is null
),

declared as (
    select
        l.repository,
        l.line,
        unnest(l.owner_keys) as owner_key
    from lines as l
),

declared_persons as (
    select distinct
        d.repository,
        d.line,
        d.owner_key,
        a.person_key
    from declared as d
    inner join (
        select g.repository, g.login_key as owner_key, g.person_key from person_logins as g
        union all
        select k.repository, k.author_key as owner_key, k.person_key from person_keys as k
    ) as a on d.repository = a.repository and d.owner_key = a.owner_key
),

work as (
    select distinct
        n.repository,
        n.line,
        t.commit_id
    from names as n
    inner join touched as t on n.repository = t.repository and n.name = t.path
),

writers as (
    select
        r.repository,
        r.commit_id,
        r.person_key
    from recent as r
    union
    select
        r.repository,
        r.commit_id,
        k.person_key
    from (select c.repository, c.commit_id, unnest(c.co_author_keys) as author_key from recent as c) as r
    inner join person_keys as k on r.repository = k.repository and r.author_key = k.author_key
),

by_declared as (
    select distinct
        w.repository,
        w.line,
        w.commit_id
    from work as w
    inner join writers as a on w.repository = a.repository and w.commit_id = a.commit_id
    inner join declared_persons as d on w.repository = d.repository and w.line = d.line and a.person_key = d.person_key
),

counted as (
    select
        w.repository,
        w.line,
        count(*) as changes,
        count(*) filter (where r.is_account_known or l.is_by_address or b.commit_id is not null) as changes_known,
        count(b.commit_id) as changes_by_declared
    from work as w
    inner join recent as r on w.repository = r.repository and w.commit_id = r.commit_id
    inner join lines as l on w.repository = l.repository and w.line = l.line
    left join by_declared as b on w.repository = b.repository and w.line = b.line and w.commit_id = b.commit_id
    group by w.repository, w.line
)

select
    l.repository,
    l.path,
    l.line,
    l.pattern,
    l.effective_files,
    coalesce(c.changes, 0) as changes,
    coalesce(c.changes_known, 0) as changes_known,
    coalesce(c.changes_by_declared, 0) as changes_by_declared,
    l.declared_people,
    l.teams,
    coalesce(k.owners, 0) as declared_known,
    365 as window_days
from lines as l
left join counted as c on l.repository = c.repository and l.line = c.line
left join (
    select
        d.repository,
        d.line,
        count(distinct d.owner_key) as owners
    from declared_persons as d
    group by d.repository, d.line
) as k on l.repository = k.repository and l.line = k.line
