"""Read the settings of quality tools: what each lets pass and what it refuses, setting by setting.

Which way a setting is stricter stands in `settings.yaml`; a setting that it does not name is none of enforcement.
Settings that a script computes are read as far as they are written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, cast

from trueline.model.enforcement import ChangeKind, Ledger, Measure, Stricter

from .commands import check_of
from .configs import Unreadable, at, decoded, is_false, is_foreign, is_true, line_where, listed, parse
from .script_literals import SCRIPT_ENDINGS, parse_script
from .settings_options import options_of_rule
from .settings_rubocop import measures_of_rubocop, selects_rubocop

MOST_ENTRIES = 5_000

_IGNORE_FILE = re.compile(r"ignore$")
_MODULES = re.compile(r"mypy-(.+)")
_CODE_BY_FILE = re.compile(r"([^\s:,]+)\s*:\s*([A-Z]+\d*(?:\s*,\s*[A-Z]+\d*)*)")
_MADE = re.compile(
    r"[!^./*\\(]*(\.\w+|build|dist|docs?|venv|env|coverage|target|out|temp|tmp|__pycache__|site-packages|[\w*]*egg-info|\.?eggs|_?generated)([/*.\\].{0,4})?$"
)
_LEVELS = {
    "off": 0,
    "0": 0,
    "none": 0,
    "false": 0,
    "warn": 1,
    "warning": 1,
    "1": 1,
    "information": 1,
    "error": 2,
    "2": 2,
}
_LEVELS |= {"true": 2}


def selects(path: str) -> bool:
    """Return True for files that hold settings of a quality tool."""
    return not is_foreign(path) and (
        selects_rubocop(path) or bool(_tools_of(path)) or any(rule.file.search(path) for rule in _line_rules())
    )


def read(path: str, content: bytes) -> Ledger:
    """Return the settings of quality tools that a file holds."""
    text = decoded(content)
    ending = path.rpartition(".")[2].lower()
    measures: list[Measure] = []
    problem = None
    try:
        if selects_rubocop(path):
            measures += measures_of_rubocop(path, text)
        tools = _tools_of(path)
        if tools:
            document = _document(path, text, ending)
            for tool, sections in tools:
                measures += _of_tool(tool, document, sections, text)
    except Unreadable as error:
        problem = str(error)
    measures += _of_lines(path, text)
    return Ledger(
        path, ending if ending in ("toml", "yaml", "json") else "ini", measures=tuple(measures), problem=problem
    )


def _document(path: str, text: str, ending: str) -> Any:
    if _IGNORE_FILE.search(path):
        lines = [line.strip() for line in text.split("\n")]
        return {"lines": [line for line in lines if line and not line.startswith("#")]}
    return parse_script(path, text) if ending in SCRIPT_ENDINGS else parse(path, text)


def _of_tool(tool: dict[str, Any], document: Any, sections: list[list[str]], text: str) -> Iterator[Measure]:
    found: dict[tuple[str, str], Measure] = {}
    is_there = False
    for section, prefix in _sections(tool, document, sections):
        is_there = True
        for name, how in tool["settings"].items():
            for measure in _Setting(tool, name, how, prefix, text).measures(section):
                found.setdefault((measure.key, measure.kind), measure)
    if is_there:
        line = line_where(text, *(sections[0][-1:] if sections else ()))
        yield Measure(tool["kind"], f"{tool['tool']} settings", tool["group"], "present", line)
        yield from list(found.values())[:MOST_ENTRIES]


def _sections(tool: dict[str, Any], document: Any, ways: list[list[str]]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the parts of a document that hold settings of a tool, each with the modules that it is for."""
    for way in ways:
        section = at(document, *way) if way else document
        if isinstance(section, list):
            section = {"config": section}
        if isinstance(section, dict):
            yield section, ""
            overrides = section.get("overrides")
            for override in overrides if tool["tool"] == "mypy" and isinstance(overrides, list) else []:
                for module in listed(at(override, "module")):
                    yield override, f" for {module}"
    if tool["tool"] == "mypy" and isinstance(document, dict):
        for name, section in document.items():
            modules = _MODULES.fullmatch(str(name))
            for module in listed(modules[1]) if modules and isinstance(section, dict) else []:
                yield section, f" for {module}"


