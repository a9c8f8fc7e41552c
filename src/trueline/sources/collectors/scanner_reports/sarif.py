"""Read SARIF 2.1.0 (OASIS, March 2020): runs of tools with their results.

Results of kind pass, notApplicable and informational say that nothing is wrong and are only counted. What a rule about
secrets says is not kept, not even as part of a digest.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any

from .json_file import JsonFile, first_line, instant, listed, mapping, read_json, text_of, web_page
from .places import Places
from .secrets import is_about_secrets

VERSION = "2.1.0"
LEVELS = ("error", "warning", "note", "none")
BASELINE_STATES = ("new", "unchanged", "updated", "absent")
NOTHING_WRONG = ("pass", "notApplicable", "informational")
MAX_LINE = 50_000_000
_FIX = "Let the tool write SARIF 2.1.0"
_NUMBER = re.compile(r"\d+")
_LINK = re.compile(r"(?<!\\)\[([^\[\]]{1,500})\]\([^()\s]{1,500}\)")


@dataclass(frozen=True)
class Result:
    """One result."""

    rule: str
    level: str
    path: str | None
    line: int | None
    message: str | None
    fingerprint: str
    is_suppressed: bool
    baseline_state: str | None
    help_uri: str | None


@dataclass(frozen=True)
class Run:
    """One run of one tool."""

    tool: str
    category: str
    tool_version: str | None
    rules: frozenset[str]
    lists_all_rules: bool
    is_successful: bool
    ran_at: datetime | None
    results: tuple[Result, ...]
    repeated: int = 0
    """Results that were there before, at the same place."""
    left_out: int = 0
    """Results that say that nothing is wrong."""
    outside: int = 0
    """Results about files outside the repository."""


def sarif_runs(file: IO[bytes], known: frozenset[str], checkout: str) -> Iterator[Run]:
    """Yield the runs of a log. Raises ReportRefused; `known` and `checkout` as in `Places`."""
    log = read_json(file, _FIX)
    version = log.top.get("version")
    if version != VERSION:
        said = f"has version {version[:20]}" if isinstance(version, str) else "says no version"
        raise log.refused(f"{said}, not {VERSION}", "version", _FIX)
    runs = log.top.get("runs")
    if not isinstance(runs, list):
        raise log.refused("has no list of runs", "runs", _FIX)
    for number, run in enumerate(runs, start=1):
        _check(log, run, number)
        yield _Reading(run, known, checkout).run()


def _check(log: JsonFile, run: Any, number: int) -> None:
    if not text_of(mapping(run, "tool", "driver").get("name"), 100):
        raise log.refused(f"has run {number} of a tool without a name", "runs", _FIX)
    if listed(mapping(run, "externalPropertyFileReferences").get("results")):
        message = f"has run {number} with its results in other files"
        raise log.refused(message, "externalPropertyFileReferences", "Let the tool write one file")
    results = run.get("results")
    if results is not None and not isinstance(results, list):
        raise log.refused(f"has run {number} whose results are no list", "results", _FIX)
    for position, result in enumerate(results or (), start=1):
        if not isinstance(result, dict):
            raise log.refused(f"has run {number} whose result {position} is no object", "results", _FIX)


class _Reading:
    """One run while it is read."""

    def __init__(self, run: Mapping[str, Any], known: frozenset[str], checkout: str) -> None:
        self._run = run
        self._driver = mapping(run, "tool", "driver")
        self._tool = text_of(self._driver.get("name"), 100)
        self._places = Places(run, known, checkout)
        extensions = [one for one in listed(mapping(run, "tool").get("extensions")) if isinstance(one, dict)]
        self._components = [self._driver, *extensions]
        self._rules: dict[str, Mapping[str, Any]] = {
            text_of(rule.get("id"), 300): rule for one in self._components for rule in _rules(one)
        }
        self._rules.pop("", None)

    def run(self) -> Run:
        """Return the run."""
        wrong = [one for one in listed(self._run.get("results")) if one.get("kind") not in NOTHING_WRONG]
        results: dict[str, Result] = {}
        seen: set[tuple[str, bytes]] = set()
        times: Counter[str] = Counter()
        outside = 0
        for raw in wrong:
            result, spot, is_outside = self._result(raw)
            if (result.fingerprint, spot) in seen:
                continue
            seen.add((result.fingerprint, spot))
            outside += is_outside
            times[result.fingerprint] += 1
            _add(results, result, times[result.fingerprint])
        broken = {result.rule for result in results.values()} - {""}
        return Run(
            tool=self._tool,
            category=_category(self._run),
            tool_version=text_of(self._driver.get("semanticVersion") or self._driver.get("version"), 100) or None,
            rules=frozenset(self._rules) | broken,
            lists_all_rules=bool(self._rules.keys() - broken),
            is_successful=_is_successful(self._run),
            ran_at=_ran_at(self._run),
            results=tuple(results.values()),
            repeated=len(wrong) - len(results),
            left_out=len(listed(self._run.get("results"))) - len(wrong),
            outside=outside,
        )

    def _result(self, raw: Mapping[str, Any]) -> tuple[Result, bytes, bool]:
        """Return a result, a digest of where it stands and what it says, and whether its file lies outside the repository."""
        rule_id, rule = self._rule(raw)
        is_secret = is_about_secrets(self._tool, rule_id, rule, raw)
        physical = mapping((listed(raw.get("locations")) or [None])[0], "physicalLocation")
        location, region = mapping(physical, "artifactLocation"), mapping(physical, "region")
        path = self._places.path_of(location)
        said = None if is_secret else _message(raw, rule)
        level = raw.get("level") or mapping(rule, "defaultConfiguration").get("level") or "warning"
        baseline = raw.get("baselineState")
        result = Result(
            rule=rule_id,
            level=level if level in LEVELS else "warning",
            path=path,
            line=_line(region.get("startLine")),
            message=first_line(said),
            fingerprint=_fingerprint(rule_id, path, [] if is_secret else _identity(raw, said, region)),
            is_suppressed=_is_suppressed(raw),
            baseline_state=baseline if baseline in BASELINE_STATES else None,
            help_uri=web_page(rule.get("helpUri")),
        )
        outside = bool(location) and path is None
        spot = json.dumps([location.get("uri") if outside else None, region, raw.get("message")])
        return result, hashlib.sha256(spot.encode()).digest(), outside

    def _rule(self, raw: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """Return the id of the rule and what the tool says of it, which stands with the driver or an extension."""
        reference = mapping(raw, "rule")
        component = mapping(reference, "toolComponent").get("index")
        index = reference.get("index", raw.get("ruleIndex"))
        at = component + 1 if isinstance(component, int) and 0 <= component < len(self._components) - 1 else 0
        rules = _rules(self._components[at])
        told = rules[index] if isinstance(index, int) and 0 <= index < len(rules) else {}
        rule_id = text_of(raw.get("ruleId") or reference.get("id") or told.get("id"), 300)
        # An id may go on below the id of its rule, as in CA1000/1.
        return rule_id, told or self._rules.get(rule_id) or self._rules.get(rule_id.rpartition("/")[0], {})


def _rules(component: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the rules of a component, by their index."""
    return [rule if isinstance(rule, dict) else {} for rule in listed(component.get("rules"))]


