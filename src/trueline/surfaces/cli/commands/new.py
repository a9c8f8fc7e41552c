"""`trueline new`: write a new record of some kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .. import exit_status
from ..completing import completes
from ..options import Given, Output, output, surroundings

if TYPE_CHECKING:
    from trueline.app.definitions import Definitions
    from trueline.app.new import NewRecord

    from ..answering import Answer


@click.command(
    "new",
    epilog='Examples: `trueline new --list`; `trueline new decision --set title="Keep whole cents"`; '
    "`trueline new service billing --set team=payments --dry-run`.",
)
@click.argument("kind", required=False, shell_complete=completes("kinds"))
@click.argument("id_", metavar="[ID]", required=False)
@click.option(
    "--set", "values", multiple=True, metavar="FIELD=VALUE", help="Fill in a field; items of a list by commas."
)
@click.option("-n", "--dry-run", is_flag=True, help="Show the record, and write nothing.")
@click.option("-l", "--list", "list_", is_flag=True, help="List the kinds of records.")
@output("text", "json")
@surroundings(at=False)
def command(
    kind: str | None,
    id_: str | None,
    values: tuple[str, ...],
    dry_run: bool,
    list_: bool,
    given: Given,
    output: Output,
) -> int:
    """Write a new record of some kind.

    The file says what each field means; values are checked before anything is written, and a file that
    exists is never written over. Without ID, it is made from the title.
    """
    from trueline.app.new import compose, write

    from ..answering import deliver
    from ..opening import open_given

    if kind is None and not list_:
        raise click.UsageError("Say of which kind, or ask for --list.")
    if list_ and (kind is not None or values):
        raise click.UsageError("--list stands alone.")
    workspace, definitions = open_given(given, own_lake=True)
    if kind is None:
        deliver(_kinds(definitions), output)
        return exit_status.CLEAN
    record = compose(workspace, definitions, kind, id_, values)
    if not dry_run:
        write(record)
        if not record.has_settings:
            given.report("there is no trueline.toml here; `trueline init` proposes one")
    deliver(_answer(record, dry_run), output)
    return exit_status.CLEAN


def _kinds(definitions: Definitions) -> Answer:
    from ..answering import Answer

    kinds = sorted(definitions.kinds.values(), key=lambda kind: kind.name)
    rows = [
        (kind.name, kind.title, kind.practice, ", ".join(f.name for f in kind.fields if f.required)) for kind in kinds
    ]
    verdict = f"{len(kinds)} kinds; `trueline new KIND ID --dry-run` shows every field of one."
    return Answer("new", ("kind", "title", "practice", "required"), rows, verdict, rows_key="kinds")


def _answer(record: NewRecord, dry_run: bool) -> Answer:
    from ..answering import Answer
    from ..escape import visible

    payload = {
        "written": not dry_run,
        "kind": record.kind.name,
        "id": record.id,
        "path": record.path,
        "to_fill_in": list(record.to_fill_in),
        "content": record.content,
    }
    if dry_run:
        text = (
            "\n".join(map(visible, record.content.split("\n"))) + f"\nNothing was written; it goes to {record.path}.\n"
        )
        return Answer("new", payload=payload, text=text)
    left = f"Next: fill in {', '.join(record.to_fill_in)}, and commit it." if record.to_fill_in else "Next: commit it."
    return Answer("new", payload=payload, text=visible(f"written: {record.path}") + f"\n{left}\n")
