/* ---
title: Lines changed or deleted again within three weeks
why: Work that is done over soon after it landed was finished too early, or nobody knew yet what was wanted.
duty: indicators
unit: share of the lines of source and test files that landed in twelve months, those of the last 21 days left out
direction: down
grain: month
--- */
with judged as (
    -- Lines out of sight before their days were over say nothing, nor do lines of bots.
    select
        cast(date_trunc('month', timezone('UTC', r.landed_at)) as date) as month,
        r.repository,
        r.added_lines - r.lost_lines as lines,
        r.reworked_lines,
        r.by_same_author,
        r.by_other_author,
        r.by_fix,
        r.by_revert,
        r.lost_lines = 0 and r.unread_files = 0 as is_whole
    from change_rework as r
    where r.is_settled and coalesce(r.actor_kind, 'person') <> 'bot'
),

slices as (
    select
        j.*,
        cast(null as date) as period,
        cast(null as varchar) as subject
    from judged as j
    union all by name
    select
        j.*,
        j.month as period,
        cast(null as varchar) as subject
    from judged as j
    union all by name
    select
        j.*,
        cast(null as date) as period,
        j.repository as subject
    from judged as j
)

select
    s.period,
    s.subject,
    sum(s.reworked_lines) / sum(s.lines) as value,
    cast(sum(s.lines) as bigint) as n,
    count(*) filter (where s.is_whole) / count(*) as coverage,
    count(*) as changes,
    sum(s.by_same_author) / sum(s.lines) as by_same_author,
    sum(s.by_other_author) / sum(s.lines) as by_other_author,
    sum(s.by_fix) / sum(s.lines) as by_fix,
    sum(s.by_revert) / sum(s.lines) as by_revert,
    'lines followed through hunks for 21 days' as algorithm,
    case when s.period is null then '12 months' else 'month' end as "window"
from slices as s
group by s.period, s.subject
having sum(s.lines) > 0
