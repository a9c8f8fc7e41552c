"""Ids of OpenFastTrace: `type~name~revision`, as its user guide defines them."""

from __future__ import annotations

import re

from .importer import Role

NAME = r"[^\W\d_][\w-]*(?:\.[\w-]+)*+"
ID = rf"[A-Za-z]+~{NAME}~\d+"
CANDIDATE = re.compile(rb"~[0-9]")
"""The bytes that every id has."""


def taken_apart(written: str) -> tuple[str, str, str]:
    """Return kind, id without revision, and revision; a leading zero of the revision is left out."""
    kind, name, revision = written.split("~")
    return kind, f"{kind}~{name}", str(int(revision))


def role_of(kind: str) -> Role:
    """Return what an item of that kind does for what it covers: OpenFastTrace leaves the names to its users."""
    if kind == "impl":
        return "implements"
    return "verifies" if kind.endswith("test") else "covers"
