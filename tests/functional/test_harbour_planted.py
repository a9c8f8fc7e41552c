"""What is planted in the fictional company is seen by the collector and the analyses: the table of its README.

Rules have cases of their own; here whole repositories are read, from git objects to derived tables.
"""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from trueline.app.definitions import load_definitions
from trueline.model.run import RUN
from trueline.model.table import Row
from trueline.model.tree_tables import CODEOWNERS_LINES, FILES
from trueline.settings.settings import Settings
from trueline.sources.collectors.git import GitCollector
from trueline.sources.git.repository import open_repository
from trueline.sources.trees.codeowners import rows_of_codeowners
from trueline.sources.trees.commit_tree import commit_tree
from trueline.sources.trees.documents import DOCUMENTS, is_document
from trueline.sources.trees.parsed import Blob, parse_blobs
from trueline.sources.trees.tree import Tree, rows_of_files
from trueline.tables.engine import Database
from trueline.tables.parts import Part, derive

BUILD = Path(__file__).parents[2] / "examples" / "harbour" / "build.py"
AS_OF = datetime(2026, 10, 30, 23, 59, 59, tzinfo=UTC)
LOOKED_AT = {"horizons", "declared_owner_work", "knowledge_what_if", "areas_to_learn", "landing_concentration"}
Rows = defaultdict[str, list[Row]]


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Return a database with everything that git and the trees of the three repositories give."""
    directory = tmp_path_factory.mktemp("planted") / "harbour"
    subprocess.run([sys.executable, str(BUILD), str(directory)], check=True, capture_output=True)
    rows: Rows = defaultdict(list)
    for name in ("berths", "tariffs", "portal"):
        read_repository(directory / name, name, rows)
    database = Database.building()
    database.load(RUN, [(AS_OF.date(), AS_OF, AS_OF)])
    definitions = load_definitions(Settings(directory))
    for table in definitions.tables.values():
        if table.origin in ("tree", "record", "evidence"):
            database.load(table, rows[table.name])
    derive(database, wanted(definitions.parts))
    return database


def wanted(parts: Sequence[Part]) -> list[Part]:
    """Return the analyses and the views that these tests look at, with every part that these read."""
    names = set(LOOKED_AT)
    kept = []
    for part in reversed(parts):
        if part.sql is None or names & {table.name for table in part.writes}:
            kept.append(part)
            names |= part.reads
    return kept[::-1]


def read_repository(directory: Path, name: str, rows: Rows) -> None:
    repository = open_repository(directory)
    collector = GitCollector(repository, name, lambda text: text, AS_OF, None)
    collector.collect({}, lambda table, found: rows[table.name].extend(found))
    head = repository.main_line().commit_id
    assert head is not None
    tree = commit_tree(repository.git, head)
    rows[FILES.name].extend(rows_of_files(name, tree))
    rows[CODEOWNERS_LINES.name].extend(rows_of_codeowners(name, tree, lambda text: text))
    read_documents(tree, name, rows)


def read_documents(tree: Tree, name: str, rows: Rows) -> None:
    documents = [entry for entry in tree.entries() if is_document(entry.path)]
    paths: defaultdict[str, list[str]] = defaultdict(list)
    for entry in documents:
        paths[entry.blob_id].append(entry.display_path)
    blobs = [Blob(entry.blob_id, "", content) for entry, content in tree.read(documents) if content is not None]
    for table, found in parse_blobs(DOCUMENTS, blobs):
        rows[table.name].extend((name, path, *row) for row in found for path in paths[str(row[0])])


def one(database: Database, sql: str) -> tuple[Any, ...]:
    (row,) = database.rows(sql)
    return row


@pytest.mark.parametrize(("name", "share"), [("merge", 162), ("squash", 282), ("rebase", 49)])
def test_the_ways_of_landing_are_told_apart(harbour: Database, name: str, share: int) -> None:
    assert one(harbour, f"select count(*) from landed_changes where style = '{name}'") == (share,)


def test_impossible_dates_are_named_and_move_nothing(harbour: Database) -> None:
    assert harbour.rows(
        "select repository, subject from commits where validity = 'impossible' order by repository"
    ) == [
        ("berths", "Describe notices"),
        ("tariffs", "Agree on spaces"),
    ]
    assert one(harbour, "select year(max(landed_at)), year(min(landed_at)) from landed_changes") == (2026, 2024)


def test_actors_that_are_no_persons_are_known(harbour: Database) -> None:
    counted = harbour.rows(
        "select repository, actor_kind, count(*) from commits where actor_kind <> 'person' group by all order by all"
    )
    assert counted == [
        ("berths", "ai_assisted", 21),
        ("berths", "bot", 25),
        ("portal", "ai_assisted", 33),
        ("portal", "bot", 11),
        ("tariffs", "ai_assisted", 16),
        ("tariffs", "ai_autonomous", 17),
        ("tariffs", "bot", 20),
    ]


def test_a_mailmap_joins_two_addresses(harbour: Database) -> None:
    persons = harbour.rows("select repository, count(distinct person_key) from person_keys group by all order by all")
    assert persons == [("berths", 4), ("portal", 4), ("tariffs", 3)]


def test_finished_work_of_berths_is_in_no_release(harbour: Database) -> None:
    waiting = "from landed_changes where repository = 'berths' and first_release is null"
    assert one(harbour, f"select count(*), count(case when is_fix then 1 end) {waiting}") == (16, 6)


def test_releases_are_found_whatever_their_names(harbour: Database) -> None:
    # A lightweight tag has no date of its own: the release of 1 October is as old as its commit.
    newest = harbour.rows("select repository, count(*), max(released_at) from releases group by all order by all")
    assert [(name, count, f"{at:%Y-%m-%d}") for name, count, at in newest] == [
        ("berths", 48, "2026-08-14"),
        ("portal", 22, "2026-09-30"),
        ("tariffs", 33, "2026-10-08"),
    ]


def test_four_changes_were_taken_back(harbour: Database) -> None:
    reverts = harbour.rows("select repository, count(*) from landed_changes where is_revert group by all order by all")
    assert reverts == [("berths", 1), ("portal", 1), ("tariffs", 2)]


def test_one_area_rests_on_one_person(harbour: Database) -> None:
    assert harbour.rows("select area from truck_factors where people = 1") == [("src/berths/tides",)]


def test_lines_of_codeowners_that_match_nothing_or_name_nobody_are_found(harbour: Database) -> None:
    lines = harbour.rows(
        "select repository, pattern from codeowners_usage where matched_files = 0 or problem is not null order by all"
    )
    assert lines == [
        ("berths", "/deploy/"),
        ("berths", "/scripts/nightly/"),
        ("berths", "/src/berths/pilotage/"),
        ("portal", "/docs/guides/"),
    ]


def test_accounts_are_known_by_the_addresses_that_the_forge_made(harbour: Database) -> None:
    accounts = "select repository, login_key, evidence from person_logins order by all"
    assert harbour.rows(accounts) == [
        ("berths", "login:seun-adeyemi", "address"),
        ("berths", "login:tomas-lind", "address"),
    ]


def test_the_declared_owner_of_moorings_took_no_part_in_a_year(harbour: Database) -> None:
    work = "select changes, changes_known, changes_by_declared, declared_known from declared_owner_work"
    assert harbour.rows(f"{work} where declared_people > 0 and effective_files > 0") == [(23, 12, 0, 1)]


def test_the_tides_are_one_leaver_away_and_learned_first(harbour: Database) -> None:
    first = "select area, people, files_changed, most_lost_share from areas_to_learn where repository = 'berths' and rank = 1"
    assert one(harbour, first) == ("src/berths/tides", 1, 12, 1)
    alone = "select count(*) from knowledge_what_if where loses_last_knower"
    assert one(harbour, alone) == (1,)


def test_most_of_moorings_was_written_by_somebody_who_is_silent_and_is_known_to_others(harbour: Database) -> None:
    silent = "select silent_share, depends_on, changes_180d from area_familiarity where area = 'src/berths/moorings'"
    assert one(harbour, silent) == (0.6, 2, 24)


def test_who_lands_is_known_where_no_forge_commits(harbour: Database) -> None:
    landed = "select repository, changes, changes_known from landing_concentration where quarter is null order by all"
    assert harbour.rows(landed) == [("berths", 81, 81), ("portal", 119, 119), ("tariffs", 145, 1)]


def test_three_persons_have_no_pace_that_may_be_shown(harbour: Database) -> None:
    assert one(harbour, "select count(*) from team_pace") == (0,)


def test_one_renamed_folder_breaks_fourteen_links_and_a_planned_one_is_no_defect(harbour: Database) -> None:
    broken = "from document_references where kind = 'link' and state = 'broken'"
    assert one(harbour, f"select count(*), count(distinct path) {broken}") == (14, 6)
    assert one(harbour, "select path, target from document_references where state = 'planned'") == (
        "docs/index.md",
        "reference/tide-alerts.md",
    )


def test_a_document_that_names_renamed_code_is_found(harbour: Database) -> None:
    gone = harbour.rows(
        "select moved_to from document_references"
        " where path = 'docs/reference/architecture.md' and kind = 'named_path' and state = 'broken' order by all"
    )
    assert gone == [
        ("internal/visitors/cookies.go",),
        ("internal/visitors/limits.go",),
        ("internal/visits/calendar.go",),
        ("internal/visits/requests.go",),
    ]
