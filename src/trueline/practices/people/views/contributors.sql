/* ---
title: How many people and bots wrote what is on the main line
columns:
  repository: {type: varchar, doc: Name of the repository.}
  people: {type: bigint, doc: "Distinct persons among the authors, addresses of one person counted once."}
  bots: {type: bigint, doc: Distinct bots.}
grain: one row per repository
key: [repository]
--- */
select
    r.repository,
    count(distinct coalesce(k.person_key, c.author_key)) filter (where c.actor_kind not in ('bot', 'ai_autonomous')) as people,
    count(distinct c.author_key) filter (where c.actor_kind = 'bot') as bots
from repositories as r
left join landed_commits as l on r.repository = l.repository
left join commits as c on l.repository = c.repository and l.commit_id = c.commit_id
left join person_keys as k on c.repository = k.repository and c.author_key = k.author_key
group by r.repository
