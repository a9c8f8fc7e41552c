"""`trueline collect` end to end: the fictional company with its three repositories and two feeds, and hostile files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from trueline.tables.engine import Database
from trueline.tables.json_lines import text_literal

from .conftest import Said

BUILD = Path(__file__).parents[2] / "examples" / "harbour" / "build.py"
Trueline = Callable[..., Said]

HEAD = "deployment_id,service,environment,deployed_at,status\n"
ROW = "D-1,berths,production,2026-01-01T00:00:00Z,succeeded\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("built") / "harbour"
    subprocess.run([sys.executable, str(BUILD), str(directory)], check=True, capture_output=True)
    return directory


@pytest.fixture
def harbour(built: Path, tmp_path: Path) -> Path:
    """Return a handbook of its own beside repositories that nobody changes."""
    for name in ("berths", "tariffs", "portal"):
        (tmp_path / name).symlink_to(built / name)
    shutil.copytree(built / "feeds", tmp_path / "feeds")
    shutil.copytree(built / "handbook", tmp_path / "handbook")
    return tmp_path / "handbook"


def asked(trueline: Trueline, handbook: Path, sql: str, *words: str) -> list[dict[str, Any]]:
    """Return rows of the snapshot."""
    said = trueline("query", "-C", handbook, "--format", "jsonl", *words, sql)
    assert said.status == 0, said.err
    return [json.loads(line) for line in said.out.splitlines()]


def state(trueline: Trueline, handbook: Path, table: str, *words: str) -> str:
    (row,) = asked(trueline, handbook, f"select state from catalog where table_name = '{table}'", *words)
    return str(row["state"])


def new_rows(said: Said) -> dict[tuple[str, str | None], int | None]:
    return {(row["source"], row["table"]): row["new_rows"] for row in said.json["collected"]}


def hand_in(trueline: Trueline, handbook: Path, content: str | bytes, *words: str, name: str = "x.csv") -> Said:
    file = handbook / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return trueline("collect", "-C", handbook, "--feed", "deployments", name, "--name", "own", *words)


def test_three_repositories_and_two_feeds_are_collected_and_a_second_time_nothing(
    harbour: Path, trueline: Trueline
) -> None:
    said = trueline("collect", "-C", harbour, "--format", "json").answers()
    brought = new_rows(said)

    assert brought["git/berths", "commits"] == 408
    assert brought["git/tariffs", "commits"] == 289
    assert brought["git/portal", "commits"] == 276
    assert brought["feed/deployments", "deployments"] == 77
    assert brought["feed/incidents", "incidents"] == 7
    assert "feed deployments" in said.err

    again = trueline("collect", "-C", harbour).answers()
    assert again.out.splitlines()[-1] == "5 sources, none failed: 0 new rows."


def test_feeds_can_be_asked_with_what_they_claim_to_cover(harbour: Path, trueline: Trueline) -> None:
    trueline("collect", "-C", harbour).answers()

    feeds = "select feed, source, table_name, repositories, since, row_count from feeds order by feed"
    assert asked(trueline, harbour, feeds) == [
        {
            "feed": "deployments",
            "source": "feed/deployments",
            "table_name": "deployments",
            "repositories": ["berths", "portal"],
            "since": "2024-11-04",
            "row_count": 77,
        },
        {
            "feed": "incidents",
            "source": "feed/incidents",
            "table_name": "incidents",
            "repositories": [],
            "since": "2025-01-01",
            "row_count": 7,
        },
    ]
    unplanned = "select version from deployments where not is_planned order by version"
    assert asked(trueline, harbour, unplanned) == [{"version": "v2.11.1"}, {"version": "v2.27.1"}]
    caused = (
        "select i.incident_id, d.version = i.caused_by_version as agrees from incidents as i"
        " join deployments as d on d.deployment_id = i.caused_by_deployment_id order by incident_id"
    )
    assert asked(trueline, harbour, caused) == [
        {"incident_id": "INC-1", "agrees": True},
        {"incident_id": "INC-4", "agrees": True},
        {"incident_id": "INC-6", "agrees": True},
    ]


def test_a_feed_is_unknown_before_its_first_batch(harbour: Path, trueline: Trueline) -> None:
    before = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    hand_in(trueline, harbour, HEAD + ROW).answers()

    assert state(trueline, harbour, "deployments") == "complete"
    assert state(trueline, harbour, "deployments", "--known-at", before) == "absent"
    assert state(trueline, harbour, "incidents") == "absent"


def test_a_failing_source_is_told_and_does_not_stop_the_rest(harbour: Path, trueline: Trueline) -> None:
    with (harbour.parent / "feeds" / "incidents.jsonl").open("a") as file:
        file.write('{"incident_id": "INC-7", "colour": "red"}\n')

    said = trueline("collect", "-C", harbour, "--format", "json")

    assert said.status == 2
    assert said.json["ok"] is False
    assert new_rows(said)["feed/deployments", "deployments"] == 77
    assert new_rows(said)["feed/incidents", None] is None
    assert [(error["path"], error["line"], error["col"]) for error in said.json["errors"]] == [
        ("../feeds/incidents.jsonl", 8, 1),
        ("../feeds/incidents.jsonl", 8, 1),
        ("../feeds/incidents.jsonl", 8, 17),
        ("../feeds/incidents.jsonl", 8, 36),
    ]
    assert state(trueline, harbour, "incidents") == "absent"
    assert state(trueline, harbour, "deployments") == "complete"


def test_a_repository_that_cannot_be_read_is_named_and_does_not_stop_the_rest(
    harbour: Path, trueline: Trueline, new_repository: Callable[..., Any]
) -> None:
    broken = new_repository("broken")
    broken.commit()
    broken.write(".git/refs/heads/main", "1" * 40 + "\n")
    settings = harbour / "trueline.toml"
    settings.write_text(settings.read_text() + '\n[[repository]]\nname = "broken"\npath = "../broken"\n')

    said = trueline("collect", "-C", harbour).refuses("git/broken: ")

    assert said.out.splitlines()[-1].startswith("6 sources, 1 failed: ")


def test_a_feed_replaces_what_it_brought_before_and_others_stay(harbour: Path, trueline: Trueline) -> None:
    trueline("collect", "-C", harbour).answers()
    hand_in(trueline, harbour, HEAD + ROW + ROW.replace("D-1", "D-2")).answers()

    hand_in(trueline, harbour, HEAD + ROW.replace("succeeded", "failed")).answers()

    count = "select source, count(*) as n, count(case when status = 'failed' then 1 end) as failed from deployments group by source order by source"
    assert asked(trueline, harbour, count) == [
        {"source": "feed/deployments", "n": 77, "failed": 7},
        {"source": "feed/own", "n": 1, "failed": 1},
    ]


def test_an_empty_feed_is_known_to_be_empty(harbour: Path, trueline: Trueline) -> None:
    hand_in(trueline, harbour, HEAD + ROW).answers()

    said = hand_in(trueline, harbour, HEAD).answers()

    assert "known to be empty" in said.out
    assert state(trueline, harbour, "deployments") == "complete"
    assert asked(trueline, harbour, "select * from deployments") == []
    assert asked(trueline, harbour, "select row_count from feeds") == [{"row_count": 0}]


def test_csv_json_lines_and_parquet_say_the_same(harbour: Path, trueline: Trueline) -> None:
    names, values = HEAD.strip().split(","), ROW.strip().split(",")
    database = Database.building()
    columns = ", ".join(f"{text_literal(value)} as {name}" for name, value in zip(names, values, strict=True))
    columns = f"select * replace (deployed_at::timestamptz as deployed_at) from (select {columns})"
    database.execute(f"copy ({columns}) to {text_literal(str(harbour / 'x.parquet'))} (format parquet)")
    parquet = (harbour / "x.parquet").read_bytes()

    assert "2 new rows" in hand_in(trueline, harbour, HEAD + ROW).answers().out
    line = json.dumps(dict(zip(names, values, strict=True)))
    assert "0 new rows" in hand_in(trueline, harbour, line, name="x.ndjson").answers().out
    assert "0 new rows" in hand_in(trueline, harbour, parquet, name="x.parquet").answers().out
    assert "0 new rows" in hand_in(trueline, harbour, parquet, "--as", "parquet", name="x.csv").answers().out


def test_columns_zone_and_ignored_columns_can_be_said_at_the_call(harbour: Path, trueline: Trueline) -> None:
    content = "id,service,env,when,state,url\nD-1,berths,production,2026-07-01 12:00,succeeded,x\n"
    mapping = "deployment_id=id,environment=env,deployed_at=when"

    hand_in(
        trueline, harbour, content, "--columns", mapping, "--columns", "status=state",
        "--ignore", "url", "--zone", "Europe/Lisbon",
    ).answers()  # fmt: skip

    rows = asked(trueline, harbour, "select deployment_id, deployed_at from deployments")
    assert rows == [{"deployment_id": "D-1", "deployed_at": "2026-07-01T11:00:00Z"}]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--feed", "deploymets", "x.csv"), ["Did you mean deployments?", "Feeds fill deployments, incidents"]),
        (("--feed", "commits", "x.csv"), ["no feed fills a table", "Feeds fill deployments, incidents"]),
        (("--feed", "deployments", "none.csv"), ["none.csv: does not exist"]),
        (("--feed", "deployments", "."), ["the format cannot be told"]),
        (("--feed", "deployments", ".", "--as", "csv"), [".: is no file"]),
        (("--feed", "deployments", "/dev/zero", "--as", "csv"), ["/dev/zero: is no file"]),
        (("--feed", "deployments", "x.xls"), ["the format cannot be told from the name", "--as"]),
        (("--feed", "deployments", "x.csv", "--name", "incidents"), ["fills", "another --name"]),
        (("--feed", "deployments", "x.csv", "--name", "../up"), ["is no name for a feed"]),
        (("--feed", "deployments", "x.csv", "--columns", "a"), ["no pair such as"]),
        (("--feed", "deployments", "x.csv", "--zone", "Mars"), ["is no time zone"]),
        (("--name", "own"), ["go with --feed"]),
        (("--feed", "deployments", "x.csv", "--feed", "incidents", "y.csv"), ["one --feed at a time"]),
    ],
    ids=" ".join,
)
def test_a_wrong_call_says_what_to_do(harbour: Path, trueline: Trueline, words: list[str], told: list[str]) -> None:
    trueline("collect", "-C", harbour, *words).refuses(*told)


def test_a_population_that_names_no_repository_is_refused(harbour: Path, trueline: Trueline) -> None:
    settings = harbour / "trueline.toml"
    settings.write_text(settings.read_text().replace('["berths", "portal"]', '["berth", "portal"]'))

    said = trueline("collect", "-C", harbour)

    said.refuses('"berth" is no repository here', "did you mean berths?")
    assert "feed/incidents" in said.out


def test_text_of_a_feed_cannot_act_on_a_terminal(harbour: Path, trueline: Trueline) -> None:
    hostile = "\x1b]0;owned\x07\u202e"

    hand_in(trueline, harbour, HEAD.replace("status", hostile) + f"{hostile},,,{hostile},\n").refuses("is no column")


def test_nothing_to_collect_from_is_told(tmp_path: Path, trueline: Trueline) -> None:
    (tmp_path / "plain").mkdir()

    said = trueline("collect", "-C", tmp_path / "plain").is_told_well()

    assert said.status == 3
    assert said.out.splitlines()[-1] == "0 sources, none failed: 0 new rows."
