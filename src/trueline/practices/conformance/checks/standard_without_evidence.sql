/* ---
title: Every standard is measured where it holds
why: A standard that nobody measures is a wish.
duty: standards
weight: required
examines: select repository, standard_id as subject from standard_states
severity: medium
owner: role:head-of-engineering
exact: true
parameters:
  within_days: {default: 30, type: integer, why: "Code moves on; a run at the newest commit counts however long ago it was."}
fix: "Run the tool of {rule} in {repository} and bring what it says: `trueline collect --sarif FILE`."
--- */
select
    s.standard_id as subject,
    case
        when s.last_ran_at is null then 'is measured by nothing: no finished run for ' || s.rule || ' was collected'
        else 'was last measured on ' || strftime(timezone('UTC', s.last_ran_at), '%-d %b %Y') || ', at an earlier commit'
    end as message,
    s.rule,
    s.owner,
    s.repository,
    case when s.repository = s.standard_repository then s.source_path end as source_path,
    case when s.repository = s.standard_repository then s.source_line end as source_line
from standard_states as s
cross join run
cross join parameters
where
    s.last_ran_at is null
    or (s.last_ran_at < run.as_of_at - to_days(parameters.within_days) and not s.is_head_measured)
order by subject
