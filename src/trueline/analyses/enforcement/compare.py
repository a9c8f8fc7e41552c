"""Compare the ledgers of a whole change: what is enforced less, what more."""

from __future__ import annotations

from collections.abc import Sequence

from trueline.model.enforcement import Compared, Ledger


def compare_ledgers(before: Sequence[Ledger], after: Sequence[Ledger]) -> Compared:
    """Return how enforcement changed between the ledgers of all changed files of two trees."""
    return Compared()
