"""Read the settings of RuboCop: each cop is a section of its own, with files that it leaves alone and limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trueline.model.enforcement import Measure

from .configs import at, is_false, is_foreign, is_true, line_of, listed, parse_yaml

_PATH = re.compile(r"(^|/)\.?rubocop[\w.-]*\.ya?ml$")
_SCOPE = "rubocop settings"


def selects_rubocop(path: str) -> bool:
    """Return True for settings of RuboCop, and its list of what is still to do."""
    return bool(_PATH.search(path))


def measures_of_rubocop(path: str, text: str) -> Iterator[Measure]:
    """Yield what the cops of a file let pass; raises `Unreadable`."""
    document = parse_yaml(re.sub(r"<%.*?%>", "", text))
    if not isinstance(document, dict):
        return
    yield Measure("lint_suppressed", _SCOPE, "settings lint ruby", "present")
    must_be_switched_on = is_true(at(document, "AllCops", "DisabledByDefault"))
    for cop, settings in document.items():
        if isinstance(settings, dict):
            yield from _of_cop(str(cop), settings, line_of(cop), must_be_switched_on)


def _of_cop(cop: str, settings: dict[str, Any], line: int, must_be_switched_on: bool) -> Iterator[Measure]:
    enabled = settings.get("Enabled")
    if is_false(enabled) and not must_be_switched_on:
        yield Measure("lint_suppressed", f"{cop} off", "yes", "absent", line, f"{cop}: Enabled: false", _SCOPE)
    if is_true(enabled) and must_be_switched_on:
        yield Measure("lint_suppressed", cop, "yes", "present", line, f"{cop}: Enabled: true", _SCOPE)
    for excluded in listed(settings.get("Exclude")):
        if is_foreign(f"{excluded.rstrip('*/')}/"):
            continue
        yield Measure("lint_suppressed", f"{cop} not for {excluded}", "yes", "absent", line, "", _SCOPE)
    limit = settings.get("Max")
    if isinstance(limit, str) and limit.isdigit():
        yield Measure("lint_suppressed", f"{cop} Max", str(limit), "less", line, f"{cop}: Max: {limit}", _SCOPE)
