"""The entry point: commands by name, each imported only when it is called.

Data goes to standard output, progress and hints to standard error. An error is told as what,
where and what to do; a traceback is shown only with `--debug`.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from trueline import __version__

from . import exit_status

COMMANDS: dict[str, tuple[str, str]] = {
    "scan": ("scan", "Look at a repository and say what is true of it."),
    "init": ("init", "Propose the smallest useful handbook from what is there."),
    "new": ("new", "Write a new record of some kind."),
    "collect": ("collect", "Bring evidence into the lake."),
    "check": ("check", "Run every check and say what does not hold."),
    "gate": ("gate", "Say what a change does to what is enforced, and whether it may land."),
    "trace": ("trace", "Say which requirements are carried and verified."),
    "finding": ("finding", "List findings, or show one."),
    "duties": ("duties", "Say how each duty of the role stands."),
    "practice": ("practice", "List practices, or show one with all that it says."),
    "rule": ("rule", "List, show, run and test rules."),
    "metric": ("metric", "List metrics, or show one."),
    "identity": ("identity", "List persons who may be one, for somebody to decide."),
    "query": ("query", "Ask the snapshot in SQL."),
    "explain": ("explain", "Say what governs a file, what verifies it and who owns it."),
    "doctor": ("doctor", "Say what is set, where from, and what is wrong with it."),
    "completion": ("completion", "Print the completion script of a shell."),
}
"""Name -> module below `commands`, and the line that `--help` shows."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"trueline.surfaces.cli.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            import difflib  # only who mistypes needs it

            close = difflib.get_close_matches(args[0], COMMANDS, 1)
            ctx.fail(f"there is no command {args[0]!r}." + (f" Did you mean {close[0]}?" if close else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 clean, 1 findings that block, 2 wrong usage or a rule that failed, 3 nothing examined. "
    "Start with `trueline scan`; more in docs/README.md.",
)
@click.version_option(__version__, message="trueline %(version)s")
def cli() -> None:
    """Every duty of a Head of Engineering: met, not met, merely declared or unknown, and how we know."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        answer = cli.main(args=words, prog_name="trueline", standalone_mode=False)
        return answer if isinstance(answer, int) else exit_status.CLEAN
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print("interrupted; nothing was half done", file=sys.stderr)
        return exit_status.INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return exit_status.CLEAN
    except Exception as error:
        from .failures import tell

        return tell(error, words)
