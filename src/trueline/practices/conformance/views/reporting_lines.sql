/* ---
title: Who reports to whom, as charters say it
grain: one row per charter, relation and other role
key: [repository, path, relation, other]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The charter.}
  line: {type: bigint, doc: Where it says so.}
  role: {type: varchar, doc: "The role that it describes, in lower case."}
  relation: {type: varchar, doc: reports_to or manages.}
  other: {type: varchar, doc: "The other role, in lower case."}
--- */
with described as (
    select
        d.repository, d.path,
        trim(regexp_replace(lower(coalesce(any_value(f.value) filter (where f.field = 'role'), d.title)), '\b(role )?charter( of( the)?)?\b|^role:', '', 'g'), ' :-–—')
            as role
    from governed_documents as d
    left join document_fields as f on d.repository = f.repository and d.path = f.path
    where d.class_id like '%charter%'
    group by d.repository, d.path, d.title
),

headed as (
    select
        s.repository, s.path, s.line,
        case
            when regexp_matches(lower(s.heading), '^[\d. ]*reports? to\b') then 'reports_to'
            when regexp_matches(lower(s.heading), '^[\d. ]*(manages|direct reports|directly manages)\b') then 'manages'
        end as relation
    from sections as s
),

said as (
    select f.repository, f.path, f.line, 'reports_to' as relation, f.value as other
    from document_fields as f
    where f.field = 'reports_to'
    union all
    select p.repository, p.path, p.line, h.relation, p.text as other
    from passages as p
    inner join headed as h on p.repository = h.repository and p.path = h.path and p.section_line = h.line
    where h.relation is not null and p.kind = 'item'
)

select
    s.repository,
    s.path,
    min(s.line) as line,
    any_value(d.role) as role,
    s.relation,
    trim(regexp_replace(lower(s.other), '^(the|our|all) |^role:|\(.*\)|[*`.]', '', 'g')) as other
from said as s
inner join described as d on s.repository = d.repository and s.path = d.path
where len(s.other) between 3 and 80
group by s.repository, s.path, s.relation, trim(regexp_replace(lower(s.other), '^(the|our|all) |^role:|\(.*\)|[*`.]', '', 'g'))
