"""`trueline completion`: the script that lets a shell complete commands, options and names."""

from __future__ import annotations

import click

from .. import exit_status

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    epilog='Examples: `eval "$(trueline completion bash)"` in ~/.bashrc; '
    "`trueline completion fish > ~/.config/fish/completions/trueline.fish`.",
)
@click.argument("shell", required=False, type=click.Choice(SHELLS))
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def command(shell: str | None, debug: bool) -> int:
    """Print the completion script of a shell.

    Commands and options are always completed; names of rules, metrics, findings and kinds once
    `trueline scan` or `trueline check` has run.
    """
    from click.shell_completion import get_completion_class

    if shell is None:
        raise click.UsageError(f"Name a shell: {', '.join(SHELLS)}.")
    completion = get_completion_class(shell)
    assert completion is not None, "click knows every shell that can be chosen"
    program = click.get_current_context().find_root().command
    click.echo(completion(program, {}, "trueline", "_TRUELINE_COMPLETE").source(), nl=False)
    return exit_status.CLEAN
