/* ---
title: Changes that were carried from one commit to another, or taken back
columns:
  repository: {type: varchar, doc: Name of the repository.}
  commit_id: {type: varchar, doc: The commit that carries the change or takes it back.}
  origin_commit_id: {type: varchar, doc: "The commit that had it first; for a squash, the end of the branch."}
  how: {type: varchar, doc: "cherry_pick, same_change, backport, forward_port, revert or squash."}
  evidence: {type: varchar, doc: "message, contents, author and date, or author date alone for a commit that only a branch holds."}
  confidence: {type: double, doc: "How sure it is, 0 to 1."}
  is_on_main: {type: boolean, doc: True where the carrying commit is reachable from the main line.}
  branch: {type: varchar, doc: "The branch that one of the two is on where neither the main line nor a tag reaches it; null else."}
grain: one row per carrying commit, origin and way
key: [repository, commit_id, origin_commit_id, how]
--- */
with changes as (
    -- A change is the set of its paths with their contents before and after; md5 only makes it short.
    select
        f.repository,
        f.commit_id,
        md5(string_agg(
            f.path || chr(9) || coalesce(f.old_path, '') || chr(9) || coalesce(f.old_blob_id, '') || chr(9) || coalesce(f.new_blob_id, ''),
            chr(10)
            order by f.path nulls last, f.old_path nulls first
        )) as forth,
        -- Taken back: the same paths with the contents exchanged, and a rename backwards.
        md5(string_agg(
            coalesce(f.old_path, f.path) || chr(9) || case when f.old_path is null then '' else f.path end || chr(9)
            || coalesce(f.new_blob_id, '') || chr(9) || coalesce(f.old_blob_id, ''),
            chr(10)
            order by coalesce(f.old_path, f.path) nulls last, f.path nulls first
        )) as back,
        -- Deleting, moving or making an empty file comes to the same whoever does it.
        count(*) filter (
            f.new_blob_id is not null
            and f.new_blob_id is distinct from f.old_blob_id
            and f.new_blob_id not in (
                'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
                '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813'
            )
        ) as contents
    from file_changes as f
    group by f.repository, f.commit_id
),

seen as (
    select
        c.repository,
        c.commit_id,
        c.author_key,
        c.authored_at,
        c.committed_at,
        c.subject,
        c.picked_from_commit_id,
        c.reverts_commit_id,
        l.position,
        regexp_replace(lower(c.subject), '( *[(][#!]?[0-9]+[)])+ *$', '') as said_plainly,
        -- What a release's own commit says: each line makes its own, whoever and whenever.
        coalesce(regexp_matches(
            c.subject,
            '(?i)^\W*(?:(?:bump(?:ed|s|ing)?|update[sd]?|set|increase) (?:the )?(?:\w+ ){0,2}version\b'
            || '|(?:new |prepar\w+ (?:for )?(?:the )?)?releas\w+ v?\d|prepar\w+ (?:for )?(?:the )?(?:next )?releas'
            || '|(?:version |bump (?:to )?)?v?\d+(?:\.\d+)+\S*\W*$|\[maven-release-plugin\])'
        ), false) as is_of_release,
        g.forth,
        g.back,
        g.contents
    from commits as c
    left join landed_commits as l on c.repository = l.repository and c.commit_id = l.commit_id
    left join changes as g on c.repository = g.repository and c.commit_id = g.commit_id
),

said as (
    -- Two joins, because one with `or` compares every commit with every other.
    select
        s.repository,
        s.commit_id,
        o.commit_id as origin_commit_id,
        'cherry_pick' as how,
        'message' as evidence,
        cast(1 as double) as confidence
    from seen as s
    inner join seen as o
        on s.repository = o.repository and s.picked_from_commit_id = o.commit_id and s.commit_id <> o.commit_id
    union all
    select
        s.repository,
        s.commit_id,
        o.commit_id as origin_commit_id,
        'revert' as how,
        'message' as evidence,
        cast(1 as double) as confidence
    from seen as s
    inner join seen as o
        on
            s.repository = o.repository
            and s.reverts_commit_id = o.commit_id
            and s.commit_id <> o.commit_id
            and s.reverts_commit_id is distinct from s.picked_from_commit_id
),

same as (
    -- Of two on the main line, the later one carries; of others, the one beside it.
    select
        s.repository,
        s.commit_id,
        arg_min(o.commit_id, o.position) as origin_commit_id,
        'same_change' as how,
        'contents' as evidence,
        cast(1 as double) as confidence,
        s.position is null and s.committed_at < arg_min(o.committed_at, o.position) as is_forward
    from seen as s
    inner join seen as o
        on
            s.repository = o.repository
            and s.forth = o.forth
            and s.commit_id <> o.commit_id
            and o.position is not null
            and (s.position is null or s.position > o.position)
            -- Two people may mend the same letter, and every line makes its own release: a change of one file, or
            -- of none, is the same one only where git or the subject says so too.
            and (
                (s.author_key = o.author_key and s.authored_at = o.authored_at)
                or (s.contents > 1 and not s.is_of_release)
                or (
                    s.contents = 1
                    and not s.is_of_release
                    and (contains(s.said_plainly, o.said_plainly) or contains(o.said_plainly, s.said_plainly))
                    -- Of two authors, "typo" says nothing.
                    and least(length(s.said_plainly), length(o.said_plainly)) >= case when s.author_key = o.author_key then 1 else 15 end
                )
            )
    group by s.repository, s.commit_id, s.position, s.committed_at
),

