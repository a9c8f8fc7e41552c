"""Commands of shell scripts that check something: which they are, and what takes the edge off them.

A check is known by its tool and what it is let loose on, never by its place, its step's name or its options; so it
stays the same when its step moves to another job, a Makefile or a script of `package.json`. Nothing is run, and no
shell is imitated beyond what cuts a script into commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, cast

from trueline.model.enforcement import ChangeKind, Measure

LONGEST_SCRIPT = 200_000
LONGEST_COMMAND = 2_000
MOST_LAUNCHERS = 8
NEVER_FAILS = "never fails"

_NEVER_FAILS = re.compile(
    r"(true|:|exit 0|echo\b.*|printf\b.*|/bin/true|cd \.|continue|ver>nul|\(exit 0\)|return 0)\s*\)?$"
)
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1[^\n]*\n.*?^\s*\2\s*$", re.DOTALL | re.MULTILINE)
_EXPRESSION = re.compile(r"\$\{\{.*?\}\}")
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


@dataclass(frozen=True)
class Command:
    """A simple command of a script."""

    text: str
    line: int
    never_fails: bool = False


def checks_of(script: str, line: int = 1) -> list[Check]:
    """Return the checks that a script runs, in their order; `line` is the script's first."""
    made = []
    for command in commands_of(script, line):
        found = check_of(command.text, command.line)
        if found:
            made.append(replace(found, never_fails=command.never_fails))
    return made


def commands_of(script: str, line: int = 1) -> list[Command]:
    """Return the simple commands of a script."""
    script = _EXPRESSION.sub(lambda m: "$" + "_" * (len(m[0]) - 1), script[:LONGEST_SCRIPT])
    script = _HEREDOC.sub(lambda m: "\n" * m[0].count("\n"), script)
    parts = [part for part in _split(script) if part[0]]
    commands: list[Command] = []
    forgiving = False
    rest_exits = [False] * (len(parts) + 1)
    for index in range(len(parts) - 1, -1, -1):
        rest_exits[index] = rest_exits[index + 1] or bool(
            re.match(r"(exit|return) (?!0)|set -\w*e|test ", parts[index][0])
        )
    for index, (text, offset, operator) in enumerate(parts):
        if re.match(r"set \+\w*e", text):
            forgiving = not rest_exits[index + 1]
        elif re.match(r"set -\w*e", text):
            forgiving = False
        caught = forgiving or _is_caught(parts, index, operator)
        commands.append(Command(text[:LONGEST_COMMAND], line + offset, caught))
    return commands


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


def measures_of(checks: Iterable[Check]) -> tuple[Measure, ...]:
    """Return what some checks of one file enforce; what takes the edge off counts where no other run makes up for it."""
    same: dict[str, list[Check]] = {}
    for check in checks:
        same.setdefault(check.key, []).append(check)
    return tuple(measure for key, runs in same.items() for measure in _measures_of_one(key, runs))


def _measures_of_one(key: str, runs: Sequence[Check]) -> Iterator[Measure]:
    first = runs[0]
    yield Measure("ci_disabled", key, first.group, "present", first.line, first.text)
    if all(run.never_fails for run in runs):
        yield Measure("ci_nonfailing", NEVER_FAILS, "yes", "absent", first.line, first.text, key)
    for kind, what in sorted(set.intersection(*(set(run.relaxed) for run in runs))):
        yield Measure(kind, what, "yes", "absent", first.line, first.text, key)
    for kind, what in sorted({one for run in runs for one in run.strict}):
        yield Measure(kind, what, "yes", "present", first.line, first.text, key)
    for what, text in sorted({one[0]: one[1] for run in runs for one in run.contexts}.items()):
        yield Measure("ci_disabled", what, "yes", "present", first.line, text or first.text, key)
    for what in sorted(set.intersection(*({one[0] for one in run.limits} for run in runs))):
        yield Measure("ci_disabled", what, "yes", "absent", first.line, dict(first.limits)[what], key)


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
    return re.compile(rf"(?:{'|'.join(_catalog()['launchers'])})(?:\s+|(?<=/bin/))")


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
        (pattern.kind, " ".join(found[0].split()).replace("=", " ").replace('"', "'"))
        for pattern in _patterns(section)
        if not pattern.only or pattern.only.match(key)
        for found in pattern.expression.finditer(words)
        if not (pattern.but_not and pattern.but_not.search(found[0]))
    )


def _shown(command: str) -> str:
    return " ".join(command.split())[:300]


def _is_caught(parts: Sequence[tuple[str, int, str]], index: int, operator: str) -> bool:
    """Say whether the failure of a command is swallowed by what follows it on its line."""
    while operator == "&&" and index + 1 < len(parts):
        index += 1
        operator = parts[index][2]
    if operator not in ("||", ";") or index + 1 >= len(parts):
        return False
    following, _, after = parts[index + 1]
    if operator == ";":
        return bool(re.fullmatch(r"true|:|exit 0|/bin/true", following)) and index + 2 >= len(parts)
    if following.startswith(("echo", "printf")):
        return after in ("", "\n") and "exit" not in following
    return bool(_NEVER_FAILS.match(following)) and after != "&&"


@dataclass
class _Cutting:
    script: str
    parts: list[tuple[str, int, str]] = field(default_factory=list)
    word: list[str] = field(default_factory=list)
    line: int = 0
    begun: int = 0

    def end(self, operator: str) -> None:
        self.parts.append(("".join(self.word).strip(), self.begun, operator))
        self.word.clear()
        self.begun = self.line


_PIECE = re.compile(
    r"\\\n|\\.|'[^']*'|\"(?:\\.|[^\"\\])*\"|(?<![^\s;&|(])#[^\n]*|\|\||&&|[|;\n]|[^\\'\"#|&;\n]+|.", re.DOTALL
)


def _split(script: str) -> list[tuple[str, int, str]]:
    """Return (command, lines before it, operator behind it) of a script."""
    cutting = _Cutting(script)
    for match in _PIECE.finditer(script):
        piece = match[0]
        if piece == "\\\n":
            cutting.word.append(" ")
        elif piece in ("||", "&&", "|", ";", "\n"):
            cutting.line += piece == "\n"
            cutting.end(piece)
            continue
        elif not piece.startswith("#"):
            if not "".join(cutting.word).strip():
                cutting.begun = cutting.line
            cutting.word.append(piece)
        cutting.line += piece.count("\n")
    cutting.end("")
    return cutting.parts
