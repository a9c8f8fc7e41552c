"""Settings, practices and records that are wrong: every mistake told in one run, each with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop

Run = Callable[..., Said]
Make = Callable[..., Workshop]


@pytest.fixture
def repository(new_repository: Make) -> Workshop:
    repository = new_repository()
    repository.commit(files={"README.md": "# R\n"})
    return repository


def test_an_unknown_key_is_told_with_its_place_and_a_suggestion(trueline: Run, repository: Workshop):
    repository.write("trueline.toml", 'name = "x"\n\n[practises]\npaths = []\n')

    trueline("scan", repository.path).refuses("trueline.toml:3:", "practises", "did you mean practices")
    error = trueline("check", "-C", repository.path, "--format", "json").refuses().json["errors"][0]
    assert (error["path"], error["line"]) == ("trueline.toml", 3)


def test_all_mistakes_of_the_settings_are_told_at_once(trueline: Run, repository: Workshop):
    repository.write(
        "trueline.toml",
        'schema = 9\nname = 5\nnmae = "x"\n\n[lake]\npath = []\n\n[[repository]]\nurl = "ext::sh -c id"\n\n'
        '[practices]\npaths = "x"\n\n[feeds.f]\ncolumns = 1\n\n[rules.x]\nmode = "never"\n',
    )

    errors = trueline("scan", repository.path, "--format", "json").refuses().json["errors"]

    assert {error["line"] for error in errors} >= {1, 2, 3, 6, 9, 12, 15, 18}, errors
    assert all(error["path"] == "trueline.toml" and error["message"] for error in errors)


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"name = \x00", b"[[[", b"a = " + b"[" * 20_000, b"name = 'x'\nname = 'y'\n", b"x" * 2_000_000],
    ids=["no UTF-8", "NUL", "no TOML", "nested", "twice", "huge"],
)
def test_settings_that_cannot_be_read_are_told(trueline: Run, repository: Workshop, content: bytes):
    repository.write("trueline.toml", content)

    trueline("scan", repository.path).refuses("trueline.toml")


def test_settings_that_are_no_file_are_passed_over_or_told(trueline: Run, repository: Workshop, tmp_path: Path):
    (repository.path / "trueline.toml").mkdir()
    assert trueline("scan", repository.path).answers()
    trueline("scan", repository.path, "--config", tmp_path / "none.toml").refuses("none.toml", "cannot be read")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('[practices]\npaths = ["none"]\n', ["none", "no such folder"]),
        ('[rules.no_such_rule]\nmode = "off"\n', ["no_such_rule"]),
        ('[records]\n"docs/**" = "no_such_kind"\n', ["no_such_kind"]),
    ],
)
def test_settings_that_name_what_is_not_there_are_told(
    trueline: Run, repository: Workshop, settings: str, words: list[str]
):
    repository.write("trueline.toml", settings)

    trueline("scan", repository.path).refuses(*words)
    trueline("check", "-C", repository.path).refuses(*words)


@pytest.mark.parametrize(
    ("settings", "name", "why"),
    [
        ('[[repository]]\npath = "none"\n', "none", "does not exist"),
        ('[[repository]]\nurl = "https://example.test/a/b"\n', "a/b", "never fetched"),
    ],
)
def test_a_repository_that_is_not_there_limits_the_view_and_stops_nothing(
    trueline: Run, repository: Workshop, settings: str, name: str, why: str
):
    repository.write("trueline.toml", settings)

    assert f"without {name}" in " ".join(trueline("scan", repository.path).answers().out.split())
    assert why in trueline("check", "-C", repository.path).answers().err


def test_all_mistakes_of_a_practice_are_told_at_once(trueline: Run, repository: Workshop):
    repository.write("trueline.toml", '[practices]\npaths = ["p"]\n')
    repository.write("p/practice.yaml", "title: 5\npurpose: [x]\naccountable: {}\nduties: 5\nname: [a]\nextra: 1\n")
    repository.write(
        "p/checks/a.sql", "/* ---\ntitle: [x]\nexamines: 5\nseverity: huge\nduty: {a: b}\nextra: 1\n--- */\nselect 1"
    )
    repository.write("p/checks/b.sql", "select 1")
    repository.write("p/checks/c.sql", "/* ---\na: &a [*a]\n--- */\nselect 1")
    repository.write("p/checks/d.sql", b"\xff\xfe")
    repository.write("p/checks/e.sql", "/* ---\n\ttitle: x\n--- */\nselect 1")
    repository.write("p/checks/f.sql", "/* ---\ntitle: x\ntitle: y\n--- */\nselect 1")
    repository.write("p/records.yaml", "kinds:\n\tx: 1\n")
    repository.write("p/charts/x.vl.json", "{")
    repository.write("p/stray.sql", "select 1")

    said = trueline("scan", repository.path, "--format", "json").refuses()

    told = {Path(error["path"]).name for error in said.json["errors"]}
    assert told >= {
        "practice.yaml",
        "a.sql",
        "b.sql",
        "c.sql",
        "d.sql",
        "e.sql",
        "f.sql",
        "records.yaml",
        "x.vl.json",
        "stray.sql",
    }


HEAD = "---\nkind: decision\n"


def test_records_that_are_wrong_are_findings_with_their_places(trueline: Run, repository: Workshop):
    repository.write("trueline.toml", '[records]\n"decisions/**" = "decision"\n')
    bomb = "a: &a [x,x]\n" + "".join(f"b{i}: &b{i} [*{'a' if i == 0 else f'b{i - 1}'}]\n" for i in range(50))
    for name, content in {
        "bomb.md": f"---\n{bomb}---\n# B\n",
        "tab.md": "---\nstatus:\taccepted\n\tx: 1\n---\n# T\n",
        "twice.md": "---\nstatus: accepted\nstatus: proposed\n---\n# D\n",
        "types.md": "---\nstatus: [1, {a: b}]\ndecided_on: never\nreview_on: 2026-13-45\nid: {}\n---\n# W\n",
        "endless.md": "---\nstatus: accepted\n# W\n",
        "python.md": "---\nstatus: !!python/object/apply:os.system [id]\n---\n# P\n",
        "bad.md": b"---\nstatus: \xff\xfe\n---\n# B\n",
        "nul.yaml": b"a: \x00",
        "list.yaml": "- 1\n- 2\n",
        "many.yaml": "a: 1\n---\nb: 2\n",
        "deep.yaml": "a: " + "[" * 5_000,
        "empty.yaml": "",
    }.items():
        repository.write(f"decisions/{name}", content)

    for words in (["scan", repository.path], ["check", "-C", repository.path], ["duties", "-C", repository.path]):
        assert trueline(*words).is_told_well().status == 0

    sql = "select path, line, col, message from record_problems"
    rows = trueline("query", sql, "-C", repository.path, "--format", "json").answers().json["rows"]
    told = {row["path"].removeprefix("decisions/") for row in rows}
    assert told >= {"bomb.md", "tab.md", "twice.md", "types.md", "python.md", "nul.yaml", "list.yaml", "deep.yaml"}
    assert len([row for row in rows if row["path"].endswith("types.md")]) >= 2
    assert all(row["line"] >= 1 and row["message"] for row in rows), rows