def _add(results: dict[str, Result], result: Result, time: int) -> None:
    """Take a result in; what says the same at another place of the file gets a number of its own."""
    key = result.fingerprint if time == 1 else f"{result.fingerprint}:{time}"
    results[key] = replace(result, fingerprint=key)


def _category(run: Mapping[str, Any]) -> str:
    """Return which of several runs it is: the part of its id before the last slash, which names the day or number."""
    return text_of(mapping(run, "automationDetails").get("id"), 200).rpartition("/")[0]


def _is_successful(run: Mapping[str, Any]) -> bool:
    """Say whether the tool got to its end; without a list of results it looked at nothing (SARIF 3.14.23)."""
    ends = [mapping(one).get("executionSuccessful") for one in listed(run.get("invocations"))]
    return isinstance(run.get("results"), list) and False not in ends


def _ran_at(run: Mapping[str, Any]) -> datetime | None:
    told = [mapping(one) for one in listed(run.get("invocations"))]
    found = [instant(one.get("endTimeUtc")) or instant(one.get("startTimeUtc")) for one in told]
    return max((one for one in found if one is not None), default=None)


def _is_suppressed(raw: Mapping[str, Any]) -> bool:
    """Say whether it is excused: by some suppression, and none under review or rejected (SARIF 3.27.23)."""
    states = [mapping(one).get("status", "accepted") for one in listed(raw.get("suppressions"))]
    return bool(states) and all(state == "accepted" for state in states)


def _message(raw: Mapping[str, Any], rule: Mapping[str, Any]) -> str | None:
    """Return what a result says, written out: by the rule's text and its arguments, links as their words."""
    message = mapping(raw, "message")
    said = message.get("text") or message.get("markdown")
    if not isinstance(said, str):
        key = message.get("id")
        found = mapping(rule, "messageStrings", key) if isinstance(key, str) else {}
        said = found.get("text") or found.get("markdown")
    if not isinstance(said, str):
        return None
    for position, argument in enumerate(listed(message.get("arguments"))[:20]):
        said = said[:20_000].replace(f"{{{position}}}", text_of(argument, 300))
    return _LINK.sub(r"\1", said[:20_000])


def _identity(raw: Mapping[str, Any], said: str | None, region: Mapping[str, Any]) -> list[str]:
    """Return what tells a result from others of its rule and file: the tool's fingerprints, else its words and code.

    Numbers in words, such as how long a function is, may change while it stays the same result. Some tools write the same sentence as fingerprint of everything; a fingerprint has no blanks.
    """
    found = {**mapping(raw, "fingerprints"), **mapping(raw, "partialFingerprints")}
    told = [f"{name}={value}" for name, value in sorted(found.items()) if isinstance(value, str) and " " not in value]
    if told:
        return told
    snippet = mapping(region, "snippet").get("text")
    return [_NUMBER.sub("#", said or ""), snippet[:20_000] if isinstance(snippet, str) else ""]


def _fingerprint(rule: str, path: str | None, identity: Sequence[str]) -> str:
    content = json.dumps([rule, path, *identity])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _line(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < MAX_LINE else None
