/* ---
title: Somebody else approves what one person writes
why: Where one person writes and approves every document, an error in one of them is seen by nobody.
duty: [document_lifecycle, limits_of_authority]
weight: supports
# Of too few changes, or where git does not say who let them in, nothing can be said.
examines: select repository, repository as subject from document_approvals where changes >= 3 and changes_known = changes
applies: select count(*) > 0 from governed_documents
severity: low
owner: role:head-of-engineering
exact: true
fix: "Let a second person read changes of governed documents, or file a deviation that says until when one is enough."
--- */
select
    a.repository as subject,
    'rests on one opinion: whoever wrote a governed document let it in as well, in all ' || a.changes
    || ' changes of 365 days, and no one else is known to have reviewed one' as message,
    a.repository
from document_approvals as a
where a.changes >= 3 and a.changes_known = a.changes and a.writers = 1 and a.changes_seen_by_others = 0
order by subject
