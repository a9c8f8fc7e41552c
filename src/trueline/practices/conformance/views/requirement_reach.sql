/* ---
title: Whether tests reached the code that each requirement is tagged in
grain: one row per requirement
key: [repository, path, line, item_id]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The document that states it.}
  line: {type: bigint, doc: 1-based line.}
  item_id: {type: varchar, doc: Its id.}
  is_exercised: {type: boolean, doc: "True where coverage at the head commit reached a line at one of its tags or up to 40 below; false where it reached none; null where that file was not measured."}
--- */
with measured as (
    select c.repository, c.path, c.covered_lines
    from coverage as c
    inner join repositories as h on c.repository = h.repository and c.commit_id = h.head_commit_id
),

reached as (
    select
        l.repository, l.to_id as item_id,
        bool_or(len(list_filter(m.covered_lines, lambda n: n between l.line and l.line + 40)) > 0) as is_exercised
    from requirement_links as l
    inner join measured as m
        on
            l.repository = m.repository
            and parse_filename(l.path) = parse_filename(m.path)
            -- Reports name files from some root of their own.
            and (l.path = m.path or ends_with(l.path, '/' || m.path) or ends_with(m.path, '/' || l.path))
    where l.role = 'implements'
    group by l.repository, l.to_id
)

select r.repository, r.path, r.line, r.item_id, e.is_exercised
from requirement_tests as r
left join reached as e on r.repository = e.repository and r.item_id = e.item_id
