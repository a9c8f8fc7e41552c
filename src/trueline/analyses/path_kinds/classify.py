"""Decide the kind of a file from its path by the rules of `rules.yaml`.

Pure: a path always gets the same answer. Whether the file exists or what it holds is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

Kind = Literal[
    "vendored", "generated", "documentation", "test", "configuration", "data", "binary_asset", "source", "other"
]

_SETS: Final = ("entries", "directories", "names", "stems", "extensions")


class Classified(NamedTuple):
    """What is known of one path."""

    kind: Kind
    rule: str
    language: str | None


@dataclass(frozen=True)
class _Subject:
    """A path taken apart once for all rules, in lower case."""

    path: str
    entry: str
    directories: frozenset[str]
    top: str
    name: str
    stem: str
    extension: str
    language: str | None


class _Condition:
    """Conditions that must all hold."""

    def __init__(self, stated: Mapping[str, Any]) -> None:
        self._sets = {key: frozenset(stated.get(key, ())) for key in _SETS}
        self._top = frozenset(stated.get("top", ()))
        self._pattern = re.compile(stated["pattern"]) if "pattern" in stated else None
        self._in_language: bool | None = stated.get("in_language")

    def holds(self, subject: _Subject) -> bool:
        if self._in_language is not None and self._in_language != (subject.language is not None):
            return False
        if self._pattern is not None and not self._pattern.search(subject.path):
            return False
        if self._top and subject.top not in self._top:
            return False
        directories = self._sets["directories"]
        if directories and directories.isdisjoint(subject.directories):
            return False
        own = {
            "entries": subject.entry,
            "names": subject.name,
            "stems": subject.stem,
            "extensions": subject.extension,
        }
        return all(not self._sets[key] or value in self._sets[key] for key, value in own.items())


@dataclass(frozen=True)
class _Rule:
    name: str
    kind: Kind
    alternatives: tuple[_Condition, ...]


@cache
def load_rules() -> Mapping[str, Any]:
    """Return the rules that ship with this analysis."""
    import yaml

    text = Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


class Classifier:
    """The rules, made ready for many paths."""

    def __init__(self, stated: Mapping[str, Any]) -> None:
        self._languages: dict[str, str] = {
            extension: language for language, extensions in stated["languages"].items() for extension in extensions
        }
        self._rules = tuple(
            _Rule(rule["rule"], rule["kind"], tuple(map(_Condition, rule.get("any_of", (rule,)))))
            for rule in stated["rules"]
        )

    def classify(self, path: str, entry: str = "file", *, is_ours: bool = False) -> Classified:
        """Return kind, deciding rule and language of one path; the last rule takes whatever is left.

        What `is_ours` is never vendored, whatever its folder is called.
        """
        subject = self._take_apart(path, entry)
        for rule in self._rules:
            if is_ours and rule.kind == "vendored":
                continue
            if any(condition.holds(subject) for condition in rule.alternatives):
                return Classified(rule.kind, rule.name, subject.language)
        raise ValueError(f"no rule decides {path!r}: the last rule must have no condition")

    def _take_apart(self, path: str, entry: str) -> _Subject:
        lowered = path.lower()
        *directories, name = lowered.split("/")
        dotted = name.rpartition(".")
        extension = dotted[2] if dotted[0] else ""
        return _Subject(
            path=lowered,
            entry=entry,
            directories=frozenset(directories),
            top=directories[0] if directories else "",
            name=name,
            stem=name.partition(".")[0],
            extension=extension,
            language=self._languages.get(extension) if entry == "file" else None,
        )
