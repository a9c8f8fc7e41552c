"""Say, instead of failing, that a file nests its expressions deeper than can be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from trueline.model.enforcement import Ledger


def never_too_deep(read: Callable[[str, bytes], Ledger]) -> Callable[[str, bytes], Ledger]:
    """Return a reader that turns endless nesting into a problem of the ledger."""

    @wraps(read)
    def read_or_say(path: str, content: bytes) -> Ledger:
        try:
            return read(path, content)
        except RecursionError:
            return Ledger(path, "", problem="its expressions are nested too deep")

    return read_or_say
