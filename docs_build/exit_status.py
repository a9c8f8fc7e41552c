"""The page of exit statuses, and which of them a command can end with."""

from __future__ import annotations

import ast
import importlib
import inspect

import click

from trueline.surfaces.cli import exit_status
from trueline.surfaces.cli.main import COMMANDS

from .markdown import page, table

ABOUT = (
    "A promise: scripts may rely on these. Where several apply, the first of 130, 2, 4, 1, 3 is given. Data goes to standard "
    "output, progress, hints and errors to standard error."
)
ANY = (exit_status.CLEAN, exit_status.WRONG, exit_status.INTERRUPTED)
"""Any command may end so."""


def exit_status_page() -> str:
    """Return the table of exit statuses."""
    names = {value: name for name, value in vars(exit_status).items() if name.isupper() and isinstance(value, int)}
    rows = [
        (f"`{status}`", names[status].lower().replace("_", " "), text) for status, text in exit_status.MEANING.items()
    ]
    notes = [
        "- `scan` ends with 0 whatever it finds, unless `--exit-code` is given.",
        '- `check` ends with 1 only where a rule that fails has `mode = "block"` in `trueline.toml`; `--exit-zero` makes that 0.',
        "- A reader that stops reading (`trueline finding list | head`) is no error.",
        "- No command ends with 4 yet: nothing asks for credentials.",
        "- [Commands](commands.md) says which statuses each command can end with.",
    ]
    return page("Exit status", ABOUT, table(("status", "name", "meaning"), rows), notes)


def statuses_of(words: tuple[str, ...], command: click.Command) -> list[int]:
    """Return the statuses that a command can end with: those that it and what it calls here name, and those of all."""
    module = importlib.import_module(f"trueline.surfaces.cli.commands.{COMMANDS[words[0]][0]}")
    functions = {n.name: n for n in ast.parse(inspect.getsource(module)).body if isinstance(n, ast.FunctionDef)}
    reached: set[str] = set()
    waiting = {getattr(command.callback, "__name__", "")}
    while waiting := (waiting & functions.keys()) - reached:
        reached |= waiting
        waiting = {node.id for name in waiting for node in ast.walk(functions[name]) if isinstance(node, ast.Name)}
    named = {
        getattr(exit_status, node.attr)
        for name in reached
        for node in ast.walk(functions[name])
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "exit_status" and node.attr.isupper()
    }
    return sorted({*named, *ANY})
