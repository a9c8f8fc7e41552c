"""Read the options of lint rules whose direction their name tells: what is refused, and the most that is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trueline.model.enforcement import Stricter

_REFUSING = re.compile(r"(^|/)no-restricted-")
_LIMITING = re.compile(r"(^|/)(max-[\w-]+|complexity)$")


def options_of_rule(rule: str, given: Any) -> Iterator[tuple[str, str, Stricter]]:
    """Yield key, value and direction of each option of `[level, option, …]`."""
    options = given[1:] if isinstance(given, list) else []
    if _REFUSING.search(rule):
        yield from ((f"{rule} {entry}", "yes", "present") for part in options for entry in _refused(part))
    elif options and _LIMITING.search(rule):
        limit = options[0].get("max") if isinstance(options[0], dict) else options[0]
        if re.fullmatch(r"\d+", str(limit)):
            yield f"{rule} limit", str(limit), "less"


def _refused(option: Any) -> list[str]:
    """Return what an option refuses: a text, or an object by its selector or name."""
    if not isinstance(option, dict):
        return [str(option)] if option is not None else []
    named = next((option[name] for name in ("selector", "name", "object") if isinstance(option.get(name), str)), None)
    inner = [one for name in ("paths", "patterns") if isinstance(option.get(name), list) for one in option[name]]
    return [named] if named else [one for part in inner if not isinstance(part, list) for one in _refused(part)]
