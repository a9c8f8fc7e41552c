"""Read floors of coverage and what is left out of them: coverage.py, jest, vitest, nyc, Codecov, JaCoCo, Sonar.

A floor keeps its name when it moves to another file; only numbers that are written out are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trueline.model.enforcement import Ledger, Measure

from .configs import Unreadable, at, decoded, is_foreign, is_true, line_where, listed, parse, parse_xml
from .script_literals import SCRIPT_ENDINGS, parse_script

_PYTHON = re.compile(r"(^|/)(pyproject\.toml|setup\.cfg|tox\.ini|\.?coveragerc(\.\w+)?|\.?pytest\.ini)$")
_SCRIPT = re.compile(
    r"(^|/)(package\.json|(jest|vitest|vite|karma)\.config[\w.-]*|\.(nycrc|c8rc)(\.json|\.ya?ml)?|nyc\.config\.\w+)$"
)
_CODECOV = re.compile(r"(^|/)\.?codecov\.ya?ml$")
_POM = re.compile(r"(^|/)pom\.xml$")
_GRADLE = re.compile(r"\.gradle(\.kts)?$")
_SONAR = re.compile(r"(^|/)(\.sonarcloud|sonar-project)\.properties$")
_COMMANDS = re.compile(
    r"(^|/)(GNU)?[Mm]akefile$|(^|/)\.github/workflows/[^/]+\.ya?ml$|(^|/)noxfile\.py$|(^|/)\.gitlab-ci\.yml$|\.sh$"
)
_UNDER = re.compile(r"--(?:cov-)?fail-under(?:-lines)?[=\s]+[\"']?(\d+(?:\.\d+)?)")
_METRIC_FLAG = re.compile(r"--(branches|functions|lines|statements)[=\s]+(\d+(?:\.\d+)?)\b")
_CHECK_FLAG = re.compile(r"\b(?:nyc|c8)\b[^\n]*--check-coverage\b(?![ =]false)")
_RUBY = re.compile(r"(^|/)(\.simplecov|[\w-]*(spec|test)_helper\.rb)$")
_RUBY_MINIMUM = re.compile(r"\b(minimum_coverage(?:_by_file)?)\b[^\d\n]*(\d+(?:\.\d+)?)")
_GO = re.compile(r"(^|/)\.?testcoverage\.ya?ml$")
_PERCENT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*%?\s*")
_MINIMUM = re.compile(
    r"(?:counter\s*=\s*[\"'](?P<counter>\w+)[\"'])?[^{}]*?\b(?:minimum\s*=|minBound\(|minValue\s*=)\s*[\"']?(?P<value>[\d.]+)"
)
_WORDS_OF_SCRIPTS = re.compile(r"hreshold|nyc|c8|coveragePathIgnore|collectCoverageFrom")
_METRICS = ("branches", "functions", "lines", "statements")


def selects(path: str) -> bool:
    """Return True for files that may hold a floor of coverage."""
    return not is_foreign(path) and any(
        p.search(path) for p in (_PYTHON, _SCRIPT, _CODECOV, _POM, _GRADLE, _SONAR, _COMMANDS, _RUBY, _GO)
    )


def read(path: str, content: bytes) -> Ledger:
    """Return the floors of a file."""
    text = decoded(content)
    try:
        found = list(_measures(path, text, content))
    except Unreadable as error:
        return Ledger(path, "", problem=str(error))
    unique = {(measure.key, measure.scope): measure for measure in reversed(found)}
    return Ledger(path, "", measures=tuple(reversed(unique.values())))


def _measures(path: str, text: str, content: bytes) -> Iterator[Measure]:
    yield from _of_command_lines(text)
    if _PYTHON.search(path) and ("coverage" in text or "coveragerc" in path):
        yield from _of_coverage(parse(path, text), text)
    elif _SCRIPT.search(path) and _WORDS_OF_SCRIPTS.search(path + text):
        yield from _of_script(path, text)
    elif _CODECOV.search(path):
        yield from _of_codecov(parse(path, text), text)
    elif _POM.search(path) and "<minimum>" in text:
        yield from _of_jacoco(parse_xml(content), text)
    elif _GO.search(path):
        yield from _of_go(parse(path, text), text)
    else:
        yield from _of_words(path, text)


def _of_command_lines(text: str) -> Iterator[Measure]:
    for match in _UNDER.finditer(text):
        yield _floor("coverage.fail_under", match[1], _line(text, match), match[0])
    for match in _METRIC_FLAG.finditer(text):
        yield _floor(f"coverage global {match[1]}", match[2], _line(text, match), match[0])
    if found := _CHECK_FLAG.search(text):
        yield Measure("coverage_lowered", "check-coverage", "yes", "present", _line(text, found), found[0][:300])


def _of_words(path: str, text: str) -> Iterator[Measure]:
    """Yield what files say in which nothing but the words themselves can be read."""
    if _RUBY.search(path):
        for match in _RUBY_MINIMUM.finditer(text):
            yield _floor(match[1], match[2], _line(text, match), match[0])
    elif _GRADLE.search(path) and ("jacoco" in text or "kover" in text):
        for match in _MINIMUM.finditer(text):
            yield _floor(f"jacoco {match['counter'] or 'coverage'}", match["value"], _line(text, match), match[0])
    elif _SONAR.search(path):
        for match in re.finditer(r"(?m)^sonar\.(coverage\.exclusions|exclusions)\s*=\s*(.*)$", text):
            yield from (_left_out(f"sonar {entry}", line_where(text, entry)) for entry in listed(match[2]))


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def _of_go(document: Any, text: str) -> Iterator[Measure]:
    for part in ("file", "package", "total"):
        number = _PERCENT.fullmatch(str(at(document, "threshold", part) or ""))
        if number:
            yield _floor(f"go coverage {part}", number[1], line_where(text, "threshold", part))
    for entry in listed(at(document, "exclude", "paths")):
        yield _left_out(f"exclude {entry}", line_where(text, "exclude", entry))


def _of_coverage(document: Any, text: str) -> Iterator[Measure]:
    for part in ("report", "run"):
        sections = [at(document, "tool", "coverage", part), at(document, f"coverage:{part}"), at(document, part)]
        for section in sections:
            if isinstance(section, dict):
                yield from _of_coverage_section(part, section, text)


def _of_coverage_section(part: str, section: dict[str, Any], text: str) -> Iterator[Measure]:
    scope = f"coverage {part}"
    yield Measure("coverage_lowered", scope, "settings coverage", "present", line_where(text, part))
    floor = _PERCENT.fullmatch(str(section.get("fail_under", "")))
    if floor:
        yield _floor("coverage.fail_under", floor[1], line_where(text, "fail_under"), f"fail_under = {floor[1]}")
    for name in ("omit", "exclude_lines", "exclude_also"):
        for entry in _lines(section.get(name)):
            yield _left_out(f"{name.replace('lines', 'also')} {entry}", line_where(text, name, entry), scope)
    for name in ("source", "source_pkgs"):
        for entry in _lines(section.get(name)):
            yield Measure("coverage_lowered", f"{name} {entry}", "yes", "present", line_where(text, name), "", scope)
    if is_true(section.get("branch")):
        yield Measure("coverage_lowered", "branch", "yes", "present", line_where(text, "branch"), "", scope)


def _lines(value: Any) -> list[str]:
    """Return entries of which each may hold white space and commas: patterns, one to a line."""
    if isinstance(value, list):
        return [str(part) for part in value]
    return [
        line.strip().rstrip(",") for line in str(value or "").split("\n") if line.strip() and line.strip()[0] != "#"
    ]


def _of_script(path: str, text: str) -> Iterator[Measure]:
    document = parse_script(path, text) if path.rpartition(".")[2] in SCRIPT_ENDINGS else parse(path, text)
    for section in _everywhere(document, ("coverageThreshold", "thresholds", "threshold"), 0):
        for part, value in {**section, "global": section.get("global", section)}.items():
            for metric in _METRICS:
                number = _PERCENT.fullmatch(str(at(value, metric) if isinstance(value, dict) else ""))
                if number:
                    yield _floor(f"coverage {part} {metric}", number[1], line_where(text, "hreshold", metric))
    yield from _left_out_of_script(document, text)
    nyc = document if re.search(r"nyc|c8rc", path) else at(document, "nyc") or at(document, "c8")
    if isinstance(nyc, dict):
        for metric in _METRICS:
            number = _PERCENT.fullmatch(str(nyc.get(metric, "")))
            if number:
                yield _floor(f"coverage global {metric}", number[1], line_where(text, metric))
        if is_true(nyc.get("check-coverage")):
            yield Measure("coverage_lowered", "check-coverage", "yes", "present", line_where(text, "check-coverage"))


def _left_out_of_script(document: Any, text: str) -> Iterator[Measure]:
    for where in (document, at(document, "jest")):
        refused = [entry[1:] for entry in listed(at(where, "collectCoverageFrom")) if entry.startswith("!")]
        for entry in [*refused, *listed(at(where, "coveragePathIgnorePatterns"))]:
            yield _left_out(f"not of {entry}", line_where(text, entry))


def _everywhere(value: Any, names: tuple[str, ...], depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if key in names and isinstance(part, dict):
            yield part
        elif isinstance(part, (dict, list)):
            yield from _everywhere(part, names, depth + 1)


def _of_codecov(document: Any, text: str) -> Iterator[Measure]:
    yield Measure("coverage_lowered", "codecov settings", "settings coverage", "present")
    if _is_off(at(document, "coverage", "status")):
        yield _judged_unless_said("codecov status off", line_where(text, "status"))
    for status in ("project", "patch"):
        stated = at(document, "coverage", "status", status)
        if _is_off(stated):
            yield _judged_unless_said(f"codecov {status} off", line_where(text, status))
        parts = stated.items() if isinstance(stated, dict) else ()
        for name, part in parts:
            yield from _of_codecov_status(f"codecov {status} {name}", part, text)
    for entry in listed(at(document, "ignore")):
        yield _left_out(f"codecov ignore {entry}", line_where(text, "ignore", entry), "codecov settings")


def _of_codecov_status(key: str, part: Any, text: str) -> Iterator[Measure]:
    target, threshold = (_PERCENT.fullmatch(str(at(part, name) or "")) for name in ("target", "threshold"))
    if target:
        yield _floor(f"{key} target", target[1], line_where(text, "target"), f"target: {target[0].strip()}")
    if threshold:
        line = line_where(text, "threshold")
        yield Measure("coverage_lowered", f"{key} threshold", threshold[1], "less", line, f"threshold: {threshold[0]}")
    if is_true(at(part, "informational")):
        yield _judged_unless_said(f"{key} informational", line_where(text, "informational"))


def _is_off(stated: Any) -> bool:
    return str(stated).lower() in ("off", "false", "no")


def _judged_unless_said(key: str, line: int) -> Measure:
    """Return what Codecov no longer judges: without a file of settings it judges everything, so a new one counts."""
    return Measure("coverage_lowered", key[:300], "", "absent", line, key, "codecov")


def _of_jacoco(root: Any, text: str) -> Iterator[Measure]:
    for rule in root.iter("rule"):
        element = rule.findtext("element") or "BUNDLE"
        for limit in rule.iter("limit"):
            words = [element, limit.findtext("counter") or "INSTRUCTION", limit.findtext("value") or "COVEREDRATIO"]
            number = _PERCENT.fullmatch(limit.findtext("minimum") or "")
            if number:
                yield _floor(
                    f"jacoco {' '.join(word.strip() for word in words)}", number[1], line_where(text, "<minimum>")
                )


def _floor(key: str, value: str, line: int, text: str = "") -> Measure:
    return Measure("coverage_lowered", key, f"{float(value):g}", "more", line, " ".join(text.split())[:300])


def _left_out(key: str, line: int, scope: str = "") -> Measure:
    return Measure("coverage_lowered", key[:300], "yes", "absent", line, "", scope)
