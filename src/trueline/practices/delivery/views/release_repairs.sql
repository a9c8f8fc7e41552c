/* ---
title: Releases, and what had to be repaired right after them
columns:
  repository: {type: varchar, doc: Name of the repository.}
  tag: {type: varchar, doc: A final release that the main line reaches.}
  released_on: {type: date, doc: "Its day, in UTC."}
  is_settled: {type: boolean, doc: True once three days have passed since; before that nothing can be said.}
  is_recent: {type: boolean, doc: True in the 365 days before the horizon.}
  reverts: {type: bigint, doc: Changes of this release that were reverted within three days of it.}
  hotfix_tag: {type: varchar, doc: "The next patch of this version within three days: 1.4.1 after 1.4.0, or after 1.4. Null where there is none, or where versions are dates."}
grain: one row per final release
key: [repository, tag]
--- */
with final as (
    select
        r.*,
        regexp_replace(r.version, '[._][0-9]+$', '') as line,
        -- The last of two numbers is no patch (2.8, then 2.9), and neither is the day of a date (2026.3.2).
        case
            when regexp_full_match(r.version, '[0-9]{1,3}([._][0-9]+){2,}') then try_cast(regexp_extract(r.version, '([0-9]+)$', 1) as bigint)
        end as patch
    from releases as r
    where not r.is_prerelease and r.is_on_main
),

hotfixes as (
    select
        f.repository,
        f.tag,
        min_by(h.tag, h.position) as hotfix_tag
    from final as f
    inner join final as h
        on
            f.repository = h.repository
            and coalesce(f.series, '') = coalesce(h.series, '')
            and ((f.line = h.line and h.patch = f.patch + 1) or (f.version = h.line and h.patch = 1))
            and h.released_at > f.released_at
            and h.released_at <= f.released_at + to_days(3)
    group by f.repository, f.tag
),

reverts as (
    select
        c.repository,
        c.first_release as tag,
        count(*) as reverts
    from landed_changes as c
    inner join final as f on c.repository = f.repository and c.first_release = f.tag
    where exists (
        select 1
        from landed_changes as v
        where
            v.repository = c.repository
            and v.reverts_change_id = c.change_id
            and v.landed_at > f.released_at
            and v.landed_at <= f.released_at + to_days(3)
    )
    group by c.repository, c.first_release
)

select
    f.repository,
    f.tag,
    cast(f.released_at as date) as released_on,
    f.released_at + to_days(3) <= z.horizon_at as is_settled,
    f.released_at > z.horizon_at - to_days(365) as is_recent,
    coalesce(v.reverts, 0) as reverts,
    h.hotfix_tag
from final as f
inner join horizons as z on f.repository = z.repository
left join hotfixes as h on f.repository = h.repository and f.tag = h.tag
left join reverts as v on f.repository = v.repository and f.tag = v.tag
