"""Every command line that documents, help texts, duties and rules show is one that Trueline accepts.

A block of a page that stands below `<!-- run in FOLDER -->` is also run, in that folder of the example
company; with `, ends with N` its last line must end so.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from docs_build.commands import every_command
from docs_build.declared import declared
from docs_build.harbour import build_harbour

from trueline.surfaces.cli.main import cli, run

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "handbook/**/*.md", "examples/*/README.md")
    for path in ROOT.glob(pattern)
)
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(trueline[^`]*)`")
RUN = re.compile(r"^<!-- run in ([\w/.-]+)(?:, ends with (\d+))? -->\n```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACEHOLDERS = {"DAY": "2026-10-31", "N": "1"}
"""Words of a sentence that stand for what an option checks; names of things, such as RULE, are taken as they are."""
KNOWN = {" ".join(words) for words, _ in every_command()}


def command_lines(text: str) -> list[str]:
    """Return the command lines of Trueline in a Markdown text, of blocks and of sentences."""
    blocks = [body for language, body in FENCE.findall(text) if language in ("console", "sh", "bash")]
    lines = [line for body in blocks for line in body.replace("\\\n", " ").splitlines()]
    return [*(part for line in lines for part in parts_of(line)), *inline(FENCE.sub("", text))]


def inline(text: str) -> list[str]:
    return [part for span in INLINE.findall(text) for part in parts_of(span)]


def parts_of(line: str) -> list[str]:
    """Return the calls of Trueline in a line of shell: what stands between `&&`, `|` and the like."""
    words = shlex.split(line.strip(), comments=True)
    calls: list[list[str]] = [[]]
    for word in words:
        if word in ("&&", "||", "|", ";"):
            calls.append([])
        elif word in ("<", ">"):
            calls[-1].append("\0")
        else:
            calls[-1].append(word)
    cut = [call[: call.index("\0")] if "\0" in call else call for call in calls]
    return [shlex.join(call) for call in cut if call and call[0] == "trueline" and len(call) > 1]


def refusal(line: str) -> str | None:
    """Return why a command line is not accepted; nothing is executed."""
    words = [PLACEHOLDERS.get(word, word) for word in shlex.split(line)[1:]]
    if " ".join(words) in KNOWN or words[0] in ("--help", "-h", "--version"):
        return None
    command: click.Command = cli
    context = click.Context(cli, info_name="trueline")
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0]) if words else None
        if found is None:
            return f"{line}: no such command"
        command, words = found, words[1:]
        context = click.Context(command, info_name=command.name, parent=context)
    try:
        command.make_context(command.name, words, parent=context.parent)
    except click.exceptions.Exit:
        return None
    except click.ClickException as error:
        return f"{line}: {error.format_message()}"
    return None


def refusals(lines: list[str]) -> list[str]:
    return [reason for line in lines if (reason := refusal(line))]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_command_lines_of_a_page_are_accepted(path: Path):
    assert refusals(command_lines(path.read_text(encoding="utf-8"))) == []


def test_the_examples_of_every_help_are_accepted():
    assert refusals([line for _, command in every_command() for line in inline(command.epilog or "")]) == []


def test_the_commands_that_duties_and_rules_name_are_accepted():
    definitions = declared()
    needs = [need.command for duty in definitions.duties for need in duty.needs if need.command]
    fixes = [line for check in definitions.checks for line in inline(check.fix)]
    assert refusals([*needs, *fixes]) == []


def test_a_command_line_that_does_not_exist_is_refused():
    assert refusals(
        ["trueline scna", "trueline scan --no-such-option", "trueline rule show", "trueline rule show x"]
    ) == [
        "trueline scna: no such command",
        "trueline scan --no-such-option: No such option '--no-such-option'.",
    ]


@pytest.mark.parametrize(
    "path",
    [path for path in PAGES if RUN.search(path.read_text(encoding="utf-8"))],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_the_blocks_of_a_page_that_can_run_do(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    harbour = build_harbour(tmp_path / "harbour")
    monkeypatch.setenv("TRUELINE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("TRUELINE_CONFIG_DIR", str(tmp_path / "config"))
    for folder, status, block in RUN.findall(path.read_text(encoding="utf-8")):
        monkeypatch.chdir(harbour / folder)
        ends = [run(shlex.split(call)[1:]) for line in block.splitlines() for call in parts_of(line)]
        assert ends == [*[0] * (len(ends) - 1), int(status or 0)], block
