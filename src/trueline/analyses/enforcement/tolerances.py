"""Whether an effective tolerance, or a bound, is wider than it was."""

from __future__ import annotations

import re

from trueline.analyses.enforcement.difference import Difference
from trueline.analyses.enforcement.similarity import literals_of
from trueline.model.enforcement import Assertion, Tolerance

_NAMED = re.compile(
    r"(?P<name>(?P<wide>\w*(?:tol|eps|epsilon|delta|threshold|max_diff|error)\w*|rel|abs)|places|decimals?|digits|significant)"
    r"=(?P<number>\d+(?:\.\d*)?(?:e-?\d+)?)"
)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.])")
_BOUND = re.compile(r"(?P<operator>[<>]=?)\s*(?P<number>-?[\d.][\w.]*)")


def of_tolerance(old: Assertion, new: Assertion) -> Difference | None:
    """Return how a tolerance or a bound on the same subject became wider; None where it did not."""
    if old.tolerance is not None and new.tolerance is not None and old.expected == new.expected:
        return _of_tolerances(old.tolerance, new.tolerance)
    if old.form == "approximate" and new.form == "other":
        return _of_own_check(old, new)
    if old.form == new.form == "other" and old.expected == new.expected:
        return _of_named(old, new)
    if old.form == new.form == "order" and old.expected != new.expected:
        return _of_bounds(old.expected or "", new.expected or "")
    return None


def _of_tolerances(old: Tolerance, new: Tolerance) -> Difference | None:
    if not old.is_known or not new.is_known:
        return None
    parts = [(old.relative or 0.0, new.relative or 0.0), (old.absolute or 0.0, new.absolute or 0.0)]
    if any(after > before * 1.000001 for before, after in parts):
        is_mixed = any(after < before * 0.999999 for before, after in parts)
        was_tiny = all(after <= 1e-5 for before, after in parts if after > before)
        if is_mixed and was_tiny and max(before for before, _ in parts) > 1e-5:
            return None
        return Difference("tolerance_loosened", f"{_shown(old)} became {_shown(new)}", is_certain=not is_mixed)
    return None


def _of_own_check(old: Assertion, new: Assertion) -> Difference | None:
    """Return whether a check of the project's own, in place of a comparison, is given a wider tolerance."""
    tolerance = old.tolerance
    named = [match for match in map(_NAMED.fullmatch, new.options) if match and match["wide"]]
    if tolerance is None or not tolerance.is_known or not named or old.subject not in new.subject:
        return None
    before = max(tolerance.relative or 0.0, tolerance.absolute or 0.0)
    wider = next((match for match in named if float(match["number"]) > before), None)
    shown = f"{_shown(tolerance)} became {wider.group() if wider else ''}"
    return Difference("tolerance_loosened", shown, is_certain=False) if wider else None


def _of_named(old: Assertion, new: Assertion) -> Difference | None:
    """Return how the tolerance that a check of the project's own is given became wider."""
    olds, news = (
        {match["name"]: match for match in map(_NAMED.fullmatch, each.options) if match} for each in (old, new)
    )
    for name in sorted(olds.keys() & news.keys()):
        was, now = float(olds[name]["number"]), float(news[name]["number"])
        if was != now and (now > was) == (olds[name]["wide"] is not None):
            shown = f"{olds[name].group()} became {news[name].group()}"
            return Difference("tolerance_loosened", shown, is_certain=False)
    return None


def _of_bounds(old: str, new: str) -> Difference | None:
    before, after = _BOUND.fullmatch(old), _BOUND.fullmatch(new)
    if before is None or after is None or before["operator"][0] != after["operator"][0]:
        if _NUMBER.sub("0", old) == _NUMBER.sub("0", new):
            return _of_computed_bounds(old, new)
        return Difference("expected_changed") if literals_of(old) != literals_of(new) else None
    try:
        was, now = float(before["number"].rstrip("fFlLjJ")), float(after["number"].rstrip("fFlLjJ"))
    except ValueError:
        return Difference("expected_changed")
    is_upper = before["operator"][0] == "<"
    if was == now:
        is_wider = len(after["operator"]) > len(before["operator"])
        return Difference("assertion_weakened", f"{old} became {new}") if is_wider else None
    return Difference("tolerance_loosened", f"{old} became {new}") if (now > was) == is_upper else None


def _of_computed_bounds(old: str, new: str) -> Difference | None:
    """Return how a bound that is reckoned from names became wider: `<wait+5*second`, `<=size*1.25`."""
    pairs = list(zip(_NUMBER.finditer(old), _NUMBER.finditer(new), strict=True))
    differing = [(one, other) for one, other in pairs if one.group() != other.group()]
    if len(differing) != 1:
        return Difference("expected_changed") if differing else None
    ((was, now),) = differing
    is_higher = (float(now.group()) > float(was.group())) != (old[: was.start()][-1:] in {"-", "/"})
    return Difference("tolerance_loosened", f"{old} became {new}") if is_higher == (old[:1] == "<") else None


def _shown(tolerance: Tolerance) -> str:
    parts = [("relative", tolerance.relative), ("absolute", tolerance.absolute)]
    return ", ".join(f"{name} {value:g}" for name, value in parts if value) or "none"
