"""Read Makefiles and justfiles: the checks that their recipes run, and the targets that wait for other targets which check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from trueline.model.enforcement import Ledger

from .commands import Check, check_of, checks_of, measures_of
from .configs import decoded, is_foreign
from .shell_commands import LONGEST_COMMAND

LANGUAGE = "make"
DEEPEST = 3

_PATH = re.compile(r"(^|/)(GNU)?[Mm]akefile(\.\w+)?$|\.mk$|(^|/)\.?[jJ]ustfile$|\.just$")
_RULE = re.compile(r"(?P<targets>[\w./%-][^:=#\t]*?)\s*::?(?![:=])\s*(?P<needs>[^#;]*)(;(?P<command>.*))?")
_SET = re.compile(r"\s*(?:export\s+)?([A-Z_]\w*)\s*[:?+]?=\s*(.*)")
_USED = re.compile(r"\$[({]([A-Z_]\w*)[)}]")
_INDENTED = re.compile(r"(?m)^ +(?=\S)")
_SUMS_UP = re.compile(r"(^|[-_])(test|tests|check|checks|ci|lint|all|verify|precommit|pre-commit|presubmit)($|[-_])")


def selects(path: str) -> bool:
    """Return True for Makefiles and justfiles."""
    return not is_foreign(path) and bool(_PATH.search(path))


def read(path: str, content: bytes) -> Ledger:
    """Return the checks of a Makefile."""
    text = decoded(content)
    if path.lower().endswith(("justfile", ".just")):
        text = _INDENTED.sub("\t", text)
    text = text.replace("\\\n\t", "\\\n ")
    return Ledger(path, LANGUAGE, measures=measures_of(_checks(text)))


def _checks(text: str) -> Iterator[Check]:
    variables: dict[str, str] = {}
    for line, written in _logical_lines(text):
        assigned = _SET.fullmatch(written) if not written.startswith("\t") else None
        if assigned:
            variables[assigned[1]] = assigned[2].partition("#")[0].strip()
        elif written.startswith("\t"):
            yield from _of_recipe(_filled_in(written.strip(), variables), line)
        else:
            yield from _of_rule(written, line, variables)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    held, begun = "", 1
    for line, written in enumerate(text.split("\n"), 1):
        if not held:
            begun = line
        if written.endswith("\\"):
            held += written[:-1] + " "
            continue
        yield begun, held + written
        held = ""


def _filled_in(text: str, variables: dict[str, str]) -> str:
    """Return a text with variables of the file written out, as deep as people write them."""
    for _ in range(DEEPEST):
        if len(text) > LONGEST_COMMAND or "$" not in text:
            break
        text = _USED.sub(lambda m: variables[m[1]] if 0 < len(variables.get(m[1], "")) < 300 else m[0], text)
    return text


def _of_recipe(command: str, line: int) -> Iterator[Check]:
    mark = re.match(r"[@+-]*", command)
    for check in checks_of(command.lstrip("@+-"), line):
        yield replace(check, never_fails=check.never_fails or bool(mark and "-" in mark[0]))


def _of_rule(written: str, line: int, variables: dict[str, str]) -> Iterator[Check]:
    rule = _RULE.match(written)
    if not rule:
        return
    if rule["command"]:
        yield from _of_recipe(_filled_in(rule["command"].strip(), variables), line)
    if any(_SUMS_UP.search(target) for target in rule["targets"].split()):
        for needed in rule["needs"].split():
            found = check_of(f"make {needed}", line)
            if found:
                yield replace(found, text=written.strip()[:300])
