"""Find the commit that a main line pointed to at an instant."""

from __future__ import annotations

from datetime import datetime, timedelta

from .run import Git


def commit_at(git: Git, head: str, instant: datetime, now: datetime) -> str | None:
    """Return the last commit along first parents that had landed by an instant; None before the first.

    A commit has landed when the newest committer time up to it was reached, so that one dated
    in the past does not hide what came before it; times after tomorrow cannot be true and are passed over.
    """
    lines = git.output("log", "--first-parent", "--reverse", "--format=%H %ct", head).decode("ascii").split("\n")
    limit = int((now + timedelta(days=1)).timestamp())
    landed, found = 0, None
    for line in filter(None, lines):
        commit_id, _, committed = line.partition(" ")
        if int(committed) <= limit:
            landed = max(landed, int(committed))
        if landed > instant.timestamp():
            break
        found = commit_id
    return found
