/* ---
title: Prefixes of ids that some document states
columns:
  repository: {type: varchar, doc: Name of the repository that states it.}
  prefix: {type: varchar, doc: "What stands before the number, such as REQ-."}
grain: one row per repository and prefix
key: [repository, prefix]
--- */
select distinct
    i.repository,
    regexp_extract(i.item_id, '^(.*[-_])[0-9]+([.][0-9]+)*[a-z]?$', 1) as prefix
from requirement_items as i
inner join requirement_sources as r on i.repository = r.repository and i.path = r.path and i.importer = r.importer
where i.nature = 'requirement' and regexp_matches(i.item_id, '[-_][0-9]+([.][0-9]+)*[a-z]?$')
