/* ---
title: Standards name rules that their tools know
why: A rule that no tool knows is never broken, so its standard always looks kept.
duty: standards
weight: supports
examines: select repository, standard_id as subject from standard_states where is_rule_known is not null
severity: medium
owner: role:head-of-engineering
exact: true
fix: "Correct the rule {rule}, or switch it on in the settings of its tool in {repository}."
--- */
select
    s.standard_id as subject,
    'names ' || s.rule || ', and the last run of that tool knew no such rule' as message,
    s.rule,
    s.owner,
    s.repository,
    case when s.repository = s.standard_repository then s.source_path end as source_path,
    case when s.repository = s.standard_repository then s.source_line end as source_line
from standard_states as s
where not s.is_rule_known
order by subject
