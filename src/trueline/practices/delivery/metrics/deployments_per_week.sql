/* ---
title: Deployments per week
why: Finished work has an effect once it runs; how often that happens says how small and how safe each step can be.
duty: indicators
unit: successful deployments a week, over the thirteen weeks before the day
direction: up
parameters:
  environment: {default: production, type: text, why: Where users are; other environments are rehearsals.}
--- */
with counted as (
    select
        d.service,
        count(*) as deployments
    from deployments as d
    cross join run
    cross join parameters
    where
        d.environment = parameters.environment
        and d.status = 'succeeded'
        and d.deployed_at > run.as_of_at - to_days(91)
    group by d.service
),

-- A service that was ever deployed there and now is not counts as none a week.
known as (
    select distinct d.service
    from deployments as d
    cross join parameters
    where d.environment = parameters.environment
)

select
    cast(null as date) as period,
    cast(null as varchar) as subject,
    coalesce(sum(c.deployments), 0) / 13 as value,
    coalesce(sum(c.deployments), 0) as n,
    cast(1 as double) as coverage
from known as k
left join counted as c on k.service = c.service
having count(*) > 0
union all by name
select
    cast(null as date) as period,
    k.service as subject,
    coalesce(c.deployments, 0) / 13 as value,
    coalesce(c.deployments, 0) as n,
    cast(1 as double) as coverage
from known as k
left join counted as c on k.service = c.service
