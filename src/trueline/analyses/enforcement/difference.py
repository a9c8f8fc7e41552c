"""What became of an assertion, in a word of the gate."""

from __future__ import annotations

from dataclasses import dataclass

from trueline.model.enforcement import ChangeKind


@dataclass(frozen=True)
class Difference:
    """What became of an assertion."""

    kind: ChangeKind
    note: str = ""
    is_certain: bool = True
