"""docs/reference/json.md tells every key that the commands print for the example company, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from docs_build.commands import every_command
from docs_build.harbour import AS_OF
from docs_build.json_page import ENVELOPE, ERROR, OR_NULL, Keys, documented

from trueline.surfaces.cli.main import run

DOCUMENTED = documented()
SHAPES, COMMANDS = DOCUMENTED["shapes"], DOCUMENTED["commands"]
CALLS: Mapping[str, tuple[str, ...]] = {
    "scan": ("scan", "--as-of", AS_OF),
    "init": ("init", "--dry-run"),
    "new": ("new", "decision", "--dry-run", "--set", "title=Keep whole cents", "--set", "status=accepted"),
    "new --list": ("new", "--list"),
    "collect": ("collect",),
    "check": ("check", "--as-of", AS_OF, "--record"),
    "finding list": ("finding", "list", "--as-of", AS_OF),
    "finding show": ("finding", "show", "FINDING", "--as-of", AS_OF),
    "duties": ("duties", "--as-of", AS_OF),
    "duties DUTY": ("duties", "ownership", "--as-of", AS_OF),
    "rule list": ("rule", "list"),
    "rule show": ("rule", "show", "finished_work_without_release"),
    "rule run": ("rule", "run", "codeowners_line_without_effect"),
    "rule test": ("rule", "test", "codeowners_line_without_effect"),
    "metric list": ("metric", "list"),
    "metric show": ("metric", "show", "truck_factor"),
    "query": ("query", "select 1 as one"),
    "query --tables": ("query", "--tables"),
    "doctor": ("doctor",),
    "trace": ("trace", "--exit-zero"),
    "gate": ("gate", "--base", "HEAD~5", "--head", "HEAD"),
    "explain": ("explain", "README.md"),
    "identity list": ("identity", "list", "--people"),
    "practice list": ("practice", "list"),
    "practice show": ("practice", "show", "people"),
}
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "text": str,
    "number": (int, float),
    "boolean": bool,
    "date": str,
    "instant": str,
}
WRITTEN = {"date": re.compile(r"\d{4}-\d\d-\d\d"), "instant": re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")}
OPTIONAL = {"errors"}
ONLY_OF_CHECKS = {"severity", "weight", "owner", "fix", "examines", "precision", "violations"}
ONLY_OF_METRICS = {"unit", "direction", "grain", "target"}


@pytest.fixture(scope="module")
def berths(harbour: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a repository of the example company that has been scanned."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUELINE_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("TRUELINE_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))
        patch.chdir(harbour / "berths")
        assert run(["scan", "--quiet", "--format", "json", "--output", str(harbour / "scan.json")]) == 0
        yield harbour / "berths"


def answer(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    if "FINDING" in words:
        finding = answer(CALLS["finding list"], capsys)["findings"][0]["id"]
        words = tuple(finding if word == "FINDING" else word for word in words)
    run([*words, "--quiet", "--format", "json"])
    return dict(json.loads(capsys.readouterr().out))


def complaints(value: Any, kind: str, place: str) -> Iterator[str]:
    """Yield where a value is not what its documented type says."""
    if kind.endswith(OR_NULL):
        if value is None:
            return
        kind = kind.removesuffix(OR_NULL)
    if kind.startswith("list of "):
        for item in value:
            yield from complaints(item, kind.removeprefix("list of "), f"{place}[]")
    elif kind in SHAPES:
        yield from key_complaints(value, SHAPES[kind], place)
    elif kind in TYPES:
        right = isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))
        if not right or (kind in WRITTEN and not WRITTEN[kind].fullmatch(value)):
            yield f"{place} is {value!r}, not {kind}"


def key_complaints(value: Mapping[str, Any], keys: Keys, place: str) -> Iterator[str]:
    expected = expanded(keys)
    further = value.get("columns", {}).keys() if place.startswith(("metric show", "series")) else set()
    for key in sorted(value.keys() - expected.keys() - further):
        yield f"{place}.{key} is not documented"
    for key in sorted(expected.keys() - value.keys() - OPTIONAL):
        yield f"{place}.{key} is documented and not there"
    for key in expected.keys() & value.keys():
        yield from complaints(value[key], expected[key][0], f"{place}.{key}")


def expanded(keys: Keys) -> dict[str, tuple[str, str]]:
    if "..." not in keys:
        return dict(keys)
    return {**SHAPES[keys["..."][0]], **{key: told for key, told in keys.items() if key != "..."}}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_json_of_a_command_is_as_documented(command: str, berths: Path, capsys: pytest.CaptureFixture[str]):
    given = answer(CALLS[command], capsys)

    keys = {**ENVELOPE, **COMMANDS[command]}
    if "as_of" not in given:
        keys = {key: told for key, told in keys.items() if key not in ("as_of", "known_at")}
    if command == "rule show":
        keys = {key: told for key, told in keys.items() if key not in ONLY_OF_METRICS}
    if command == "metric show":
        for row in given["series"]:
            for further in given["columns"]:
                row.pop(further)
    assert list(key_complaints(given, keys, command)) == []
    assert given["command"] == " ".join(word for word in command.split() if word.islower() and word[0] != "-")


def test_the_json_of_a_metric_is_as_documented(berths: Path, capsys: pytest.CaptureFixture[str]):
    given = answer(("rule", "show", "truck_factor"), capsys)

    keys = {key: told for key, told in {**ENVELOPE, **COMMANDS["rule show"]}.items() if key not in ONLY_OF_CHECKS}
    assert list(key_complaints(given, keys, "rule show")) == []


@pytest.mark.parametrize(
    "words", [("metric", "show", "no_such_metric"), ("scan", "--no-such-option"), ("query", "select 1; select 2")]
)
def test_an_error_has_one_shape_and_ends_with_two(
    words: tuple[str, ...], berths: Path, capsys: pytest.CaptureFixture[str]
):
    status = run([*words, "--format", "json"])
    given = json.loads(capsys.readouterr().out)

    assert status == 2
    assert given.keys() == {"schema", "ok", "errors"}
    assert (given["schema"], given["ok"]) == (1, False)
    assert [complaint for error in given["errors"] for complaint in key_complaints(error, ERROR, "error")] == []


def test_every_command_that_prints_json_is_documented():
    spoken = {
        " ".join(words)
        for words, command in every_command()
        if any(parameter.name == "format_" and "json" in parameter.type.choices for parameter in command.params)
    }
    assert spoken - COMMANDS.keys() == set()
