"""The index of names for completion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from trueline.app.names import FILE, matching, read_names, write_names
from trueline.model.finding import Finding

FINDING = Finding("F-0123ABCD", "people.service_without_owner", "home", "berths", "names no team", "high")


def test_what_a_run_leaves_is_read_from_any_folder_below(opened: Callable[..., Any], environ: dict[str, str]):
    workspace, definitions = opened(**{"docs/deep/a.md": "# A\n"})

    write_names(workspace.cache, definitions, [FINDING])

    names = read_names(workspace.targets[0].path / "docs" / "deep", environ)
    assert names["findings"] == {"F-0123ABCD": "people.service_without_owner"}
    assert set(names["kinds"]) == set(definitions.kinds)
    assert set(names["rules"]) == {rule.id for rule in (*definitions.checks, *definitions.metrics)}


def test_without_an_index_or_with_a_damaged_one_there_is_nothing(opened: Callable[..., Any], environ: dict[str, str]):
    workspace, _ = opened()
    home = workspace.targets[0].path

    assert read_names(home, environ) == {}
    for damaged in ("{", "[]", '{"schema": 99, "rules": {"a.b": "x"}}', "\xff"):
        (workspace.cache / FILE).write_text(damaged, encoding="latin-1")
        assert read_names(home, environ) == {}


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, opened: Callable[..., Any]):
    _, definitions = opened()

    write_names(tmp_path / "nowhere", definitions, [])

    assert not (tmp_path / "nowhere").exists()


def test_rules_are_found_by_their_bare_name_where_it_is_unique():
    names = {"people.pace": "one", "delivery.pace": "two", "people.owners": "three"}

    assert list(matching(names, "ow")) == [("owners", "three")]
    assert list(matching(names, "pa")) == []
    assert [name for name, _ in matching(names, "people.")] == ["people.pace", "people.owners"]
    assert list(matching({"F-0123ABCD": "x"}, "f-01")) == [("F-0123ABCD", "x")]
