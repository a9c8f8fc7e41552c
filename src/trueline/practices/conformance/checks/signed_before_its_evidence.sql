/* ---
title: Gates and sign-offs rest on evidence that was there
why: A gate that was signed before its evidence existed was not a gate.
duty: canonical_authority
weight: supports
examines: select repository, path || ' -> ' || target_path as subject from cited_evidence group by all
severity: high
group_by: source_path
owner: role:head-of-engineering
status: preview
fix: "Sign {source_path} again on what is there now, or cite the evidence that was there."
--- */
with born as (
    select repository, path, min(committed_at) as at
    from file_changes
    where status in ('A', 'R', 'C')
    group by repository, path
)

select
    e.path || ' -> ' || e.target_path as subject,
    case
        when not e.is_there then 'cites ' || e.target_path || ' as evidence, which is not there'
        else
            'is signed on ' || strftime(any_value(d.dated_on), '%-d %b %Y') || ' and rests on ' || e.target_path || ', which came on '
            || strftime(any_value(b.at), '%-d %b %Y')
    end as message,
    e.repository,
    e.path as source_path,
    min(e.line) as source_line
from cited_evidence as e
inner join governed_documents as d on e.repository = d.repository and e.path = d.path
left join born as b on e.repository = b.repository and e.target_path = b.path
-- The day on which it was begun is no signature.
left join document_fields as f
    on d.repository = f.repository and d.path = f.path and d.dated_line = f.line and starts_with(f.field, 'created')
where
    not e.is_there
    -- A day more, because the day of a commit in UTC may be the author's tomorrow.
    or (d.dated_on is not null and f.field is null and cast(b.at as date) > cast(d.dated_on + to_days(1) as date))
group by e.repository, e.path, e.target_path, e.is_there
order by subject
