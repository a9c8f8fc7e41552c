"""The doctor says what is set, where from, and what is wrong; it never raises."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trueline.app.collecting import collect_git
from trueline.app.doctor import Diagnosis, examine
from trueline.app.workspace import open_workspace

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


def diagnose(home: Path, environ: dict[str, str]) -> Diagnosis:
    return examine(home, environ=environ, now=NOW, report=lambda text: None)


def said(found: Diagnosis, stops: bool) -> list[tuple[str, str]]:
    return [(trouble.area, str(trouble.problem)) for trouble in found.troubles if trouble.stops == stops]


def test_a_plain_directory_is_healthy(home: Path, environ: dict[str, str]):
    found = diagnose(home, environ)

    assert found.troubles == []
    assert set(found.versions) == {"trueline", "python", "click", "duckdb", "git"}
    assert {practice[1] for practice in found.practices} == {"built in"}
    assert found.checks_run > 0


def test_every_setting_has_its_value_and_its_origin(home: Path, environ: dict[str, str]):
    (home / "trueline.toml").write_text('schema = 1\n[records]\n"a/*.md" = "decision"\n[lake]\npath = "lake"\n')

    found = diagnose(home, environ | {"TRUELINE_NAME": "harbour"})

    settings = {setting: (value, origin) for setting, value, origin in found.settings}
    assert settings["name"] == ("harbour", "environment TRUELINE_NAME")
    assert settings["records.a/*.md"] == ("decision", "trueline.toml:3")
    assert settings["lake.path"] == (str(home / "lake"), "trueline.toml:5")
    assert settings["practices.paths"][1] == "default"


def test_broken_settings_are_problems_with_their_places(home: Path, environ: dict[str, str]):
    (home / "trueline.toml").write_text('schema = 2\nnam = "x"\n')

    found = diagnose(home, environ)

    assert [text.partition(" ")[0] for _, text in said(found, stops=True)] == [
        "trueline.toml:1:1:",
        "trueline.toml:2:1:",
    ]
    assert found.stopped == 2


def test_a_directory_that_is_not_there_is_a_problem(home: Path, environ: dict[str, str]):
    found = diagnose(home / "nowhere", environ)

    assert [area for area, _ in said(found, stops=True)] == ["settings"]


def test_a_practice_that_cannot_be_loaded_stops_other_commands(home: Path, environ: dict[str, str]):
    (home / "trueline.toml").write_text('schema = 1\n[practices]\npaths = ["nowhere"]\n')

    found = diagnose(home, environ)

    assert [area for area, _ in said(found, stops=True)] == ["practices"]
    assert found.settings


def test_a_rule_that_fails_is_named_and_stops_check(home: Path, environ: dict[str, str]):
    practice = home / "extra"
    (practice / "checks").mkdir(parents=True)
    (practice / "practice.yaml").write_text("title: X\npurpose: X.\naccountable: role:x\nduties: [ownership]\n")
    header = "title: T\nwhy: W.\nduty: ownership\nweight: supports\nexamines: select count(*) from files\n"
    sql = f"/* ---\n{header}severity: low\nexact: true\nfix: F.\n--- */\nselect f.nope as subject, 'is' as message from files as f order by subject\n"
    (practice / "checks" / "broken.sql").write_text(sql)
    (home / "trueline.toml").write_text('schema = 1\n[practices]\npaths = ["extra"]\n')

    found = diagnose(home, environ)

    [(area, text)] = said(found, stops=True)
    assert area == "rules"
    assert "broken.sql:11:8: there is no column nope" in text
    origins = {name: origin for name, origin, *_ in found.practices}
    assert origins["extra"] == "trueline.toml:3"


def test_problems_of_records_are_worth_mending_and_stop_nothing(home: Path, environ: dict[str, str]):
    (home / "trueline.toml").write_text("schema = 1\n")
    (home / "a.md").write_text("---\nkind: team\nid: yard\n---\n")

    found = diagnose(home, environ)

    assert said(found, stops=True) == []
    assert [text.partition(" ")[0] for area, text in said(found, stops=False) if area == "records"] == ["a.md:2:1:"]


def test_impossible_rows_are_counted_and_freshness_is_told(home: Path, environ: dict[str, str]):
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@x.test", "GIT_COMMITTER_NAME": "A"}
    who |= {"GIT_COMMITTER_EMAIL": "a@x.test", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    when = {"GIT_AUTHOR_DATE": "@4102444800 +0000", "GIT_COMMITTER_DATE": "@4102444800 +0000"}
    subprocess.run(["git", "init", "-q", "-b", "main", home], check=True, env=who)
    commit = ["git", "-C", home, "-c", "commit.gpgsign=false", "commit", "-q", "--allow-empty", "-m", "x"]
    subprocess.run(commit, check=True, env=who | when)
    workspace = open_workspace(home, environ=environ, now=NOW, report=lambda text: None)
    assert [done.error for done in collect_git(workspace)] == [None]

    found = diagnose(home, environ)

    assert [text for area, text in said(found, stops=False) if area == "rows"] != []
    assert {table.name: table.collected_at for table in found.tables}["commits"] == NOW


def test_a_damaged_lake_is_a_problem_not_a_traceback(home: Path, environ: dict[str, str]):
    (home / "trueline.toml").write_text('schema = 1\n[lake]\npath = "lake"\n')
    (home / "lake" / "_manifests").mkdir(parents=True)
    (home / "lake" / "_manifests" / "000000000001-abc.json").write_text("{")

    assert [area for area, _ in said(diagnose(home, environ), stops=True)] == ["snapshot"]
