"""Whatever is handed in as SQL is a select that only reads, or refused in words."""

from __future__ import annotations

import contextlib

from hypothesis import example, given, settings
from hypothesis import strategies as st

from trueline.model.errors import QueryRefused
from trueline.tables.engine import Database
from trueline.tables.statement import Statement, parse

WORDS = """select from where with as recursive union all insert into values returning ( ) , ; * t u a.b 'x' "y" 1 1.5 null
 join on using order by nulls last limit group having over partition window lateral unnest range read_csv now() $1 ? -- /* */
 create table drop copy to attach set pragma case when then end not in exists between like cast :: [ ] { } lambda x : pivot
 unpivot describe show explain summarize qualify distinct tablesample at timestamp exclude replace columns materialized""".split()


def outcome(sql: str) -> Statement | QueryRefused:
    try:
        return parse(sql)
    except QueryRefused as refused:
        return refused


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
@example("select " + "[" * 600 + "]" * 600)
@example("select " + "not " * 3000 + "true")
@example("with a as (" * 150 + "select 1" + ") select * from a" * 150)
@example("select * from t" + " union select * from t" * 500)
@example("\ufeffselect 1")
@example("select '\U0001f600' || chr(0)")
def test_any_text_is_understood_or_refused_in_words(sql: str):
    said = outcome(sql)

    assert isinstance(said, Statement) or (said.message and "\n" not in said.message)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(lambda words: " ".join(["select", *words])))
def test_what_is_let_through_changes_nothing(sql: str):
    statement = outcome(sql)
    if not isinstance(statement, Statement):
        return
    database = Database.building()
    for table in sorted(statement.reads - {""}):
        database.execute(f'create table "{table.replace(chr(34), chr(34) * 2)}" as select 1 as a, 2 as x')
    before = database.rows("select table_name from duckdb_tables() order by 1")

    with contextlib.suppress(QueryRefused):  # parsed and still wrong, which only running it shows
        database.table(sql, seconds=2, at_most=5)

    assert database.rows("select table_name from duckdb_tables() order by 1") == before
    database.close()
