/* ---
title: Files in which a repository says what it is, on what terms, and where to report a weakness
columns:
  repository: {type: varchar, doc: Name of the repository.}
  paper: {type: varchar, doc: "readme, licence or security_policy."}
  path: {type: varchar, doc: "The file, where a forge looks for it: the root, .github, docs or doc; a folder of licences too."}
grain: one row per file and what it is
key: [repository, paper, path]
--- */
with named as (
    select
        f.repository,
        f.path,
        case
            when regexp_full_match(lower(f.path), '(([.]github|docs?)/)?readme([-._][^/]*)?') then 'readme'
            when regexp_full_match(lower(f.path), '(([.]github|docs?)/)?(([^/]+[-_.])?li[cs]en[cs]es?|copying|copyright|unlicense)([-._ ][^/]*)?|li[cs]en[cs]es?/.*') then 'licence'
            when regexp_full_match(lower(f.path), '(([.]github|[.]gitlab|docs?|[.]well-known)/)?security([-_]policy)?([.][a-z]+)?') then 'security_policy'
        end as paper
    from files as f
)

select
    n.repository,
    n.paper,
    n.path
from named as n
inner join path_kinds as k on n.repository = k.repository and n.path = k.path
-- license.go and security.py are code that happens to have the name.
where n.paper is not null and k.kind not in ('source', 'test')
