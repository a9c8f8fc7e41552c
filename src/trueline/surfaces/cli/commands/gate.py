"""`trueline gate`: judge a change, replay the gate over history, or install it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import exit_status
from ..options import Given, Output, output, surroundings

if TYPE_CHECKING:
    from trueline.app.gated import Gated
    from trueline.app.workspace import Workspace

SUMMARY = "GITHUB_STEP_SUMMARY"
FORMATS = ("text", "json", "jsonl", "md", "sarif", "github", "gitlab")
REPLAY_FORMATS = ("text", "jsonl")
_STATUS = {
    "pass": exit_status.CLEAN,
    "report": exit_status.CLEAN,
    "block": exit_status.BLOCKED,
    "unknown": exit_status.NOTHING_EXAMINED,
}


@click.command(
    "gate",
    epilog="Examples: `trueline gate`; `trueline gate --base main --head feature`; `trueline gate --format sarif -o "
    "gate.sarif`; `trueline gate --replay main --last 200`; `trueline gate --install github`. "
    'A rule blocks where trueline.toml of the base says so: [rules."gate.test_deleted"] mode = "block".',
)
@click.option("--base", metavar="REF|DIR", help="What it is compared with. Default: where the head left the main line.")
@click.option("--head", metavar="REF|DIR", help="What is judged. Default: the working tree; in CI the commit.")
@click.option(
    "--handbook", metavar="URL|DIR|REF", help="Where rules, settings and specifications come from. Default: the base."
)
@click.option("--replay", "range_", metavar="RANGE", help="Judge every commit of a range, or one commit.")
@click.option("--landed", is_flag=True, help="With --replay: every landed change, against its first parent.")
@click.option("--last", type=click.IntRange(1), metavar="N", help="With --replay: only the newest N.")
@click.option(
    "--install",
    "where",
    type=click.Choice(("github", "gitlab", "pre-commit", "pre-receive")),
    help="Write what is needed to run it there.",
)
@click.option("--exit-zero", is_flag=True, help="End with 0 whatever the verdict.")
@output(*FORMATS)
@surroundings(at=False)
def command(
    base: str | None,
    head: str | None,
    handbook: str | None,
    range_: str | None,
    landed: bool,
    last: int | None,
    where: str | None,
    exit_zero: bool,
    given: Given,
    output: Output,
) -> int:
    """Say what a change does to what is enforced, and whether it may land.

    Compares tests, CI, floors and suppressions of both ends over the whole change, and sets what is lost against
    the specification. The change is judged by the rules of its base; nothing of it is run.
    """
    from trueline.model.errors import UsageError

    if given.config is not None or given.no_config:
        raise UsageError("the gate goes by the settings of the base", fix="Name another place with --handbook.")
    if range_ is None and (landed or last is not None):
        raise UsageError("--landed and --last belong to --replay", fix="Add --replay RANGE.")
    workspace = _workspace(given)
    if where is not None:
        _refuse(base=base, head=head, handbook=handbook, replay=range_)
        return _install(workspace, where)
    if range_ is not None:
        _refuse(base=base, head=head)
        return _replay(workspace, range_, landed, last, handbook, given, output)
    from trueline.app.gating import gate

    gated = gate(workspace, base, head, handbook, environ=os.environ, here=given.directory)
    _write(_rendered(gated, output), output)
    if output.format == "github" and os.environ.get(SUMMARY):
        _append_summary(gated, Path(os.environ[SUMMARY]))
    if output.file is not None or output.format not in ("text", "github"):
        from ..gate.text import verdict_line

        given.report(_visible(verdict_line(gated)))
    return exit_status.CLEAN if exit_zero else _STATUS[gated.verdict]


def _workspace(given: Given) -> Workspace:
    """Open the workspace without the settings file that lies there: the change may have written it."""
    from datetime import UTC, datetime

    from trueline.app.workspace import open_workspace
    from trueline.settings.places import CACHE_VARIABLE, CONFIG_VARIABLE

    return open_workspace(
        given.directory,
        environ={name: value for name, value in os.environ.items() if name in (CACHE_VARIABLE, CONFIG_VARIABLE)},
        now=datetime.now(UTC),
        report=given.report,
        use_file=False,
        own_lake=True,
    )


def _refuse(**options: str | None) -> None:
    from trueline.model.errors import UsageError

    for name, value in options.items():
        if value is not None:
            raise UsageError(f"--{name} does not go with the other options", fix="See trueline gate --help.")


def _install(workspace: Workspace, where: str) -> int:
    from trueline.app.gate_install import WHERE, install

    installed = install(workspace.targets[0], next(name for name in WHERE if name == where))
    for path in installed.written:
        click.echo(_visible(f"wrote {path}"))
    for path in installed.kept:
        click.echo(_visible(f"{path} is there already, and is as it should be"))
    click.echo(installed.next)
    return exit_status.CLEAN


def _replay(
    workspace: Workspace,
    range_: str,
    landed: bool,
    last: int | None,
    handbook: str | None,
    given: Given,
    output: Output,
) -> int:
    from trueline.app.replay_commits import Selection
    from trueline.app.replaying import replay
    from trueline.model.errors import UsageError

    from ..gate.payload import replay_line
    from ..gate.replay_text import replay_text

    if output.format not in REPLAY_FORMATS:
        raise UsageError(f"a replay has no format {output.format}", fix="Use --format jsonl, or text.")
    replayed = replay(workspace, Selection(range_, landed, last), handbook, environ=os.environ, here=given.directory)
    pieces = map(replay_line, replayed) if output.format == "jsonl" else replay_text(replayed, output.style)
    if output.file is not None:
        _write("".join(pieces), output)
        return exit_status.CLEAN
    count = 0
    for piece in pieces:
        count += 1
        click.echo(piece, nl=False)
    if not count:
        given.report("nothing was examined: the range has no commit")
        return exit_status.NOTHING_EXAMINED
    return exit_status.CLEAN


def _rendered(gated: Gated, output: Output) -> str:
    from ..escape import json_text

    if output.format == "text":
        from ..gate.text import gate_text

        return gate_text(gated, output.style)
    if output.format in ("json", "jsonl"):
        from ..gate.payload import gate_line, gate_payload

        return json_text(gate_payload(gated), indent=1) + "\n" if output.format == "json" else gate_line(gated)
    if output.format == "md":
        from ..gate.comment import comment

        return comment(gated)
    from ..gate import forges

    return {"sarif": forges.sarif, "github": forges.github, "gitlab": forges.gitlab}[output.format](gated)


def _write(content: str, output: Output) -> None:
    from ..answering import write_whole

    if output.file is not None:
        write_whole(output.file, content)
    else:
        click.echo(content, nl=False)


def _append_summary(gated: Gated, file: Path) -> None:
    """Append to the summary of the job: other steps write there too."""
    from trueline.model.errors import UsageError

    from ..gate.comment import comment

    try:
        with file.open("a", encoding="utf-8") as summary:
            summary.write(comment(gated))
    except OSError as error:
        raise UsageError(f"{SUMMARY} names {file}, which cannot be written: {error.strerror}") from error


def _visible(text: str) -> str:
    from ..escape import visible

    return visible(text)
