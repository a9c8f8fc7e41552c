"""The page of commands: the help of every one, word for word."""

from __future__ import annotations

from collections.abc import Iterator

import click

from trueline.surfaces.cli.main import cli

from .exit_status import statuses_of
from .markdown import anchor, page

ABOUT = (
    "Each command's `--help`, word for word. Statuses are explained in [Exit status](exit-status.md), JSON in [JSON](json.md). "
    "A figure's query and rows are always one command away: `trueline rule show`, `trueline rule run`, `trueline metric show`."
)
WIDTH = 100
Words = tuple[str, ...]


def every_command(group: click.Group = cli, before: Words = ()) -> Iterator[tuple[Words, click.Command]]:
    """Yield every command and group below the entry point, by the words that call it."""
    context = click.Context(group, info_name=" ".join(before) or "trueline")
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        words = (*before, name)
        yield words, command
        if isinstance(command, click.Group):
            yield from every_command(command, words)


def commands_page() -> str:
    """Return the help of the entry point and of every command."""
    commands = list(every_command())
    contents = [f"- [`trueline {' '.join(words)}`](#{anchor('trueline ' + ' '.join(words))})" for words, _ in commands]
    blocks = [_block(words, command) for words, command in commands]
    return page("Commands", ABOUT, contents, _block((), cli), *blocks)


def help_of(words: Words, command: click.Command) -> str:
    """Return a command's help as it is printed 100 columns wide."""
    context = None
    path = ("trueline", *words)
    for position, word in enumerate(path):
        at = command if position == len(path) - 1 else click.Group(word)
        settings = {**cli.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
        context = click.Context(at, info_name=word, parent=context, **settings)
    assert context is not None
    return command.get_help(context)


def _block(words: Words, command: click.Command) -> list[str]:
    lines = [
        f"## `{' '.join(('trueline', *words))}`",
        "",
        "```text",
        *help_of(words, command).rstrip().splitlines(),
        "```",
    ]
    if words and not isinstance(command, click.Group):
        statuses = ", ".join(str(status) for status in statuses_of(words, command))
        lines += ["", f"Exit status: {statuses}."]
    return lines
