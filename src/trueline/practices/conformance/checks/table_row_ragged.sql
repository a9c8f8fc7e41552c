/* ---
title: Rows of tables have as many cells as their head
why: What stands beyond the last column is shown to nobody, and a value in the wrong column is believed.
duty: document_lifecycle
weight: supports
examines: select repository, place as subject from table_sections group by all
severity: low
group_by: place
owner: role:head-of-engineering
status: preview
fix: "{mending}."
--- */
with filled as (
    select
        t.repository, t.path, t.table_line, t.line, r.line is null as is_whole, count(*) as cells,
        count(*) filter (where trim(coalesce(t.value, '')) = '') as empty_cells
    from document_cells as t
    left join ragged_rows as r on t.repository = r.repository and t.path = r.path and t.line = r.line
    group by t.repository, t.path, t.table_line, t.line, r.line
),

habits as (
    select repository, path, table_line, max(line) filter (where is_whole) as last_whole, count(*) filter (where is_whole) as whole
    from filled
    group by repository, path, table_line
),

meant as (
    -- Readers fill up what is missing at the end: a label above other rows, a row that ends in empty cells, or a table in
    -- which most rows end early are shown as they were meant.
    select f.repository, f.path, f.line
    from filled as f
    inner join ragged_rows as r on f.repository = r.repository and f.path = r.path and f.line = r.line
    inner join habits as h on f.repository = h.repository and f.path = h.path and f.table_line = h.table_line
    inner join (
        select repository, path, table_line, count(*) as short from ragged_rows where cells < head_cells group by all
    ) as n on f.repository = n.repository and f.path = n.path and f.table_line = n.table_line
    where
        r.cells < r.head_cells
        and case when f.cells = 1 then f.line < h.last_whole else f.empty_cells > 0 or n.short >= h.whole end
)

select
    -- What the row says is left out: its first cell may name a person.
    t.place || case when r.is_read then ' row ' || (r.line - r.table_line - 1) else ' head' end as subject,
    case
        when not r.is_read then
            'has ' || r.cells || ' columns of dashes below a head of ' || r.head_cells || ', so that readers show text and no table'
        else 'has ' || r.cells || case when r.cells = 1 then ' cell' else ' cells' end || ', and its head has ' || r.head_cells
    end as message,
    r.repository,
    r.path as source_path,
    r.line as source_line,
    t.place,
    case
        when not r.is_read then 'Give the line of dashes as many columns as the head above it has'
        when r.cells > r.head_cells then 'Write a `|` that belongs to the text as `\|`, or give the head one more column'
        when r.cells = 1 then 'Leave a line empty where the table ends, or fill the missing cells'
        else 'Fill the missing cells'
    end as mending
from ragged_rows as r
inner join table_sections as t on r.repository = t.repository and r.path = t.path and r.table_line = t.table_line
left join meant as m on r.repository = m.repository and r.path = m.path and r.line = m.line
where m.line is null
order by subject
