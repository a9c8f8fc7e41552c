"""The gate's answer for forges: SARIF 2.1.0, GitHub's workflow commands, GitLab's code quality report.

Text of repositories is escaped for each: a newline in a file name must not become a command.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from trueline import __version__
from trueline.app.gated import Gated
from trueline.sources.git import path_bytes

from ..escape import json_text, visible
from ..scan.wording import plural
from .notices import Notice, notices_of
from .text import verdict_line

MOST_ANNOTATIONS = 10
"""GitHub shows about ten of a step; the rest is in the summary."""
MOST_RESULTS = 5_000
"""GitHub keeps so many results of a SARIF file."""
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_SARIF_LEVELS = {"block": "error", "report": "warning", "note": "note"}
_COMMANDS = {"block": "error", "report": "warning", "note": "notice"}
_SEVERITIES = {"block": "critical", "report": "minor", "note": "info"}


def sarif(gated: Gated) -> str:
    """Return a SARIF 2.1.0 log with one run. Source: OASIS, SARIF 2.1.0."""
    notices = notices_of(gated)[:MOST_RESULTS]
    titles = {notice.rule: notice.title for notice in notices}
    rules = sorted(titles)
    run = {
        "tool": {
            "driver": {
                "name": "trueline",
                "semanticVersion": __version__,
                "rules": [
                    {"id": rule, "name": rule, "shortDescription": {"text": visible(titles[rule])}} for rule in rules
                ],
            }
        },
        "automationDetails": {"id": "trueline/gate/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(notice, rules.index(notice.rule)) for notice in notices],
        "properties": {"verdict": gated.verdict, "summary": visible(verdict_line(gated))},
        "invocations": [
            {
                "executionSuccessful": gated.verdict != "unknown",
                "toolExecutionNotifications": [
                    {"level": "warning", "message": {"text": visible(text)}} for text in gated.compared.unreadable
                ],
            }
        ],
    }
    return json_text({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def github(gated: Gated) -> str:
    """Return GitHub's workflow commands for the first notices, and the verdict."""
    notices = notices_of(gated)
    lines = [_command(notice) for notice in notices[:MOST_ANNOTATIONS]]
    if len(notices) > MOST_ANNOTATIONS:
        lines.append(f"{plural(len(notices) - MOST_ANNOTATIONS, 'more notice')} in the summary of this job.")
    level = {"block": "error", "unknown": "warning"}.get(gated.verdict, "notice")
    lines.append(f"::{level} title=trueline gate::{_value(verdict_line(gated))}")
    return "\n".join(lines) + "\n"


def gitlab(gated: Gated) -> str:
    """Return GitLab's code quality report."""
    return json_text([_issue(notice) for notice in notices_of(gated)], indent=1) + "\n"


def _result(notice: Notice, rule_index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": notice.rule,
        "ruleIndex": rule_index,
        "level": _SARIF_LEVELS[notice.level],
        "message": {"text": visible(notice.text)},
        "partialFingerprints": {"trueline/v1": notice.fingerprint},
    }
    if notice.path:
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(path_bytes(notice.path)), "uriBaseId": "%SRCROOT%"}}
        if notice.line:
            place["region"] = {"startLine": notice.line}
        result["locations"] = [{"physicalLocation": place}]
    return result


def _command(notice: Notice) -> str:
    place = [f"file={_property(notice.path)}"] if notice.path else []
    place += [f"line={notice.line}"] if notice.path and notice.line else []
    properties = ",".join([*place, f"title={_property(f'{notice.rule}: {notice.title}')}"])
    return f"::{_COMMANDS[notice.level]} {properties}::{_value(notice.text)}"


def _value(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")


def _issue(notice: Notice) -> dict[str, Any]:
    return {
        "description": visible(notice.text),
        "check_name": notice.rule,
        "fingerprint": notice.fingerprint,
        "severity": _SEVERITIES[notice.level],
        "location": {"path": notice.path or ".", "lines": {"begin": notice.line or 1}},
    }
