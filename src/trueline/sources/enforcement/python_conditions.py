"""Why a Python test does not count as it stands: skips, expected failures, and what keeps it from being collected."""

from __future__ import annotations

import re
from dataclasses import replace

from trueline.model.enforcement import Condition, ConditionKind
from trueline.sources.enforcement.syntax import split

_REASON = re.compile(r"^(?:reason|msg|allow_module_level)=")
_CERTAIN = frozenset({"True", "1"})
_NEVER = frozenset({"False", "0"})
_CALL = re.compile(r"([\w.]+)(?:\((.*)\))?", re.DOTALL)
_WITHOUT_MEANING = frozenset({"fixture", "staticmethod", "classmethod", "property", "wraps", "contextmanager"})
_PLAIN_MARKS = frozenset({"parametrize", "usefixtures"})


def of_mark(text: str, line: int, case: str | None = None) -> Condition | None:
    """Return what a decorator or a mark, normalised, makes of a test; None where it lets it run."""
    match = _CALL.fullmatch(text)
    if match is None:
        return None
    name, inside = match[1], match[2]
    last = name.rpartition(".")[2]
    arguments = [part for part in split(inside or "") if not _REASON.match(part)]
    if last in {"skipif", "skipIf", "skipUnless", "skip_if", "skip_unless"}:
        return _of_skip_if(last, arguments, line, case)
    if last == "xfail" or last == "expectedFailure":
        return _of_xfail(arguments, line, case)
    if last == "skip" or last in {"Skip", "SkipTest", "ignore"}:
        return Condition("skip", "skip", line, case=case)
    if re.search(r"(?:^|_)x_?fail(?:s|ed|_|$)|expected_?failure", last, re.IGNORECASE):
        return Condition("xfail", text, line, is_always=False, case=case)
    if re.search(r"(?:^|_)skip|skip(?:_|$)|^(?:requires|needs)_", last, re.IGNORECASE):
        return Condition("skip", text, line, is_always=False, case=case)
    if "skip" in name.split(".")[:-1]:
        return Condition("skip", text, line, is_always=False, case=case)
    if ".mark." in f".{name}" and last not in _PLAIN_MARKS:
        return Condition("marker", text, line, is_always=False, case=case)
    return None


def of_own_decorator(text: str, line: int) -> Condition | None:
    """Return a decorator of the project's own, or one that says how many examples a test is tried with, as a mark."""
    match = _CALL.fullmatch(text)
    last = match[1].rpartition(".")[2] if match is not None else ""
    if not last or ".mark." in f".{text}" or last in _WITHOUT_MEANING:
        return None
    shown = text.rpartition(match[1])[2] if match is not None and last in {"given", "settings"} else ""
    return Condition("marker", f"@{last}{shown}", line, is_always=False)


def under(condition: Condition | None, guards: tuple[str, ...]) -> Condition | None:
    """Return a mark that a body sets, with what it is set under; None for one that lets the test run."""
    if condition is None or condition.kind not in {"skip", "xfail"} or not guards:
        return condition
    return replace(condition, text=" ".join([condition.text, *guards]), is_always=False)


def _of_skip_if(name: str, arguments: list[str], line: int, case: str | None) -> Condition | None:
    condition = arguments[0].removeprefix("condition=") if arguments else ""
    is_unless = name in {"skipUnless", "skip_unless"}
    if condition in (_CERTAIN if is_unless else _NEVER):
        return None
    is_always = condition in (_NEVER if is_unless else _CERTAIN)
    text = "skip" if is_always else f"skip unless {condition}" if is_unless else f"skip if {condition}"
    return Condition("skip", text, line, is_always=is_always, case=case)


def _of_xfail(arguments: list[str], line: int, case: str | None) -> Condition | None:
    named = [part for part in arguments if re.match(r"(?:raises|strict|run)=", part)]
    conditions = [part.removeprefix("condition=") for part in arguments if part not in named]
    if "run=False" in named:
        return Condition("skip", "skip", line, is_always=not conditions, case=case)
    if conditions and conditions[0] in _NEVER:
        return None
    when = [] if not conditions or conditions[0] in _CERTAIN else [f"if {conditions[0]}"]
    text = " ".join(["xfail", *when, *sorted(named)])
    return Condition("xfail", text, line, is_always=not when, case=case)


def of_statement(call: str, arguments: list[str], guards: tuple[str, ...], line: int) -> Condition | None:
    """Return what a call in a body, such as `pytest.skip("why")`, makes of the test."""
    owner, _, last = call.rpartition(".")
    kind: ConditionKind | None = None
    text = ""
    if (last in {"skip", "xfail"} and owner in {"pytest", "py.test"}) or last in {"skipTest", "SkipTest"}:
        kind = "xfail" if last == "xfail" else "skip"
        text = last if last == "xfail" else "skip"
    elif last == "importorskip":
        kind, text = "skip", f"skip unless {arguments[0] if arguments else 'imported'}"
    elif last in {"assume", "assumeTrue"} and owner in {"", "hypothesis"}:
        kind, text = "skip", f"skip unless {arguments[0] if arguments else ''}"
    if kind is None:
        return None
    is_always = not guards and last not in {"importorskip", "assume", "assumeTrue"}
    return Condition(kind, " ".join([text, *guards]), line, is_always=is_always)
