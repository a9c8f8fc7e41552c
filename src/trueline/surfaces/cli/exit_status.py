"""Exit statuses, the one table of them (docs/reference/exit-status.md)."""

from __future__ import annotations

CLEAN = 0
BLOCKED = 1
WRONG = 2
NOTHING_EXAMINED = 3
NOT_ALLOWED = 4
INTERRUPTED = 130

MEANING = {
    CLEAN: "clean: nothing that blocks",
    BLOCKED: "findings that block",
    WRONG: "wrong usage or configuration, or a rule that failed to run",
    NOTHING_EXAMINED: "nothing was examined, or evidence is missing that a blocking rule needs",
    NOT_ALLOWED: "a system refused the credentials",
    INTERRUPTED: "interrupted",
}
_PRECEDENCE = (INTERRUPTED, WRONG, NOT_ALLOWED, BLOCKED, NOTHING_EXAMINED, CLEAN)


def first_of(*statuses: int) -> int:
    """Return the status that prevails where several apply."""
    return min(statuses, key=_PRECEDENCE.index, default=CLEAN)
