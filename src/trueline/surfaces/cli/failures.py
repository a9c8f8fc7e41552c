"""Tell an error: what, where, what to do; as text on standard error, or as JSON on standard output."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence

import click

from trueline.model.errors import Problem, TruelineError

from . import exit_status
from .escape import visible


def tell(error: Exception, words: Sequence[str]) -> int:
    """Print an error as the command line asks for, and return the exit status."""
    if "--debug" in words:
        traceback.print_exception(error)
    problems = _problems(error)
    if _wants_json(words):
        print(json.dumps({"schema": 1, "ok": False, "errors": [as_json(problem) for problem in problems]}))
    else:
        for problem in problems:
            print(visible(as_text(problem)), file=sys.stderr)
        if not isinstance(error, TruelineError | click.ClickException | OSError):
            print("This is a defect of Trueline. Run it again with --debug and report what it prints.", file=sys.stderr)
    return error.exit_status if isinstance(error, TruelineError) else exit_status.WRONG


def _problems(error: Exception) -> Sequence[Problem]:
    if isinstance(error, TruelineError):
        return error.problems
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        fix = f"Try '{context.command_path} --help'." if context is not None else ""
        return [Problem("", 0, 0, error.format_message().rstrip("."), fix, "usage")]
    if isinstance(error, OSError):  # a full disk, a folder that went away: the machine's business, not a defect
        message = (error.strerror or str(error)).lower()
        return [Problem(str(error.filename or ""), 0, 0, message, "Mend that and run it again", "system")]
    return [Problem("", 0, 0, f"{type(error).__name__}: {error}", "", "defect")]


def as_text(problem: Problem) -> str:
    """Return a problem as text for a terminal; not yet made visible."""
    text = str(problem)
    return text if problem.path else "trueline: " + text.removeprefix(": ")


def as_json(problem: Problem) -> dict[str, object]:
    """Return a problem in the one shape of errors."""
    return {
        "code": problem.code,
        "path": problem.path or None,
        "line": problem.line or None,
        "col": problem.col or None,
        "message": problem.message,
        "fix": problem.fix or None,
    }


def _wants_json(words: Sequence[str]) -> bool:
    for position, word in enumerate(words):
        if word in ("--format", "-f") and words[position + 1 : position + 2] == ["json"]:
            return True
        if word in ("--format=json", "-fjson"):
            return True
    return False
