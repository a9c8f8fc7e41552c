"""How far off an approximate equality of Python may be: the defaults of each library, and what a call says.

`None` for a part means that this part does not widen the tolerance at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trueline.model.enforcement import Tolerance

_POWER = re.compile(r"(-?[\d.e+-]+)\*\*(-?\d+)")
_SCALED = re.compile(r"([\d.e+-]+)\*([\d.e+-]+)(?:\*\*(-?\d+))?")


@dataclass(frozen=True)
class _Defaults:
    relative: float | None
    absolute: float | None
    relative_names: tuple[str, ...] = ("rtol", "rel", "rel_tol")
    absolute_names: tuple[str, ...] = ("atol", "abs", "abs_tol")
    relative_place: int | None = None
    """Where it stands among the positional arguments, from 0."""
    absolute_place: int | None = None
    is_exclusive: bool = False
    """True where giving only the absolute part drops the relative one."""


_LIBRARIES: Mapping[str, _Defaults] = {
    "approx": _Defaults(1e-6, 1e-12, relative_place=1, absolute_place=2, is_exclusive=True),
    "assert_allclose": _Defaults(1e-7, None, relative_place=2, absolute_place=3),
    "allclose": _Defaults(1e-5, 1e-8, relative_place=2, absolute_place=3),
    "isclose": _Defaults(1e-5, 1e-8, relative_place=2, absolute_place=3),
    "math.isclose": _Defaults(1e-9, None),
    "assert_close": _Defaults(1.3e-6, 1e-5, relative_place=2, absolute_place=3),
    "assertAllClose": _Defaults(1e-6, 1e-6, relative_place=2, absolute_place=3),
    "assert_frame_equal": _Defaults(1e-5, 1e-8),
    "assert_series_equal": _Defaults(1e-5, 1e-8),
    "assert_index_equal": _Defaults(1e-5, 1e-8),
}

_DECIMALS: Mapping[str, tuple[str, int, float]] = {
    # name of the argument, its default, and the share of the last decimal that is allowed
    "assert_almost_equal": ("decimal", 7, 1.5),
    "assert_array_almost_equal": ("decimal", 6, 1.5),
    "assertAlmostEqual": ("places", 7, 0.5),
    "assertAlmostEquals": ("places", 7, 0.5),
    "assertNotAlmostEqual": ("places", 7, 0.5),
    "failUnlessAlmostEqual": ("places", 7, 0.5),
}


def tolerance_of(callee: str, positional: Sequence[str], named: Mapping[str, str]) -> Tolerance | None:
    """Return the effective tolerance of a call by its dotted name and normalised arguments; None if it has none."""
    last = callee.rpartition(".")[2]
    if last in _DECIMALS:
        return _of_decimals(last, positional, named)
    if last == "assert_approx_equal":
        significant = _number(named.get("significant", positional[2] if len(positional) > 2 else "7"))
        return _unknown() if significant is None else Tolerance(relative=10.0 ** -(significant - 1))
    defaults = _LIBRARIES.get("math.isclose" if last == "isclose" and _is_of_math(callee, named) else last)
    if defaults is None:
        return None
    relative = _given(defaults.relative_names, defaults.relative_place, positional, named)
    absolute = _given(defaults.absolute_names, defaults.absolute_place, positional, named)
    parts = [_number(part) if part is not None else None for part in (relative, absolute)]
    if any(
        text is not None and part is None and text != "None"
        for text, part in zip((relative, absolute), parts, strict=True)
    ):
        return _unknown()
    is_dropped = defaults.is_exclusive and absolute is not None
    return Tolerance(
        relative=parts[0] if relative is not None else None if is_dropped else defaults.relative,
        absolute=parts[1] if absolute is not None else defaults.absolute,
    )


def of_rounding(digits: str) -> Tolerance:
    """Return the tolerance of `round(x, digits) == y`."""
    places = _number(digits)
    return _unknown() if places is None else Tolerance(absolute=0.5 * 10.0**-places)


def of_bound(bound: str) -> Tolerance:
    """Return the tolerance of `abs(x - y) < bound`."""
    value = _number(bound)
    return _unknown() if value is None else Tolerance(absolute=value)


def _of_decimals(last: str, positional: Sequence[str], named: Mapping[str, str]) -> Tolerance:
    name, default, share = _DECIMALS[last]
    if "delta" in named:
        return of_bound(named["delta"])
    given = named.get(name, positional[2] if len(positional) > 2 else str(default))
    decimals = _number(given)
    return _unknown() if decimals is None else Tolerance(absolute=share * 10.0**-decimals)


def _given(names: Sequence[str], place: int | None, positional: Sequence[str], named: Mapping[str, str]) -> str | None:
    for name in names:
        if name in named:
            return named[name]
    return positional[place] if place is not None and place < len(positional) else None


def _number(text: str) -> float | None:
    """Return the value of a literal number, also written as `10**-3` or `2*1e-6`."""
    plain = text.replace("_", "").strip("()")
    try:
        return float(plain)
    except ValueError:
        pass
    try:
        if match := _POWER.fullmatch(plain):
            return float(float(match[1]) ** int(match[2]))
        if match := _SCALED.fullmatch(plain):
            return float(float(match[1]) * float(match[2]) ** int(match[3] or 1))
    except (ValueError, OverflowError, ZeroDivisionError):
        return None
    return None


def _is_of_math(callee: str, named: Mapping[str, str]) -> bool:
    return callee.startswith(("math.", "cmath.")) or bool({"rel_tol", "abs_tol"} & named.keys())


def _unknown() -> Tolerance:
    return Tolerance(is_known=False)