@dataclass(frozen=True)
class _Setting:
    """One setting of a tool in one section, ready to be measured."""

    tool: dict[str, Any]
    name: str
    how: dict[str, Any]
    suffix: str
    text: str

    def measures(self, section: dict[str, Any]) -> Iterator[Measure]:
        for name, value in self._values(section):
            yield from self._measured(name, value, section)

    def _values(self, section: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        if self.name == "*":
            yield from ((key, value) for key, value in section.items() if str(key).startswith("report"))
        elif self.name.startswith("**."):
            yield from ((self.name[3:], value) for value in _everywhere(section, self.name[3:], 0))
        else:
            other = self.name.replace("-", "_")
            value = section.get(self.name, section.get(other, section.get(self.name.lower())))
            if value is not None:
                yield self.name, value

    def _measured(self, name: str, value: Any, section: dict[str, Any]) -> Iterator[Measure]:
        how = self.how["is"]
        if how in ("strict", "lenient"):
            yield from self._switched(name, value, how, section)
        elif how == "filters":
            yield from self._filtered(value)
        elif how == "options":
            yield from self._optioned(value)
        elif how in ("levels", "level"):
            rules = value if isinstance(value, dict) else {}
            yield from self._levelled(rules if how == "levels" else {name: value})
        elif how in ("selected", "ignored", "ignored_by"):
            yield from self._entered(name, value, how)
        else:
            yield from self._valued(name, value, how)

    def _entered(self, name: str, value: Any, how: str) -> Iterator[Measure]:
        shown = self.how.get("name", name)
        stricter: Stricter = "present" if how == "selected" else "absent"
        if how == "ignored_by":
            yield from (self._one(f"{shown} {where}: {what}", "yes", stricter, what) for where, what in _by_file(value))
        else:
            entries = (
                entry
                for entry in _entries(value)
                if not is_foreign(f"{entry.rstrip('*/')}/") and not (how == "ignored" and _MADE.match(entry))
            )
            yield from (self._one(f"{shown} {entry}", "yes", stricter, entry) for entry in entries)

    def _valued(self, name: str, value: Any, how: str) -> Iterator[Measure]:
        shown = self.how.get("name", name)
        if how in ("at_most", "at_least") and re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
            yield self._one(shown, str(value), "less" if how == "at_most" else "more", name)
        elif how == "rank" and str(value) in self.how["ranks"]:
            yield self._one(shown, str(self.how["ranks"].index(str(value))), "more", name, f"{name} = {value}")
        elif how == "value" and str(value) in self.how["values"]:
            yield self._one(f"{shown} {value}", "yes", "absent", name)
        elif how == "lenient_when_set" and str(value).strip():
            yield self._one(shown, "yes", "absent", name)

    def _switched(self, name: str, value: Any, how: str, section: dict[str, Any]) -> Iterator[Measure]:
        is_set = is_true(value)
        if how == "lenient":
            if is_set and not section.get(self.how.get("unless", "")):
                yield self._one(name, "yes", "absent", name, f"{name} = {value}")
        elif is_set and not self.how.get("default"):
            yield self._one(name, "yes", "present", name, f"{name} = {value}")
        elif is_false(value) and (self.suffix or self.how.get("default") or is_true(section.get("strict"))):
            yield self._one(f"{name} off", "yes", "absent", name, f"{name} = {value}")

    def _levelled(self, rules: dict[str, Any]) -> Iterator[Measure]:
        for rule, given in rules.items():
            if isinstance(given, dict) and "level" not in given:
                yield from self._levelled(given)
                continue
            for key, limit, stricter in options_of_rule(rule, given):
                yield self._one(key, limit, stricter, rule, f"{rule}: {limit}" if stricter == "less" else "")
            said = given[0] if isinstance(given, list) and given else at(given, "level") or given
            level = _LEVELS.get(str(said).lower())
            if level == 0:
                yield self._one(f"{rule} off", "yes", "absent", rule, f"{rule}: {said}")
            elif level:
                yield self._one(f"{rule} level", str(level), "more", rule, f"{rule}: {said}")

    def _filtered(self, value: Any) -> Iterator[Measure]:
        lines = value if isinstance(value, list) else str(value).split("\n")
        for line in (str(line).strip() for line in lines):
            action = line.partition(":")[0].strip()
            if action == "error":
                yield self._one(f"filterwarnings {line}", "yes", "present", line)
            elif action == "ignore":
                yield self._one(f"filterwarnings {line}", "yes", "absent", line)

    def _optioned(self, value: Any) -> Iterator[Measure]:
        words = " ".join(str(word) for word in value) if isinstance(value, list) else str(value)
        check = check_of(f"{self.how['command']} {words}")
        for kind, what in check.relaxed if check else ():
            yield self._one(what, "yes", "absent", "addopts", kind=kind)
        for kind, what in check.strict if check else ():
            yield self._one(what, "yes", "present", "addopts", kind=kind)
        for strict in re.findall(r"--strict(?:-markers|-config)?(?=\s|$)", words):
            yield self._one(strict, "yes", "present", "addopts")

    def _one(
        self, key: str, value: str, stricter: Stricter, word: str, text: str = "", kind: ChangeKind | None = None
    ) -> Measure:
        kind = kind or self.how.get("kind", self.tool["kind"])
        folded = " ".join(key.split())[:300] + self.suffix
        line = line_where(self.text, word)
        return Measure(
            cast("ChangeKind", kind), folded, value, stricter, line, text[:300], f"{self.tool['tool']} settings"
        )


def _everywhere(value: Any, name: str, depth: int) -> Iterator[Any]:
    """Yield what stands under a name at any depth."""
    if depth > 8:
        return
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if key == name:
            yield part
        elif isinstance(part, (dict, list)):
            yield from _everywhere(part, name, depth + 1)


def _entries(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            if isinstance(part, dict):
                yield ", ".join(f"{key}={'+'.join(sorted(listed(part[key]))) or part[key]}" for key in sorted(part))
            else:
                yield str(part)
    else:
        yield from listed(value)


def _by_file(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for where, codes in value.items():
            yield from ((str(where), code) for code in listed(codes))
    elif isinstance(value, (str, list)):
        text = value if isinstance(value, str) else "\n".join(map(str, value))
        for match in _CODE_BY_FILE.finditer(text):
            yield from ((match[1], code) for code in listed(match[2]))


@dataclass(frozen=True)
class _LineRule:
    file: re.Pattern[str]
    pattern: re.Pattern[str]
    name: str
    kind: ChangeKind
    stricter: Stricter


def _of_lines(path: str, text: str) -> list[Measure]:
    found: dict[str, Measure] = {}
    for rule in _line_rules():
        if not rule.file.search(path):
            continue
        for match in rule.pattern.finditer(text):
            about = match.groupdict().get("what") or ""
            key = " ".join([rule.name, *about.split()]).strip() or " ".join(match[0].split())
            line = text.count("\n", 0, match.start()) + 1
            shown = " ".join(match[0].split())[:300]
            found.setdefault(key, Measure(rule.kind, key[:300], "yes", rule.stricter, line, shown))
    return list(found.values())[:MOST_ENTRIES]


@lru_cache(maxsize=4096)
def _tools_of(path: str) -> list[tuple[dict[str, Any], list[list[str]]]]:
    made = []
    for tool in _catalog()["tools"]:
        ways = [way for place in tool["at"] if re.search(place["file"], path) for way in place["sections"]]
        if ways:
            made.append((tool, ways))
    return made


@cache
def _line_rules() -> tuple[_LineRule, ...]:
    return tuple(
        _LineRule(
            re.compile(rule["file"]), re.compile(rule["pattern"]), rule.get("name", ""), rule["kind"], rule["stricter"]
        )
        for rule in _catalog()["lines"]
    )


@cache
def _catalog() -> dict[str, Any]:
    import yaml

    text = (files(__package__) / "settings.yaml").read_text("utf-8")
    return cast("dict[str, Any]", yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
