/* ---
title: Files whose requirements and tags count
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: Display path of the file.}
  importer: {type: varchar, doc: The importer that read it.}
  first_item: {type: bigint, doc: "Number from which its items are counted; unique in the snapshot."}
grain: "one row per file and importer that found something, without vendored and generated files"
key: [repository, path, importer]
--- */
select
    r.repository,
    r.path,
    r.importer,
    10000000 * row_number() over (order by r.repository asc nulls last, r.path asc nulls last, r.importer asc nulls last) as first_item
from requirement_files as r
inner join path_kinds as k on r.repository = k.repository and r.path = k.path
where r.items > 0 and r.importer <> 'unread' and k.kind not in ('vendored', 'generated')
