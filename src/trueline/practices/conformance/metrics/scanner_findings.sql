/* ---
title: Results of scanners
why: Defects and debt that tools see either shrink or grow; nothing else says so as early.
duty: standards
unit: results that nothing suppresses, at the commit that each tool looked at last
direction: down
grain: month
--- */
with months as (
    select
        r.repository,
        r.tool,
        r.category,
        r.commit_id,
        r.report_id,
        r.ran_at,
        cast(date_trunc('month', timezone('UTC', r.ran_at)) as date) as month
    from scanner_runs as r
    where r.is_successful
),

last as (
    select
        m.repository,
        m.tool,
        m.month,
        arg_max(m.commit_id, struct_pack(ran_at := m.ran_at, commit_id := m.commit_id)) as commit_id
    from months as m
    group by m.repository, m.tool, m.month
),

counted as (
    select
        m.repository,
        m.tool,
        m.category,
        m.month,
        count(r.fingerprint) filter (where not r.is_suppressed and r.baseline_state is distinct from 'absent') as results
    from months as m
    inner join last using (repository, tool, month, commit_id)
    left join scanner_results as r using (repository, tool, category, commit_id, report_id)
    group by m.repository, m.tool, m.category, m.month
),

-- Months in which a tool did not run have no row of it, so only each tool is followed through the months.
series as (
    select c.month as period, c.tool as subject, sum(c.results) as value, count(*) as n
    from counted as c
    group by c.month, c.tool
    union all by name
    select cast(null as date) as period, cast(null as varchar) as subject, sum(c.results) as value, count(*) as n
    from counted as c
    inner join latest_scanner_runs as l using (repository, tool, category)
    where c.month = cast(date_trunc('month', timezone('UTC', l.ran_at)) as date)
    having count(*) > 0
)

select
    s.period,
    s.subject,
    cast(s.value as bigint) as value,
    s.n,
    1.0 as coverage
from series as s
