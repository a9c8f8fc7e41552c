"""`trueline init`: propose the smallest useful handbook, and write it where that is wanted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import exit_status
from ..options import Given, Output, output, surroundings

if TYPE_CHECKING:
    from trueline.app.init import Proposal


@click.command(
    "init",
    epilog="Examples: `trueline init --dry-run`; `trueline init ../billing --yes`. "
    "On a terminal it asks before it writes; elsewhere it writes only with --yes.",
)
@click.argument("directory_", metavar="[DIRECTORY]", required=False, type=click.Path(path_type=Path))
@click.option("-y", "--yes", is_flag=True, help="Write without asking.")
@click.option("-n", "--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@output("text", "json")
@surroundings(at=False)
def command(directory_: Path | None, yes: bool, dry_run: bool, given: Given, output: Output) -> int:
    """Propose the smallest useful handbook from what is there.

    Settings, a charter for the head of engineering, teams that CODEOWNERS names, and folders that look
    like services. Nobody is named, no stage of a service is guessed, and a file that exists is left as
    it is.
    """
    from dataclasses import replace

    from trueline.app.init import propose, write

    from ..answering import Answer, deliver
    from ..opening import open_given

    if yes and dry_run:
        raise click.UsageError("--yes and --dry-run exclude each other.")
    if directory_ is not None:
        given = replace(given, directory=given.directory / directory_)
    workspace, definitions = open_given(given, own_lake=True)
    proposal = propose(workspace, definitions)
    is_text = output.format == "text"
    writes = yes and bool(proposal.new)
    if is_text and not yes:
        deliver(Answer("init", text=_proposed(proposal)), output)
        writes = bool(proposal.new) and not dry_run and _confirmed(proposal)
    if writes:
        write(proposal)
    if not is_text:
        deliver(Answer("init", payload=_payload(proposal, writes)), output)
    elif yes:
        deliver(Answer("init", text=_outcome(proposal, writes)), output)
    else:
        click.echo(_outcome(proposal, writes), nl=False)
    return exit_status.CLEAN


def _confirmed(proposal: Proposal) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(f"Write {_files(len(proposal.new))} to {proposal.root}?", err=True)


def _proposed(proposal: Proposal) -> str:
    from ..escape import visible

    lines: list[str] = []
    for file in proposal.new:
        lines += [f"{visible(file.path)}: {visible(file.why)}", ""]
        lines += [f"    {visible(line)}".rstrip() for line in file.content.rstrip("\n").split("\n")]
        lines.append("")
    return "\n".join(lines) + ("\n" if lines else "")


def _outcome(proposal: Proposal, written: bool) -> str:
    from ..escape import visible

    lines = [f"note: {note}" for note in proposal.notes]
    lines += [f"left as it is: {file.path}" for file in proposal.files if file.is_there]
    if written:
        lines += [f"written: {file.path} ({file.why})" for file in proposal.new]
        lines += ["", "Next: read them, fill in the commented lines that you know, commit, and run `trueline scan`."]
    elif proposal.new:
        lines += ["", f"Nothing was written. `trueline init --yes` writes {_files(len(proposal.new))}."]
    else:
        lines += ["", "Nothing to write. `trueline new --list` says what else can be recorded."]
    return "\n".join(visible(line) for line in lines).lstrip("\n") + "\n"


def _payload(proposal: Proposal, written: bool) -> dict[str, object]:
    return {
        "written": written,
        "files": [
            {"path": file.path, "is_there": file.is_there, "why": file.why, "content": file.content}
            for file in proposal.files
        ],
        "notes": list(proposal.notes),
    }


def _files(count: int) -> str:
    return f"{count} {'file' if count == 1 else 'files'}"
