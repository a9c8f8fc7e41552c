"""Read what a project's own tools run: hooks before a commit, scripts of a package, environments of tox and nox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trueline.model.enforcement import Ledger

from .commands import Check, check_of, checks_of, measures_of
from .configs import Unreadable, at, decoded, is_foreign, is_true, line_of, line_where, listed, parse, parse_yaml

_HOOKS = re.compile(r"(^|/)\.pre-commit-config\.ya?ml$")
_PACKAGE = re.compile(r"(^|/)(package|composer)\.json$")
_TOX = re.compile(r"(^|/)tox\.(ini|toml)$")
_PYPROJECT = re.compile(r"(^|/)pyproject\.toml$")
_NOX = re.compile(r"(^|/)noxfile\.py$")
_SESSION = re.compile(r"\bsession\.run(?:_always)?\(([^()]*)")
_POSITIONAL = re.compile(r"\{args:?([^{}]*)\}")
_TASKS = (("poe", "tasks"), ("pdm", "scripts"), ("taskipy", "tasks"), ("hatch", "envs"), ("pixi", "tasks"))
_MANY_CODES = re.compile(r"success_codes\s*=")
_QUOTED = re.compile(r"[\"']([^\"'\n]*)[\"']")
_TYPES = re.compile(r"mypy|pyright|tsc|types")
_FORMAT = re.compile(r"format|fmt|black|isort|prettier|whitespace|end-of-file|pyupgrade|upgrade")


def selects(path: str) -> bool:
    """Return True for the files in which a project says how it checks itself."""
    return not is_foreign(path) and any(pattern.search(path) for pattern in (_HOOKS, _PACKAGE, _TOX, _PYPROJECT, _NOX))


def read(path: str, content: bytes) -> Ledger:
    """Return the checks that a project's own tools run."""
    text = decoded(content)
    try:
        if _HOOKS.search(path):
            return Ledger(path, "yaml", measures=measures_of(_hooks(parse_yaml(text))))
        if _NOX.search(path):
            return Ledger(path, "python", measures=measures_of(_sessions(text)))
        document = parse(path, text)
    except Unreadable as error:
        return Ledger(path, path.rpartition(".")[2], problem=str(error))
    if _PYPROJECT.search(path):
        tool = at(document, "tool")
        return Ledger(
            path, "toml", measures=measures_of([*_tox_of_project(at(tool, "tox"), text), *_tasks(tool, text)])
        )
    if _TOX.search(path):
        language = "toml" if path.endswith("toml") else "ini"
        return Ledger(path, language, measures=measures_of(_environments(document, text)))
    return Ledger(path, "json", measures=measures_of(_scripts(document, text)))


def _hooks(document: Any) -> Iterator[Check]:
    repositories = at(document, "repos")
    for repository in repositories if isinstance(repositories, list) else []:
        hooks = at(repository, "hooks")
        for hook in hooks if isinstance(hooks, list) else []:
            name = at(hook, "id")
            if not isinstance(name, str) or listed(at(hook, "stages")) == ["manual"]:
                continue
            group = "format any" if _FORMAT.search(name) else "types any" if _TYPES.search(name) else "lint any"
            check = Check(f"hook {name}", group, line_of(name), f"id: {name}", limits=tuple(_left_out(hook)))
            words = check_of(" ".join([name, *(f'"{one}"' if " " in one else one for one in _arguments(hook))]))
            yield replace(check, relaxed=words.relaxed, strict=words.strict) if words else check


def _arguments(hook: Any) -> list[str]:
    given = at(hook, "args")
    return [str(one) for one in given] if isinstance(given, list) else []


def _left_out(hook: Any) -> Iterator[tuple[str, str]]:
    """Yield what a hook does not look at, each alternative of its pattern by itself."""
    written = " ".join(str(at(hook, "exclude") or "").split())
    for part in dict.fromkeys(re.sub(r"\(\?x?[:)]|[()^$\s]", "", part) for part in written.split("|")):
        if part and not is_foreign(f"{part.rstrip('/.*')}/"):
            yield f"not for {part}"[:200], f"exclude: {written}"[:300]


def _scripts(document: Any, text: str) -> Iterator[Check]:
    scripts = at(document, "scripts")
    for name, script in scripts.items() if isinstance(scripts, dict) else []:
        line = line_where(text, '"scripts"', f'"{name}"')
        for one in script if isinstance(script, list) else [script]:
            if isinstance(one, str):
                yield from (replace(check, line=line) for check in checks_of(one, line))


def _tasks(tool: Any, text: str) -> Iterator[Check]:
    """Yield the checks of tasks that pyproject.toml holds for one of the runners that keep them there."""
    for way in _TASKS:
        waiting = [at(tool, *way)]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                line = line_where(text, part.split("\n")[0])
                yield from (replace(check, line=line) for check in checks_of(_POSITIONAL.sub(r"\1", part), line))
            elif isinstance(part, (dict, list)):
                waiting.extend(reversed(list(part.values() if isinstance(part, dict) else part)))


def _tox_of_project(tox: Any, text: str) -> Iterator[Check]:
    """Yield the checks of tox's own table in pyproject.toml, or of the ini that it may hold as a text."""
    if isinstance(tox, dict):
        older = tox.get("legacy_tox_ini")
        yield from _environments(parse("tox.ini", older) if isinstance(older, str) else tox, text)


def _environments(document: dict[str, Any], text: str) -> Iterator[Check]:
    environments = document.get("env")
    sections = {**document, **(environments if isinstance(environments, dict) else {})}
    for name, section in sections.items():
        if not isinstance(section, dict):
            continue
        forgiven = is_true(section.get("ignore_outcome"))
        for command in _tox_commands(section):
            line = line_where(text, name, command.split()[0] if command.split() else "")
            for check in checks_of(command.strip().lstrip("-"), line):
                yield replace(check, line=line, never_fails=forgiven or command.strip().startswith("-"))


def _tox_commands(section: dict[str, Any]) -> Iterator[str]:
    for key in ("commands", "commands_pre", "commands_post"):
        value = section.get(key)
        if isinstance(value, str):
            joined = value.replace("\\\n", " ")
            yield from (
                re.sub(r"^[\w,!{}.-]+:\s+|\{posargs:?([^{}]*)\}", r"\1", line.strip()) for line in joined.split("\n")
            )
        elif isinstance(value, list):
            words = ([word for word in line if isinstance(word, str)] for line in value if isinstance(line, list))
            yield from (" ".join(line) for line in words)


def _sessions(text: str) -> Iterator[Check]:
    for match in _SESSION.finditer(text):
        words = (f'"{word}"' if " " in word else word for word in _QUOTED.findall(match[1]))
        found = check_of(" ".join(words), text.count("\n", 0, match.start()) + 1)
        if found:
            yield replace(found, never_fails=bool(_MANY_CODES.search(match[1])))
