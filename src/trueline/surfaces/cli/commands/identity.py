"""`trueline identity`: who may be one person, for somebody to decide."""

from __future__ import annotations

import click

from ..options import Given, Output, output, surroundings

COLUMNS = ("evidence", "weaker", "stronger", "at_stake", "addresses", "other_addresses")


@click.group("identity")
def command() -> None:
    """Look at persons who may be one, and decide by a record of kind identity."""


@command.command(
    "list",
    epilog="Example: `trueline identity list --people`. To join two, write `trueline new identity`, with all addresses "
    "of the one person; to part them again, give that record a day in `withdrawn_on`.",
)
@click.option("--people", is_flag=True, help="Show persons: their addresses are printed here, and kept nowhere.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Proposals at the most.")
@output()
@surroundings()
def list_proposals(people: bool, limit: int, given: Given, output: Output) -> None:
    """List pairs of persons who may be one, those with the most commits at stake first."""
    from trueline.app.identities import identity_proposals
    from trueline.app.snapshots import take_snapshot
    from trueline.model.errors import UsageError

    from ..answering import Answer, deliver
    from ..opening import open_given
    from ..scan.wording import plural

    if not people:
        raise UsageError("proposals are about persons", fix="Say --people if you may see who they are.")
    workspace, definitions = open_given(given)
    taken = take_snapshot(
        workspace, definitions, as_of_at=given.as_of, known_at=given.known_at, clearance="people", asked=()
    )
    try:
        found = identity_proposals(taken, workspace)
        moment = taken.moment
    finally:
        taken.close()
    rows = [
        (
            one.evidence,
            one.weaker_commits,
            one.stronger_commits,
            one.commits_at_stake,
            list(one.addresses),
            list(one.other_addresses),
        )
        for one in found[:limit]
    ]
    verdict = plural(len(found), "proposal") + (f"; the first {limit:,} are shown." if len(found) > limit else ".")
    deliver(
        Answer("identity list", COLUMNS, rows, verdict, moment, {"repository": workspace.name}, "proposals"), output
    )
