"""Read scripts of a project's own folders for scripts, and Jenkins pipelines: the checks that they run.

A script without an ending is one of a shell where its first line says so. Groovy is not understood: only the texts
that it hands to a shell, and whether what they answer is thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from trueline.model.enforcement import Ledger

from .commands import Check, checks_of, measures_of
from .configs import decoded, is_foreign

LANGUAGE = "shell"
LONGEST_CALL = 20_000
MOST_CALLS = 2_000

_SCRIPT = re.compile(
    r"(^|/)(scripts?|bin|tools?|ci|\.ci|\.circleci|\.travis|\.github|hack|build|dev|\.husky)/([\w.-]+/){0,3}"
    r"[\w-]+(\.(sh|bash|zsh))?$|(^|/)[\w-]*(test|check|lint|ci|build|verify)[\w-]*\.(sh|bash)$|^[\w-]+\.(sh|bash)$"
)
_SHELL = re.compile(r"#!\s*\S*(?:/|env\s+(?:-S\s+)?)(?:ba|da|z|k|a)?sh\b")
_JENKINS = re.compile(r"(^|/)(Jenkinsfile[\w.-]*|[\w.-]+\.[jJ]enkinsfile)$")
_CALL = re.compile(
    r"\b(?:sh|bat|powershell|pwsh)\b\s*\(?(?P<given>[^'\"\n]{0,200}?)"
    r"(?:'''(?P<a>.*?)'''|\"\"\"(?P<b>.*?)\"\"\"|'(?P<c>[^'\n]*)'|\"(?P<d>(?:\\.|[^\"\\\n])*)\")(?P<after>[^\n]{0,100})",
    re.DOTALL,
)
_THROWN_AWAY = re.compile(r"returnStatus\s*:\s*true")
_CATCHING = re.compile(
    r"\b(?:catchError\s*\([^)]*buildResult\s*:\s*['\"](?:SUCCESS|UNSTABLE)['\"][^)]*\)|warnError\s*\([^)]*\))\s*\{"
)


def selects(path: str) -> bool:
    """Return True for scripts in folders for scripts, and for Jenkins pipelines."""
    return not is_foreign(path) and bool(_SCRIPT.search(path) or _JENKINS.search(path))


def read(path: str, content: bytes) -> Ledger:
    """Return the checks of a script or a pipeline."""
    text = decoded(content)
    if _JENKINS.search(path):
        return Ledger(path, "groovy", measures=measures_of(_of_pipeline(text)))
    if not (_SHELL.match(text) or path.endswith((".sh", ".bash", ".zsh"))):
        return Ledger(path, "")
    return Ledger(path, LANGUAGE, measures=measures_of(checks_of(text)))


def _of_pipeline(text: str) -> Iterator[Check]:
    caught = [(match.end(), _end_of_block(text, match.end())) for match in _CATCHING.finditer(text)]
    for match in islice(_CALL.finditer(text), MOST_CALLS):
        script = next((part for part in (match["a"], match["b"], match["c"], match["d"]) if part is not None), "")
        line = text.count("\n", 0, match.start()) + 1
        is_kept = any(start <= match.start() < end for start, end in caught)
        is_thrown_away = bool(_THROWN_AWAY.search(f"{match['given']} {match['after']}")) and "=" not in _before(
            text, match
        )
        for check in checks_of(script, line):
            yield replace(check, never_fails=check.never_fails or is_kept or is_thrown_away)


def _before(text: str, match: re.Match[str]) -> str:
    """Return what stands before a call in its line: `status = sh(…)` keeps what it answers."""
    return text[text.rfind("\n", 0, match.start()) + 1 : match.start()]


def _end_of_block(text: str, begin: int) -> int:
    depth = 1
    for at in range(begin, min(len(text), begin + LONGEST_CALL)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at
    return begin
