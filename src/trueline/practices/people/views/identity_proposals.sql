/* ---
title: Persons who may be one, strongest evidence first
columns:
  person_key: {type: varchar, doc: Pseudonym of the one., privacy: people}
  other_person_key: {type: varchar, doc: Pseudonym of the other., privacy: people}
  evidence: {type: varchar, doc: "What speaks for it, as in person_proposals."}
  weaker_commits: {type: bigint, doc: "Commits, or merges, on the side that has fewer of them.", privacy: people}
  stronger_commits: {type: bigint, doc: The same on the other side., privacy: people}
  commits_at_stake: {type: bigint, doc: "Commits of the one of the two who has fewer in all, which would change hands.", privacy: people}
grain: one row per pair of persons and kind of evidence
key: [person_key, other_person_key, evidence]
--- */
with work as (
    select
        k.person_key,
        count(*) as commits
    from commits as c
    inner join person_keys as k on c.repository = k.repository and c.author_key = k.author_key
    group by k.person_key
)

select
    p.person_key,
    p.other_person_key,
    p.evidence,
    least(p.commits, p.other_commits) as weaker_commits,
    greatest(p.commits, p.other_commits) as stronger_commits,
    least(w.commits, o.commits) as commits_at_stake
from person_proposals as p
inner join work as w on p.person_key = w.person_key
inner join work as o on p.other_person_key = o.person_key
order by
    commits_at_stake desc nulls last,
    weaker_commits desc nulls last,
    p.person_key asc nulls last,
    p.other_person_key asc nulls last
