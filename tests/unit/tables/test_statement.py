"""Which SQL is one harmless select, and what it reads."""

from __future__ import annotations

import pytest

from trueline.model.errors import QueryRefused
from trueline.tables.engine import Database
from trueline.tables.statement import CLOCKS, SECRETS, check_tables, parse


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("select 1", ""),
        ("select 1;", ""),
        ("from t", "t"),
        ("select * from A", "a"),
        ("select * from t join u using (x)", "t u"),
        ("select * from t asof join u on t.a >= u.a", "t u"),
        ("select * from t union all select * from u", "t u"),
        ("select (select max(x) from t) from u", "t u"),
        ("select x in (select y from t)", "t"),
        ("select * from t, lateral (select t.x from u)", "t u"),
        ("select * from unnest([1]) cross join range(3)", ""),
        ("with a as (select * from t) select * from a", "t"),
        ("with A as (select * from t) select * from a", "t"),
        ("with a as materialized (select 1) select * from a", ""),
        ("with a as (select 1), b as (select * from a) select * from b, t", "t"),
        ("with a as (select * from a) select * from a", "a"),
        ("with recursive a as (select 1 as n union all select n + 1 from a where n < 5) select * from a", ""),
        ("select * from a where exists (with a as (select 1) select * from a)", "a"),
        ("select * from (with a as (select * from t) select * from a) as s, a", "a t"),
        ("with a as (select 1) select * from (select * from a) as s", ""),
        ("select 'from secrets' as text -- from secrets", ""),
    ],
)
def test_a_select_reads_the_tables_that_it_names_and_not_its_own(sql: str, reads: str):
    assert parse(sql).reads == set(reads.split())


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "  -- nothing",
        "selec 1",
        "select 1; select 2",
        "select 1; drop table t",
        "insert into t values (1)",
        "with a as (insert into t values (1) returning *) select * from a",
        "with a as (delete from t returning *) select * from a",
        "update t set a = 1",
        "create table x as select 1",
        "create or replace temp view x as select 1",
        "copy t to 'out.csv'",
        "copy (select 1) to 'out.csv'",
        "attach 'other.db'",
        "install httpfs",
        "load httpfs",
        "set memory_limit = '1TB'",
        "pragma version",
        "call pragma_version()",
        "checkpoint",
        "vacuum",
        "export database 'x'",
        "prepare x as select 1",
        "explain select 1",
        "describe t",
        "show tables",
        "select * from (describe t)",
        "select * from (show tables)",
        "select * from read_csv('/etc/passwd')",
        "select * from READ_PARQUET('x')",
        "select * from glob('*')",
        "select * from duckdb_settings()",
        "select * from query('select 1')",
        "select * from query_table('t')",
        "select * from json_execute_serialized_sql('x')",
        "select * from information_schema.tables",
        "select * from main.t",
        "select content from read_text('/etc/passwd')",
        "select getenv('HOME')",
        "select current_setting('temp_directory')",
        "select write_log('x')",
        "select sleep_ms(1000)",
        "select now()",
        "select today()",
        "select current_date",
        "select CURRENT_TIMESTAMP",
        "select localtime",
        "select ago(interval 1 day)",
        "select age(timestamp '2020-01-01')",
        "select random()",
        "select uuid()",
        "select nextval('s')",
        "select * from t where a < (select b from (select now() as b))",
        "with c as (select get_current_timestamp() as n) select * from c",
        "select 'a\x00b'",
        "select '\ud800'",
        "select " + "1 + " * 900 + "1",
        "select " + "(" * 5000 + "1" + ")" * 5000,
    ],
)
def test_anything_but_one_harmless_select_is_refused(sql: str):
    with pytest.raises(QueryRefused):
        parse(sql)


def test_a_file_named_as_a_table_is_a_table_that_does_not_exist():
    statement = parse("select * from '/etc/passwd'")

    with pytest.raises(QueryRefused, match="there is no table /etc/passwd"):
        check_tables(statement, ["commits"])


def test_an_unknown_table_is_refused_with_the_nearest_name():
    with pytest.raises(QueryRefused, match=r"there is no table comits\. Did you mean commits\?"):
        check_tables(parse("from comits"), ["commits", "files"])


def test_a_mistake_is_told_with_line_and_column():
    with pytest.raises(QueryRefused, match=r"line 2, column 12"):
        parse("select a,\n  'é' from from t")


def test_ordering_without_saying_where_nulls_go_is_noticed():
    assert parse("select * from t order by a, b desc nulls last").orders_without_nulls == ("a",)
    assert parse("select sum(x) over (order by y) from t").orders_without_nulls == ("y",)
    assert parse("select * from t order by a + 1").orders_without_nulls == ("an expression",)
    assert parse("select * from t order by a nulls first").orders_without_nulls == ()


def test_functions_are_named_in_lower_case():
    assert parse("select MAX(x), Lower(y), sum(z) over () from t").functions == {"max", "lower", "sum"}


def test_every_function_of_this_duckdb_that_answers_differently_each_time_is_refused():
    changing = Database.building().rows(
        "select distinct function_name from duckdb_functions() where stability <> 'CONSISTENT'"
    )

    assert {name for (name,) in changing} - CLOCKS - SECRETS == set()
