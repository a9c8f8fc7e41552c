"""`trueline query`: ask the snapshot in SQL."""

from __future__ import annotations

import sys

import click

from ..options import Given, Output, output, surroundings


@click.command(
    "query",
    epilog='Examples: `trueline query "select style, count(*) from landed_changes group by style"`; '
    "`trueline query - < question.sql`; `trueline query --tables`.",
)
@click.argument("sql", required=False)
@click.option("--tables", is_flag=True, help="List the tables, how far each can be trusted, and its rows.")
@click.option("--limit", type=click.IntRange(0), default=1000, show_default=True, help="Rows at the most; 0 is all.")
@click.option(
    "--seconds", type=click.FloatRange(0.1, 3600), default=30.0, show_default=True, help="Stop the query after so long."
)
@click.option("--people", is_flag=True, help="Show columns about persons too; persons are pseudonyms there.")
@output()
@surroundings()
def command(
    sql: str | None, tables: bool, limit: int, seconds: float, people: bool, given: Given, output: Output
) -> None:
    """Ask the snapshot with one select of your own; `-` reads it from standard input.

    The snapshot can only be read. The query runs in a process of its own, which is stopped when it
    takes too long or too much memory.
    """
    from trueline.app.asking import ask_query, known_tables
    from trueline.model.errors import UsageError
    from trueline.rules.explain import tables_in

    from ..answering import Answer, deliver
    from ..opening import open_given, snapshot_of
    from ..scan.wording import plural

    if sql == "-":
        sql = sys.stdin.read()
    if not tables and not (sql and sql.strip()):
        raise UsageError("there is no SQL", fix="Write one select, `-` for standard input, or --tables.")
    workspace, definitions = open_given(given)
    asked = None if tables or sql is None else tables_in(sql)
    taken = snapshot_of(given, workspace, definitions, "people" if people else "internal", asked)
    try:
        if tables or sql is None:
            rows = known_tables(taken)
            deliver(
                Answer(
                    "query", ("table", "basis", "state", "rows"), rows, plural(len(rows), "table") + ".", taken.moment
                ),
                output,
            )
            return
        names, found = ask_query(taken, sql, seconds=seconds, at_most=limit + 1 if limit else None)
    finally:
        taken.close()
    cut = bool(limit) and len(found) > limit
    verdict = plural(min(len(found), limit or len(found)), "row") + ("; there are more, see --limit." if cut else ".")
    if cut:
        given.report(verdict)
    deliver(Answer("query", names, found[:limit] if cut else found, verdict, taken.moment, {"is_cut": cut}), output)
