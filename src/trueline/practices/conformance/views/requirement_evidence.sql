/* ---
title: How far each requirement is proven, by its weakest link
grain: one row per requirement
key: [repository, path, line, item_id]
columns:
  repository: {type: varchar, doc: Name of the repository.}
  path: {type: varchar, doc: The document that states it.}
  line: {type: bigint, doc: 1-based line.}
  item_id: {type: varchar, doc: Its id.}
  is_deployed: {type: boolean, doc: "True where the head commit was deployed with success; null where no deployment of that repository is known."}
  grade: {type: bigint, doc: "0 nothing, 1 tag, 2 test exists, 3 ran, 4 passed at this commit, 5 exercised, 6 deployed."}
  grade_name: {type: varchar, doc: "The same in words."}
--- */
with deployed as (
    select h.repository, bool_or(d.status = 'succeeded' and d.commit_id = h.head_commit_id) as is_deployed
    from repositories as h
    inner join deployments as d on h.repository = d.repository
    group by h.repository
),

graded as (
    select
        t.repository, t.path, t.line, t.item_id, d.is_deployed,
        case
            when r.tests = 0 then case when t.tags > 0 then 1 else 0 end
            when r.tests_run < r.tests then 2
            when r.tests_passed < r.tests then 3
            when not coalesce(e.is_exercised, false) then 4
            when not coalesce(d.is_deployed, false) then 5
            else 6
        end as grade
    from requirement_tests as t
    inner join requirement_runs as r using (repository, path, line, item_id)
    inner join requirement_reach as e using (repository, path, line, item_id)
    left join deployed as d on t.repository = d.repository
)

select
    repository, path, line, item_id, is_deployed, grade,
    ['nothing', 'tag', 'test exists', 'ran', 'passed at this commit', 'exercised', 'deployed'][grade + 1] as grade_name
from graded
