"""Why a report cannot be read, with its place inside the file."""

from __future__ import annotations


class ReportRefused(Exception):
    """A report is not what it should be; the collector turns it into a problem of the file."""

    def __init__(self, message: str, line: int = 0, col: int = 0, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.col = col
        self.fix = fix
