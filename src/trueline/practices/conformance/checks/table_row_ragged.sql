/* ---
title: Rows of tables have as many cells as their head
why: What stands beyond the last column is shown to nobody, and a value in the wrong column is believed.
duty: document_lifecycle
weight: supports
examines: select repository, place as subject from table_sections group by all
severity: low
group_by: place
owner: role:head-of-engineering
exact: true
fix: "{mending}."
--- */
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
order by subject
