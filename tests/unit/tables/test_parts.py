"""The order of views and analyses, and what is refused in them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from trueline.model.errors import UsageError
from trueline.model.table import Column, Table
from trueline.tables.engine import Database
from trueline.tables.parts import Part, deep_reads, derive, in_order


def table(name: str) -> Table:
    return Table(name, name, (Column("n", "bigint", "A number."),), ("n",), "view")


def part(name: str, reads: str = "", writes: str = "", sql: str | None = None) -> Part:
    return Part(name, frozenset(reads.split()), tuple(map(table, writes.split())), "1", sql=sql)


def names(parts: Sequence[Part]) -> list[str]:
    return [one.name for one in parts]


def test_each_part_comes_after_those_whose_tables_it_reads():
    parts = [part("a", "b_table", "a_table"), part("b", "c_table", "b_table"), part("c", "commits", "c_table")]

    assert names(in_order(parts)) == ["c", "b", "a"]


def test_the_order_does_not_depend_on_the_order_given():
    parts = [part(name, writes=f"{name}_table") for name in "dbca"]

    assert names(in_order(parts)) == names(in_order(reversed(parts))) == list("abcd")


def test_parts_that_read_each_other_are_refused_with_the_whole_circle():
    parts = [part("a", "b_table", "a_table"), part("b", "c_table", "b_table"), part("c", "a_table", "c_table")]

    with pytest.raises(UsageError, match="in a circle: a -> b -> c -> a"):
        in_order(parts)


def test_a_part_that_reads_itself_is_refused():
    with pytest.raises(UsageError, match="in a circle: a -> a"):
        in_order([part("a", "a_table", "a_table")])


def test_two_parts_that_make_one_table_are_refused():
    with pytest.raises(UsageError, match="table shared is made by a and by b"):
        in_order([part("a", writes="shared"), part("b", writes="shared")])


def test_a_long_chain_of_views_is_put_in_order():
    parts = [part(f"p{n:04d}", f"t{n + 1:04d}", f"t{n:04d}") for n in range(300)]

    assert names(in_order(parts)) == [f"p{n:04d}" for n in reversed(range(300))]


def test_deep_reads_follows_views_down_to_what_is_collected():
    parts = [part("a", "b_table run", "a_table"), part("b", "commits tags", "b_table")]

    assert deep_reads({"a_table", "files"}, parts) == {"commits", "tags", "run", "files"}


def test_views_and_analyses_are_built_one_on_the_other():
    doubled = Part(
        "doubled",
        frozenset({"two"}),
        (table("four"),),
        "1",
        build=lambda ask: {"four": [(n * 2,) for (n,) in ask("from two")]},
    )
    database = Database.building()

    derive(database, [part("one", writes="two", sql="select 2::smallint as n"), doubled])

    assert database.rows("from four") == [(4,)]
    assert database.rows("select typeof(n) from two") == [("BIGINT",)]


def test_a_part_whose_tables_are_given_is_not_built():
    database = Database.building()
    database.execute("create table two as select 7::bigint as n")

    derive(database, [part("one", writes="two", sql="select 2 as n")], frozenset({"two"}))

    assert database.rows("from two") == [(7,)]
