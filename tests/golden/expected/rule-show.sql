with run as (select date '2026-10-31' as as_of, timestamptz '2026-10-31T23:59:59.999999+00:00' as as_of_at, timestamptz 'KNOWN_AT' as known_at), rule as (
select
    d.deviation_id as subject,
    'expired on ' || strftime(d.expires_on, '%-d %b %Y') as message,
    coalesce(d.approver, 'the role that may approve it') as approver,
    d.repository,
    d.source_path,
    d.source_line
from deviations as d
cross join run
where d.closed_on is null and d.expires_on < run.as_of
order by subject
) select * from rule
