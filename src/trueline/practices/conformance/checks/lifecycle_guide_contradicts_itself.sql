/* ---
title: The guide to a lifecycle says one thing
why: Of two rules in one guide each reader follows the one that suits, and no document can be wrong.
duty: document_lifecycle
weight: supports
examines: select repository, path as subject from lifecycle_guides
severity: medium
group_by: source_path
owner: role:head-of-engineering
status: preview
fix: "Let {source_path} say it once."
--- */
select
    g.path || ' ' || g.says as subject,
    g.says as message,
    g.repository,
    g.path as source_path,
    g.line as source_line
from guide_contradictions as g
order by subject
