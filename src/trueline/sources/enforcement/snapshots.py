"""Read stored snapshots of JavaScript's test runners: one golden value for each name in a `.snap` file."""

from __future__ import annotations

import hashlib
import re

from trueline.model.enforcement import Ledger, Measure
from trueline.sources.enforcement import syntax

_ENTRY = re.compile(r"^exports\[`((?:\\.|[^`\\])*)`\] = `((?:\\.|[^`\\])*)`;", re.MULTILINE)


def selects(path: str) -> bool:
    """Return True for files of snapshots."""
    return path.endswith(".snap")


def read(path: str, content: bytes) -> Ledger:
    """Return a measure for each snapshot: its name, and a digest of what is expected."""
    text = content.decode("utf-8", "replace")
    measures: list[Measure] = []
    line, at = 1, 0
    for match in _ENTRY.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        value = _digest(match[2].encode("utf-8", "replace"))
        measures.append(Measure("golden_changed", match[1], value, "equal", line, syntax.shown(match[2])))
    if not measures and content.strip() and not text.startswith(("// Jest", "// Vitest", "// Bun")):
        measures = [Measure("golden_changed", path.rsplit("/", 1)[-1], _digest(content), "equal")]
    return Ledger(path, "golden", measures=tuple(measures))


def _digest(content: bytes) -> str:
    return hashlib.blake2b(b"\n".join(content.splitlines()), digest_size=8).hexdigest()
