"""What one expression of a Python test asserts: bare asserts, unittest, pytest, nose, numpy, pandas, mock.

The same check in another style gives the same assertion. Where it stands is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from tree_sitter import Node

from trueline.model.enforcement import Assertion, AssertionForm
from trueline.sources.enforcement import python_tolerances
from trueline.sources.enforcement.python_calls import Call, bare, call_of, is_constant
from trueline.sources.enforcement.python_comparisons import (
    Said,
    alternative,
    assertion_of,
    compared,
    of_comparison,
    plain,
)
from trueline.sources.enforcement.syntax import normalised, shortened, text_of

_TWO_SIDED: Mapping[str, str] = {
    "assertequal": "==", "assertequals": "==", "failunlessequal": "==", "eq_": "==", "assertisnot": "is not",
    "assertnotequal": "!=", "assertnotequals": "!=", "failifequal": "!=", "assertis": "is", "assertin": "in",
    "assertnotin": "not in", "assertgreater": ">", "assertgreaterequal": ">=", "assertless": "<",
    "assertlessequal": "<=",
}  # fmt: skip
_TRUTHS = frozenset({"asserttrue", "assert_", "ok_", "failunless"})
_PLAIN_EQUALITIES = frozenset(
    f"assert{each}equal" for each in ("list", "dict", "set", "tuple", "sequence", "multiline", "array", "numpyarray")
)
_FALSEHOODS = frozenset({"assertfalse", "failif"})
_UNORDERED = frozenset({"assertcountequal", "assertitemsequal"})
_TYPES = frozenset({"assertisinstance", "assertissubclass", "assertnotisinstance", "assertisnotinstance"})
_MATCHES = frozenset({"assertregex", "assertregexpmatches", "assertnotregex", "assertnotregexpmatches"})
_MOCK_METHODS = re.compile(r"assert_(?:not_)?(?:any_|has_)?(?:called|calls?|awaited|awaits?)\w*")
_CLOSE = frozenset({"allclose", "isclose"})
_RAISES = frozenset({"raises", "assertraises", "assertraisesregex", "assertraisesregexp", "assertraisesmessage"})
_RAISES |= {"failunlessraises", "assertfailure", "raisesgroup"}
_WARNS = frozenset(
    {"warns", "deprecatedcall", "assertwarns", "assertwarnsregex", "assertlogs", "assertproduceswarning"}
)
_WARNS |= {"assertnologs", "assertwarnsmessage"}
_NOT_OPTIONS = frozenset({"msg", "err_msg", "verbose", "obj", "message", "match", "check", "stacklevel"})


def of_condition(node: Node, said: Said, is_negated: bool = False) -> list[Assertion]:
    """Return what `assert <node>` checks: one assertion for each part that must hold."""
    node = bare(node)
    kind = node.type
    if kind == "not_operator":
        return of_condition(node.named_children[-1], said, not is_negated)
    if kind == "boolean_operator":
        is_and = text_of(node.child_by_field_name("operator")) == "and"
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None and is_and != is_negated:
            return of_condition(left, said, is_negated) + of_condition(right, said, is_negated)
        if left is not None:
            return [alternative(of_condition(left, said, is_negated)[0], node, said)]
    if kind == "comparison_operator":
        return of_comparison(node, said, is_negated)
    if kind == "call" and (found := _of_call_as_truth(node, said, is_negated)) is not None:
        return found
    if kind == "attribute" and (text := plain(node, said)).endswith(".called"):
        expected = "not_called()" if is_negated else "called()"
        return [assertion_of("called", text.removesuffix(".called"), expected, said, is_negated=is_negated)]
    if is_constant(node) or kind == "tuple":
        is_true = kind == "tuple" or text_of(node) not in {"False", "None", "0", "''", '""', "[]", "{}", "()"}
        return [assertion_of("constant" if is_true != is_negated else "fails", plain(node, said), None, said)]
    return [assertion_of("truth", plain(node, said), None, said, is_negated=is_negated)]


def of_call(node: Node, said: Said) -> list[Assertion]:
    """Return what a call on a line of its own asserts; nothing where it asserts nothing."""
    call = call_of(node, said.names)
    name = call.squashed
    if name in _RAISES or name in _WARNS:
        return _of_called_raises(call, said)
    if _MOCK_METHODS.fullmatch(call.last):
        return [_of_mock(call, said)]
    if name == "fail" and call.owner in {"self", "pytest", "cls", ""}:
        return [assertion_of("fails", "", None, said)]
    if call.last in {"check", "check_file"} and call.owner.endswith("_regression"):
        return [assertion_of("snapshot", ",".join(call.texts), None, said)]
    if "snapshot" in name and name.startswith("assert"):
        return [assertion_of("snapshot", call.texts[0] if call.texts else "", None, said)]
    if name == "assertionerror":
        return []
    if name.startswith(("assert", "failunless", "failif")) or name in {"eq_", "ok_"}:
        return _of_assert_call(call, said)
    if found := _of_numpy_call(call, said):
        return [found]
    return []


def of_context(node: Node, body: Node | None, said: Said) -> Assertion | None:
    """Return what `with <node>:` asserts of its body: that it raises or warns; None where nothing."""
    if node.type != "call":
        return None
    call = call_of(node, said.names)
    form: AssertionForm = "raises" if call.squashed in _RAISES else "warns"
    if form == "warns" and call.squashed not in _WARNS:
        return None
    subject = normalised(text_of(body), said.names) if body is not None else ""
    return _expecting(form, call, subject, said)


def _of_called_raises(call: Call, said: Said) -> list[Assertion]:
    form: AssertionForm = "raises" if call.squashed in _RAISES else "warns"
    has_pattern = "regex" in call.squashed
    rest = call.texts[2 if has_pattern else 1 :]
    if not rest:
        return []
    arguments = [*rest[1:], *(f"{name}={value}" for name, value in call.named.items())]
    subject = f"{rest[0]}({','.join(arguments)})" if not rest[0].startswith("lambda") else rest[0].partition(":")[2]
    return [_expecting(form, replace(call, texts=call.texts[: 2 if has_pattern else 1], named={}), subject, said)]


def _expecting(form: AssertionForm, call: Call, subject: str, said: Said) -> Assertion:
    default = "DeprecationWarning" if call.squashed == "deprecatedcall" else None
    kind = call.texts[0] if call.texts else call.named.get("expected_exception", default)
    pattern = call.named.get("match") or call.named.get("expected_regex")
    if pattern is None and len(call.texts) > 1 and ("regex" in call.squashed or "message" in call.squashed):
        pattern = call.texts[1]
    made = assertion_of(form, subject, kind, said)
    return replace(made, message=shortened(pattern) if pattern and pattern != "None" else None)


def _of_mock(call: Call, said: Said) -> Assertion:
    arguments = [*call.texts, *(f"{name}={value}" for name, value in call.named.items())]
    expected = f"{call.last.removeprefix('assert_')}({','.join(arguments)})"
    is_negated = "not_" in call.last
    return assertion_of("called", normalised(call.owner, said.names), expected, said, is_negated=is_negated)


def _of_assert_call(call: Call, said: Said) -> list[Assertion]:
    name, nodes, texts = call.squashed, call.nodes, call.texts
    if name in _TRUTHS and nodes:
        return of_condition(nodes[0], said)
    if name in _FALSEHOODS and nodes:
        return of_condition(nodes[0], said, is_negated=True)
    if name in {"assertisnone", "assertisnotnone", "assertnone"} and nodes:
        return [compared(nodes[0], "is not" if "not" in name[8:] else "is", None, "None", said)]
    found = _of_two_sides(call, said) if len(texts) >= 2 else None
    return [found or of_helper(call, said)]


def _of_two_sides(call: Call, said: Said) -> Assertion | None:
    name, nodes, texts = call.squashed, call.nodes, call.texts
    if name in _UNORDERED:
        made = compared(nodes[0], "==", nodes[1], texts[1], said)
        return replace(made, subject=f"sorted({made.subject})", expected=f"sorted({made.expected})")
    if name in _TWO_SIDED:
        return compared(nodes[0], _TWO_SIDED[name], nodes[1], texts[1], said)
    if name in _TYPES:
        return assertion_of("type", texts[0], texts[1], said, is_negated="not" in name)
    if name in _MATCHES:
        return assertion_of("match", texts[0], texts[1], said, is_negated="not" in name)
    if found := _of_numpy_call(call, said):
        return found
    if re.search(r"(?<!not)equals?$", name) and "almost" not in name:
        own = () if name in _PLAIN_EQUALITIES or "frame" in name or "series" in name else (call.last,)
        return replace(compared(nodes[0], "==", nodes[1], texts[1], said), options=(*own, *_options(call)))
    return None


def _of_numpy_call(call: Call, said: Said) -> Assertion | None:
    """Return an equality within a tolerance, or of whole arrays and frames."""
    if len(call.texts) < 2 or not (call.squashed.startswith("assert") or call.last in _CLOSE):
        return None
    tolerance = python_tolerances.tolerance_of(call.dotted, call.texts, call.named)
    if tolerance is None:
        return None
    is_frame = call.last in {"assert_frame_equal", "assert_series_equal", "assert_index_equal"}
    made = compared(call.nodes[0], "==", call.nodes[1], call.texts[1], said)
    form: AssertionForm = "equality" if is_frame else "approximate"
    is_negated = "not" in call.squashed
    return replace(made, form=form, tolerance=tolerance, options=_options(call), is_negated=is_negated)


def _options(call: Call) -> tuple[str, ...]:
    tolerances = {"rtol", "atol", "rel", "abs", "rel_tol", "abs_tol", "places", "delta", "decimal", "significant"}
    found = (f"{name}={value}" for name, value in call.named.items() if name not in _NOT_OPTIONS | tolerances)
    return tuple(sorted(shortened(option) for option in found))


def _of_call_as_truth(node: Node, said: Said, is_negated: bool) -> list[Assertion] | None:
    """Return what a call that must be true checks, where it is a comparison in other words."""
    call = call_of(node, said.names)
    texts = call.texts
    if call.last in {"isinstance", "issubclass", "hasattr"} and not call.owner and len(texts) == 2:
        return [assertion_of("type", texts[0], texts[1], said, is_negated=is_negated)]
    if call.last in {"match", "search", "fullmatch"} and len(texts) >= 2:
        return [assertion_of("match", texts[1], texts[0], said, is_negated=is_negated)]
    if call.last in {"startswith", "endswith"} and len(texts) == 1 and call.owner:
        return [assertion_of("match", normalised(call.owner, said.names), texts[0], said, is_negated=is_negated)]
    if call.last in _CLOSE and len(texts) >= 2:
        made = _of_numpy_call(call, said)
        return [replace(made, is_negated=is_negated)] if made else None
    if call.last in {"array_equal", "array_equiv"} and len(texts) >= 2:
        return [compared(call.nodes[0], "!=" if is_negated else "==", call.nodes[1], texts[1], said)]
    if call.last in {"all", "bool"} and len(call.nodes) == 1 and bare(call.nodes[0]).type == "comparison_operator":
        return of_condition(call.nodes[0], said, is_negated)
    if call.last == "all" and not call.nodes and call.owner_node is not None:
        owner = bare(call.owner_node)
        return of_condition(owner, said, is_negated) if owner.type == "comparison_operator" else None
    return None


def of_helper(call: Call, said: Said) -> Assertion:
    """Return the call of a function that asserts as an assertion of its own."""
    literals = [text for node, text in zip(call.nodes, call.texts, strict=True) if is_constant(node)]
    others = [text for node, text in zip(call.nodes, call.texts, strict=True) if not is_constant(node)]
    made = assertion_of("other", f"{call.last}({','.join(others)})", ",".join(literals) or None, said)
    options = sorted(shortened(f"{name}={value}") for name, value in call.named.items() if name not in _NOT_OPTIONS)
    return replace(made, options=tuple(options))
