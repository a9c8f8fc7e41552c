/* ---
title: Checks of OpenSSF Scorecard reach the mark
why: Low scores are known ways in for whoever attacks through the supply chain.
duty: standards
weight: supports
examines: select repository, check_name as subject from latest_scorecard where score >= 0
severity: medium
owner: role:head-of-engineering
exact: true
parameters:
  lowest: {default: 5, type: integer, why: "Half of what can be reached; -1 means that it could not be told and never counts as reached."}
fix: "See {documentation_url} for what {subject} asks for."
--- */
select
    s.check_name as subject,
    'has ' || s.score || ' of 10' || coalesce(': ' || s.reason, '') as message,
    coalesce(s.documentation_url, 'the documentation of OpenSSF Scorecard') as documentation_url,
    s.repository
from latest_scorecard as s
cross join parameters
where s.score >= 0 and s.score < parameters.lowest
order by subject
