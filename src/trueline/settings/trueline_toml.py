"""From the text of `trueline.toml` (or `[tool.trueline]` of `pyproject.toml`) to settings.

Every problem of the file is found in one run. Pure: nothing is looked up on disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from trueline.model.errors import BadInput

from .settings import FeedFormat, FeedSetting, GateSetting, Population, RepositorySetting, RuleMode, Settings
from .suggestion import shown
from .toml_file import TomlFile, parse, spelled
from .toml_places import Key

PYPROJECT = "pyproject.toml"
PYPROJECT_TABLE: Key = ("tool", "trueline")
SCHEMA = 1

_TOP = ("schema", "name", "repository", "practices", "records", "feeds", "lake", "rules", "gate")
_REPOSITORY = ("name", "path", "url", "branch", "former_names")
_GATE = ("stopped_share", "judged_changes", "without_replay")
_FEED = ("table", "columns", "population", "format", "path", "ignore", "zone")
# git runs programs for some other forms, such as `ext::`, and takes a leading dash for an option.
_URL = re.compile(r"(?:https?|ssh|git|file)://[^\s-]\S*|[A-Za-z0-9_.][A-Za-z0-9_.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:\S+")
_BRANCH = re.compile(r"[^-\s~^:?*\[\\][^\s~^:?*\[\\]*")


def read_settings(file: Path, content: bytes, shown_as: str) -> Settings:
    """Return the settings of a file. Raises BadInput with every problem, named as `shown_as`."""
    toml = parse(shown_as, content)
    prefix = PYPROJECT_TABLE if file.name == PYPROJECT else ()
    settings = _Reading(toml, prefix, file).settings()
    if toml.problems:
        raise BadInput(toml.problems)
    return settings


def has_settings(file: Path, content: bytes, shown_as: str) -> bool:
    """Say whether a file speaks to Trueline at all: a `pyproject.toml` need not."""
    if file.name != PYPROJECT:
        return True
    if b"trueline" not in content:  # most projects: not even parsed, so never complained about
        return False
    tool = parse(shown_as, content).content.get("tool")
    return isinstance(tool, dict) and "trueline" in tool


class _Reading:
    def __init__(self, toml: TomlFile, prefix: Key, file: Path) -> None:
        self.toml = toml
        self.prefix = prefix
        self.file = file
        self.root = file.parent

    def settings(self) -> Settings:
        content: Any = self.toml.content
        for part in self.prefix:
            content = content[part]
        top = self.toml.table(content, self.prefix, _TOP)
        self._check_schema(top.get("schema"))
        lake = self.toml.table(top.get("lake"), self._key("lake"), ("path",))
        return Settings(
            root=self.root,
            file=self.file,
            name=self.toml.text(top.get("name"), self._key("name")),
            repositories=tuple(self._repositories(top.get("repository"))),
            practices=tuple(self._practices(top.get("practices"))),
            records=self._texts_by_name(top.get("records"), self._key("records")),
            feeds={feed.name: feed for feed in self._feeds(top.get("feeds"))},
            lake=self._path(lake.get("path"), self._key("lake", "path")),
            rules=dict(self._rules(top.get("rules"))),
            gate=self._gate(top.get("gate")),
            origins=self._origins(top),
        )

    def _key(self, *names: str | int) -> Key:
        return (*self.prefix, *names)

    def _check_schema(self, value: object) -> None:
        if value is None or (value == SCHEMA and type(value) is int):
            return
        newer = isinstance(value, int) and value > SCHEMA
        fix = "Upgrade Trueline." if newer else f"Write schema = {SCHEMA}."
        self.toml.wrong(self._key("schema"), f"schema must be {SCHEMA}", fix)

    def _path(self, value: object, key: Key) -> Path | None:
        text = self.toml.text(value, key)
        return None if text is None else self.root / text

    def _practices(self, value: object) -> Iterator[Path]:
        key = self._key("practices")
        table = self.toml.table(value, key, ("paths",))
        for text in self.toml.texts(table.get("paths"), (*key, "paths")):
            yield self.root / text

    def _repositories(self, value: object) -> Iterator[RepositorySetting]:
        names: set[str] = set()
        for number, item in enumerate(self.toml.tables(value, self._key("repository"), _REPOSITORY)):
            key = self._key("repository", number)
            name = self.toml.text(item.get("name"), (*key, "name"))
            if name in names:
                self.toml.wrong(
                    (*key, "name"), f"a repository is or was named {shown(name)} above", "Give each its own name."
                )
            if name:
                names.add(name)
            if not {"path", "url"} & item.keys():
                self.toml.wrong(key, f"{spelled(key)} has neither path nor url", "Say where it is.")
            former_names = self.toml.texts(item.get("former_names"), (*key, "former_names"))
            self._check_former_names(former_names, names, (*key, "former_names"))
            yield RepositorySetting(
                name=name,
                path=self._path(item.get("path"), (*key, "path")),
                url=self._matching(item.get("url"), (*key, "url"), _URL, "a https, ssh, git or file URL"),
                branch=self._matching(item.get("branch"), (*key, "branch"), _BRANCH, "the name of a branch"),
                former_names=former_names,
                place=self.toml.place(key),
            )

    def _check_former_names(self, former_names: Iterable[str], names: set[str], key: Key) -> None:
        """Complain about names that two repositories would share; a name is told where it comes second."""
        for number, former in enumerate(former_names):
            if former in names:
                what = f"{shown(former)} is the name of a repository, now or formerly, above"
                self.toml.wrong((*key, number), what, "A former name belongs to one repository, and is no current one.")
            names.add(former)

    def _matching(self, value: object, key: Key, pattern: re.Pattern[str], what: str) -> str | None:
        text = self.toml.text(value, key)
        if text is not None and not pattern.fullmatch(text):
            self.toml.wrong(key, f"{spelled(key)} must be {what}, not {shown(text)}")
            return None
        return text

    def _feeds(self, value: object) -> Iterator[FeedSetting]:
        for name, item in self.toml.table(value, self._key("feeds")).items():
            key = self._key("feeds", name)
            feed = self.toml.table(item, key, _FEED)
            table = self.toml.text(feed.get("table"), (*key, "table"))
            if isinstance(item, dict) and "table" not in item:
                self.toml.wrong(key, f"{spelled(key)} names no table", "Say which table its rows are for.")
            yield FeedSetting(
                name=name,
                table=table or "",
                columns=self._texts_by_name(feed.get("columns"), (*key, "columns")),
                population=self._population(feed.get("population"), (*key, "population")),
                format=self.toml.text(feed.get("format"), (*key, "format"), get_args(FeedFormat)),  # type: ignore[arg-type]
                path=self._path(feed.get("path"), (*key, "path")),
                ignore=self.toml.texts(feed.get("ignore"), (*key, "ignore")),
                zone=self.toml.text(feed.get("zone"), (*key, "zone")),
            )

    def _population(self, value: object, key: Key) -> Population:
        table = self.toml.table(value, key, ("repositories", "since"))
        return Population(
            repositories=self.toml.texts(table.get("repositories"), (*key, "repositories")),
            since=self.toml.day(table.get("since"), (*key, "since")),
        )

    def _texts_by_name(self, value: object, key: Key) -> dict[str, str]:
        table = self.toml.table(value, key)
        found = {name: self.toml.text(item, (*key, name)) for name, item in table.items()}
        return {name: text for name, text in found.items() if text is not None}

    def _rules(self, value: object) -> Iterator[tuple[str, RuleMode]]:
        for rule, key, item in _rule_tables(self.toml.table(value, self._key("rules")), self._key("rules")):
            mode = self.toml.text(self.toml.table(item, key, ("mode",)).get("mode"), (*key, "mode"), get_args(RuleMode))
            if mode is not None:
                yield rule, mode  # type: ignore[misc]

    def _gate(self, value: object) -> GateSetting:
        key = self._key("gate")
        table = self.toml.table(value, key, _GATE)
        share = self.toml.number(table.get("stopped_share"), (*key, "stopped_share"), 0, 1)
        judged = self.toml.count(table.get("judged_changes"), (*key, "judged_changes"), 1_000_000)
        without = self.toml.text(table.get("without_replay"), (*key, "without_replay"), ("advise", "block"))
        usual = GateSetting()
        return GateSetting(
            usual.stopped_share if share is None else float(share),
            usual.judged_changes if judged is None else judged,
            without or usual.without_replay,  # type: ignore[arg-type]
        )

    def _origins(self, top: Mapping[str, Any]) -> dict[str, str]:
        """Return the origin of each setting: of every one that can be overridden, and of each rule, feed and glob."""
        origins = {}
        for name, value in top.items():
            nested = value.keys() if isinstance(value, dict) else ()
            for key in [(name,), *((name, inner) for inner in nested)]:
                if (place := self._key(*key)) in self.toml.places:
                    origins[".".join(key)] = f"{self.toml.path}:{self.toml.line(place)}"
        return origins


def _rule_tables(table: Mapping[str, Any], key: Key) -> Iterator[tuple[str, Key, object]]:
    """Yield rules by id; `[rules.operations.late]` is `operations.late`, for its id has a dot that nobody quotes."""
    for name, item in table.items():
        if isinstance(item, dict) and item and all(isinstance(inner, dict) for inner in item.values()):
            for inner, setting in item.items():
                yield f"{name}.{inner}", (*key, name, inner), setting
        else:
            yield name, (*key, name), item
