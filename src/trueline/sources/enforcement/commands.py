"""Commands of shell scripts that check something: which they are, and what takes the edge off them.

A check is known by its tool and what it is let loose on, never by its place, its step's name or its options; so it
stays the same when its step moves to another job, a Makefile or a script of `package.json`. Nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, cast

from trueline.model.enforcement import ChangeKind, Measure

from .shell_commands import commands_of

MOST_LAUNCHERS = 8
NEVER_FAILS = "never fails"
_OF_CI = ("ci_disabled", "ci_nonfailing")

_NO_TARGET = re.compile(
    r"\.(xml|html|json|txt|out|log|ini|cfg|toml|ya?ml|conf|sarif|prof|lock)$|://|^[\d.]+$|[=*<>]|^\$"
)
_NUMBER = re.compile(r"[-_.]?\d[\d.]*")
_VARIABLE = re.compile(r"^\$[({]([A-Z_]+)[)}]")
_TARGET = re.compile(r"[\w.@:-]*[/.][\w./@:*-]*|[\w./-]*tests?[\w./-]*|src|lib|specs?")


@dataclass(frozen=True)
class Check:
    """One command, action or hook that can fail a change."""

    key: str
    group: str
    """Its purpose and ecosystem, such as `tests python`."""
    line: int
    text: str
    never_fails: bool = False
    relaxed: tuple[tuple[ChangeKind, str], ...] = ()
    strict: tuple[tuple[ChangeKind, str], ...] = ()
    contexts: tuple[tuple[str, str], ...] = ()
    """Where it runs, each with how that is written: `on pull_request`, `on windows`."""
    limits: tuple[tuple[str, str], ...] = ()
    """What keeps it from running, each with how that is written: `a path filter`."""
    place: str = ""
    """The job that it is in, by the name that its file gives it; empty where there are none."""


def checks_of(script: str, line: int = 1) -> list[Check]:
    """Return the checks that a script runs, in their order; `line` is the script's first."""
    made = []
    for command in commands_of(script, line):
        found = check_of(command.text, command.line)
        if found:
            made.append(replace(found, never_fails=command.never_fails))
    return made


def check_of(command: str, line: int = 1) -> Check | None:
    """Return the check that a simple command is; None where it checks nothing."""
    words = _launched(command)
    if not words or len(words) < 2:
        return None
    quoted = re.match(r"(?:ba|z)?sh -\w*c ([\"'])(.*)\1$", words, re.DOTALL)
    if quoted:
        inner = checks_of(quoted[2], line)
        return inner[0] if inner else None
    for pattern in _patterns("checks"):
        match = pattern.match(words)
        if match:
            key = _key(pattern, match, words)
            relaxed, strict = _edges("relaxations", key, words), _edges("strictness", key, words)
            return Check(key, pattern.group, line, _shown(command), relaxed=relaxed, strict=strict)
    return None


def check_of_action(action: str, line: int = 1) -> Check | None:
    """Return the check that an action or a workflow is, going by the last part of its name."""
    path = action.partition("@")[0].strip().lower()
    is_local = path.startswith("./") or "/.github/workflows/" in path
    name = "/".join(path.split("/")[-2:]) if path.count("/") > 1 else path.rpartition("/")[2]
    name = re.sub(r"\.ya?ml$", "", name)
    for pattern in _patterns("actions"):
        found = re.search(pattern.expression, name)
        if found and (is_local or not pattern.is_local):
            return Check(pattern.name or found[0].strip("/_-"), pattern.group, line, action.strip())
    return None


def checks_of_task(name: str, given: Any, line: int = 1) -> Iterator[Check]:
    """Yield the checks of an action or task that starts a tool, whose words stand in one of its inputs."""
    tool = next((tool for word, tool in _catalog()["starters"].items() if re.search(word, name.lower())), None)
    inputs = given if tool and isinstance(given, dict) else {}
    words = [inputs[name] for name in _catalog()["words_of_starters"] if isinstance(inputs.get(name), str)]
    if words:
        found = check_of(f"{tool} {' '.join(words)}", line)
        if found:
            yield found


def relaxed_by_inputs(check: Check, given: Any) -> Check:
    """Return the check of an action with what its inputs add: the words that it passes on, and switches of its own."""
    if not isinstance(given, dict):
        return check
    texts = {name: " ".join(value.split()) for name, value in given.items() if isinstance(value, str)}
    words = " ".join(["", *(texts[name] for name in _catalog()["words_of_starters"] if name in texts)])
    inputs = "\n".join(f"{name}: {value}" for name, value in texts.items())
    relaxed = (*_edges("relaxations", check.key, words), *_edges("relaxing_inputs", check.key, inputs))
    strict = (*_edges("strictness", check.key, words), *_edges("strict_inputs", check.key, inputs))
    return replace(check, relaxed=(*check.relaxed, *relaxed), strict=(*check.strict, *strict))


def relaxed_by_variable(name: str, value: str) -> tuple[tuple[ChangeKind, str], ...]:
    """Return what a variable of an environment takes off the tool that reads it."""
    if name == "SKIP":
        return tuple(("lint_suppressed", hook) for hook in value.split(",") if hook.strip())
    if name == "PYTHONWARNINGS":
        return (("warning_suppressed", value[:100]),) if value.startswith("ignore") else ()
    command = next((one["command"] for one in _catalog()["variables"] if re.fullmatch(one["name"], name)), None)
    found = check_of(f"{command} {value}") if command else None
    return found.relaxed if found else ()


