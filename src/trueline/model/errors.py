"""Every error that Trueline raises on purpose.

TruelineError               exit 2 unless a subclass says otherwise
├── UsageError              the call or a setting is wrong
├── BadInput                files are wrong: carries every problem found, not the first
├── GitRefused              git evidence cannot be read completely, so none is published
├── NotAllowed              exit 4: a system refused the credentials
├── LakeRefused             the lake is newer than this version, locked, or damaged
└── QueryRefused            SQL that is not one harmless select
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place, and how to mend it."""

    path: str
    """The file as the user would name it, relative to the repository or working directory."""
    line: int
    """1-based; 0 where the problem is the whole file."""
    col: int
    """1-based; 0 where the problem is the whole line or file."""
    message: str
    fix: str = ""
    code: str = "bad_input"

    def __str__(self) -> str:
        place = self.path + (f":{self.line}" if self.line else "") + (f":{self.col}" if self.col else "")
        return f"{place}: {self.message}" + (f". {self.fix}" if self.fix else "")


class TruelineError(Exception):
    """An error with a message for people; a traceback is shown only with `--debug`."""

    code = "error"
    exit_status = 2

    def __init__(self, message: str, *, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    @property
    def problems(self) -> Sequence[Problem]:
        """The places that are wrong; one placeless problem unless a subclass knows better."""
        return (Problem("", 0, 0, self.message, self.fix, self.code),)

    def __str__(self) -> str:
        return self.message + (f". {self.fix}" if self.fix else "")


class UsageError(TruelineError):
    """The command line, a setting or the environment is wrong."""

    code = "usage"


class BadInput(TruelineError):
    """One or more files are wrong; every problem is listed."""

    code = "bad_input"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'} in the input")
        self._problems = tuple(sorted(problems))

    @property
    def problems(self) -> Sequence[Problem]:
        return self._problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self._problems)


class GitRefused(TruelineError):
    """git could not be read completely; nothing was published."""

    code = "git"


class NotAllowed(TruelineError):
    """A system refused the credentials."""

    code = "not_allowed"
    exit_status = 4


class LakeRefused(TruelineError):
    """The lake is written by a newer Trueline, is locked, or is damaged."""

    code = "lake"


class QueryRefused(TruelineError):
    """The SQL is not exactly one select, reads what it may not, or ran out of its limits."""

    code = "query"

    def __init__(self, message: str, *, fix: str = "", line: int = 0, col: int = 0) -> None:
        super().__init__(message, fix=fix)
        self.line = line
        """1-based, in the text of the SQL; 0 where no place is known."""
        self.col = col

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.col}: " if self.line else ""
        return place + super().__str__()