taken_back as (
    select
        s.repository,
        s.commit_id,
        arg_max(o.commit_id, o.position) as origin_commit_id,
        'revert' as how,
        'contents' as evidence,
        cast(1 as double) as confidence
    from seen as s
    inner join seen as o
        on
            s.repository = o.repository
            and s.forth = o.back
            and s.position > o.position
            and greatest(s.contents, o.contents) > 0
    where s.reverts_commit_id is null
    group by s.repository, s.commit_id
),

squashed as (
    select
        s.repository,
        s.commit_id,
        b.commit_id as origin_commit_id,
        'squash' as how,
        'contents' as evidence,
        cast(1 as double) as confidence
    from seen as s
    inner join branches as b
        on
            s.repository = b.repository
            and s.forth = b.net_change
            and s.contents > 0
            and s.commit_id <> b.commit_id
            -- What was committed there later was carried the other way.
            and b.last_committed_at <= s.committed_at
    left join commits as t on b.repository = t.repository and b.commit_id = t.commit_id
    where s.position is not null and t.commit_id is null
    group by s.repository, s.commit_id, b.commit_id
),

known as (
    from said
    union all by name
    from same
    union all by name
    from taken_back
),

backported as (
    -- git keeps author, date and subject when a commit is put elsewhere, and contents differ there. One that
    -- several commits of the main line share says nothing.
    select
        s.repository,
        s.commit_id,
        min(o.commit_id) as origin_commit_id,
        'backport' as how,
        'author and date' as evidence,
        cast(0.99 as double) as confidence,
        s.committed_at < min(o.committed_at) as is_forward
    from seen as s
    inner join seen as o
        on
            s.repository = o.repository
            and s.author_key = o.author_key
            and s.authored_at = o.authored_at
            and s.subject = o.subject
            and o.position is not null
            and o.contents > 0
    left join known as k on s.repository = k.repository and s.commit_id = k.commit_id and k.how <> 'revert'
    where s.position is null and s.contents > 0 and not s.is_of_release and k.commit_id is null
    group by s.repository, s.commit_id, s.committed_at
    having count(*) = 1
),

-- Of commits that neither head nor tag reaches, the dates are known, and contents where a branch has but one.
beside as (
    select
        b.repository,
        b.commit_id,
        min(b.branch) as branch,
        any_value(b.authored_at) as authored_at,
        any_value(b.committed_at) as committed_at,
        any_value(r.net_change) as forth
    from branch_commits as b
    left join branches as r on b.repository = r.repository and b.commit_id = r.commit_id and r.ahead = 1
    left join commits as c on b.repository = c.repository and b.commit_id = c.commit_id
    where c.commit_id is null
    group by b.repository, b.commit_id
),

alone as (
    select
        b.*,
        count(*) over (partition by b.repository, b.branch, b.authored_at) as alike
    from beside as b
),

on_branches as (
    select
        b.repository,
        b.commit_id,
        b.branch,
        min(o.commit_id) as origin_commit_id,
        case when any_value(b.forth = o.forth) then 'same_change' else 'backport' end as how,
        case when any_value(b.forth = o.forth) then 'contents' else 'author date' end as evidence,
        cast(case when any_value(b.forth = o.forth) then 1 else 0.95 end as double) as confidence,
        b.committed_at < min(o.committed_at) as is_forward
    from alone as b
    inner join seen as o on b.repository = o.repository and b.authored_at = o.authored_at
    where b.alike = 1 and o.position is not null and o.contents > 0
    group by b.repository, b.commit_id, b.branch, b.committed_at
    having count(*) = 1 and not any_value(o.is_of_release)
),

carried as (
    -- What the message says and the contents show is one row.
    select k.*
    from known as k
    where
        k.how <> 'same_change'
        or not exists (
            select 1
            from said as a
            where a.repository = k.repository and a.commit_id = k.commit_id and a.how = 'cherry_pick'
        )
    union all by name
    from squashed
    union all by name
    from backported
    union all by name
    select b.*
    from on_branches as b
    left join squashed as q on b.repository = q.repository and b.commit_id = q.origin_commit_id
    where q.commit_id is null
),

turned as (
    -- What a release line had before the main line was carried forward to that.
    select
        c.repository,
        case when c.is_forward then c.origin_commit_id else c.commit_id end as commit_id,
        case when c.is_forward then c.commit_id else c.origin_commit_id end as origin_commit_id,
        case when c.is_forward and c.how = 'backport' then 'forward_port' else c.how end as how,
        c.evidence,
        c.confidence,
        c.branch
    from carried as c
)

select
    t.repository,
    t.commit_id,
    t.origin_commit_id,
    t.how,
    t.evidence,
    t.confidence,
    l.commit_id is not null as is_on_main,
    t.branch
from turned as t
left join landed_commits as l on t.repository = l.repository and t.commit_id = l.commit_id
where
    t.how not in ('same_change', 'forward_port')
    or not exists (
        select 1
        from said as a
        where
            a.repository = t.repository
            and a.commit_id = t.commit_id
            and a.origin_commit_id = t.origin_commit_id
            and a.how = 'cherry_pick'
    )