def measures_of(checks: Iterable[Check]) -> tuple[Measure, ...]:
    """Return what some checks of one file enforce; what takes the edge off counts where no other run makes up for it."""
    same: dict[str, list[Check]] = {}
    for check in checks:
        same.setdefault(check.key, []).append(check)
    return tuple(measure for key, runs in same.items() for measure in _measures_of_one(key, runs))


def _measures_of_one(key: str, runs: Sequence[Check]) -> Iterator[Measure]:
    first = runs[0]
    yield Measure("ci_disabled", key, first.group, "present", first.line, first.text)
    for kind, what in sorted({one for run in runs for one in run.strict}):
        yield Measure(kind, what, "yes", "present", first.line, first.text, key)
    for what, text in sorted({one[0]: one[1] for run in runs for one in run.contexts}.items()):
        yield Measure("ci_disabled", what, "yes", "present", first.line, text or first.text, key)
    yield from _forgivings(runs, key)
    for place, of_place in _by_place(runs).items():
        scope = f"{key} in {place}"
        yield Measure("ci_disabled", scope, f"settings {'_'.join(scope.split())}", "present", of_place[0].line)
        yield from (measure for measure in _forgivings(of_place, scope) if measure.kind in _OF_CI)


def _forgivings(runs: Sequence[Check], scope: str) -> Iterator[Measure]:
    """Yield what takes the edge off all of some runs."""
    first = runs[0]
    if all(run.never_fails for run in runs):
        yield Measure("ci_nonfailing", NEVER_FAILS, "yes", "absent", first.line, first.text, scope)
    for kind, what in sorted(set.intersection(*(set(run.relaxed) for run in runs))):
        yield Measure(kind, what, "yes", "absent", first.line, first.text, scope)
    for what in sorted(set.intersection(*({one[0] for one in run.limits} for run in runs))):
        yield Measure("ci_disabled", what, "yes", "absent", first.line, dict(first.limits)[what], scope)


def _by_place(runs: Sequence[Check]) -> dict[str, list[Check]]:
    """Return the runs of each job: it is by its job that a run is known again among others of its check."""
    places: dict[str, list[Check]] = {}
    for run in runs:
        if run.place:
            places.setdefault(run.place, []).append(run)
    return places


@dataclass(frozen=True)
class _Pattern:
    expression: re.Pattern[str]
    group: str = ""
    name: str = ""
    needs: re.Pattern[str] | None = None
    but_not: re.Pattern[str] | None = None
    is_local: bool = False
    is_bare: bool = False
    """True where its targets are environments of its own, not what it is let loose on."""
    kind: ChangeKind = "ci_disabled"
    only: re.Pattern[str] | None = None

    def match(self, words: str) -> re.Match[str] | None:
        """Return how words begin with it."""
        match = self.expression.match(words)
        if not match or (self.needs and not self.needs.search(words)) or (self.but_not and self.but_not.search(words)):
            return None
        return match


@cache
def _catalog() -> dict[str, Any]:
    import yaml

    text = (files(__package__) / "check_commands.yaml").read_text("utf-8")
    return cast("dict[str, Any]", yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


@cache
def _patterns(section: str) -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            re.compile(entry["pattern"]),
            entry.get("group", ""),
            entry.get("name", ""),
            _compiled(entry.get("needs")),
            _compiled(entry.get("but_not")),
            entry.get("local", False),
            entry.get("bare", False),
            entry.get("kind", "ci_disabled"),
            _compiled(entry.get("only")),
        )
        for entry in _catalog()[section]
    )


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


@cache
def _launchers() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_catalog()['launchers'])})(?:\s+|(?<=/bin/)|(?<=\}})(?=[a-z]))")


def _launched(command: str) -> str:
    words = _VARIABLE.sub(lambda m: m[1].lower(), " ".join(command.split()).lstrip("@({&+- "))
    for _ in range(MOST_LAUNCHERS):
        match = _launchers().match(words)
        if not match or match.end() == 0:
            break
        words = words[match.end() :].lstrip("({\"' ") if match.end() < len(words) else ""
    return words.strip()


def _key(pattern: _Pattern, match: re.Match[str], words: str) -> str:
    name = match.expand(pattern.name) if pattern.name else match[0].strip()
    tool, _, rest = name.partition(" ")
    name = " ".join(part for part in (tool.rpartition("/")[2] or tool, rest.strip()) if part)
    if "target" in pattern.expression.groupindex:
        name = _NUMBER.sub("", name)
    if pattern.is_bare:
        return name
    after = words[match.end() :].split()
    targets = {_plain(word) for word in after if not word.startswith("-") and _is_target(_plain(word))}
    return " ".join([name, *sorted(targets - {"", "."})[:4]])[:200]


def _plain(word: str) -> str:
    return word.strip("\"'();").removeprefix("./").rstrip("/")


def _is_target(word: str) -> bool:
    return not _NO_TARGET.search(word) and bool(_TARGET.fullmatch(word))


def _edges(section: str, key: str, words: str) -> tuple[tuple[ChangeKind, str], ...]:
    return tuple(
        (pattern.kind, pattern.name or " ".join(found[0].split()).replace("=", " ").replace('"', "'"))
        for pattern in _patterns(section)
        if not pattern.only or pattern.only.match(key)
        for found in pattern.expression.finditer(words)
        if not (pattern.but_not and pattern.but_not.search(found[0]))
    )


def _shown(command: str) -> str:
    return " ".join(command.split())[:300]
