"""Nobody is named: no name, address, login or pseudonym leaves by any command, any form or the snapshot."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trueline.tables.engine import Database

from .conftest import Said, Workshop

Run = Callable[..., Said]
Make = Callable[..., Workshop]

PEOPLE = [
    ("Zebulon Quackenbush", "zebulon.q@wobblegong.test"),
    ("Philomena Xanthippe", "12345+pxanthippe@users.noreply.github.com"),
    ("Ottoline Vandersnoot", "ottoline@vandersnoot.test"),
]
SECRETS = [
    "zebulon", "quackenbush", "wobblegong", "philomena", "xanthippe", "ottoline", "vandersnoot", "grubelkind", "quibblethwaite",
]  # fmt: skip
COMMANDS = [
    ("check",),
    ("finding", "list"),
    ("duties",),
    ("duties", "ownership"),
    ("metric", "list"),
    ("metric", "show", "truck_factor"),
    ("rule", "run", "area_known_by_one_person"),
    ("query", "--tables"),
    ("query", "select * from commits"),
    ("query", "select * from landed_changes"),
    ("query", "select * from repositories, tags"),
    ("doctor",),
    ("practice", "show", "people"),
]


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Return a repository whose history names people wherever git has a place for them."""
    repository = Workshop(tmp_path_factory.mktemp("peopled") / "repo")
    for number in range(12):
        name, address = PEOPLE[number % 3]
        message = (
            f"Change {number}\n\nCo-authored-by: Grubelkind Quibblethwaite <grubelkind@quibblethwaite.test>\n"
            f"Signed-off-by: {name} <{address}>\nReviewed-by: {name} <{address}>\n"
        )
        files = {f"src/{name[0].lower()}/{number}.py": f"x = {number}\n" * 5, "README.md": f"# R {number}\n"}
        repository.commit(message, files, author=(name, address))
    repository.commit(
        "Merge pull request #7 from pxanthippe/patch-1",
        {
            "CODEOWNERS": "/src/p/ @pxanthippe\n/src/o/ ottoline@vandersnoot.test\n/src/none/ @pxanthippe\n/src/ @acme/team\n",
            ".mailmap": "Zebulon Quackenbush <zebulon.q@wobblegong.test> <old@wobblegong.test>\n",
        },
        author=PEOPLE[0],
    )
    repository.git(
        "tag", "-a", "v1", "-m", "by zebulon", GIT_COMMITTER_NAME=PEOPLE[0][0], GIT_COMMITTER_EMAIL=PEOPLE[0][1]
    )
    return repository


def pseudonyms(cache: Path) -> Iterator[str]:
    """Yield what the key of this cache makes of every name and address, in every way that they may be folded."""
    for file in cache.glob("*/pseudonym.key"):
        key = bytes.fromhex(file.read_text().strip())
        yield key.hex()
        for text in [part for person in PEOPLE for part in person]:
            for folded in {text, text.lower(), text.casefold().strip(), "".join(text.lower().split())}:
                yield hmac.digest(key, folded.encode(), "sha256")[:16].hex()


def named_in(text: str, cache: Path) -> list[str]:
    lowered = text.lower()
    return [secret for secret in (*SECRETS, *pseudonyms(cache)) if secret in lowered]


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_a_scan_names_nobody(trueline: Run, peopled: Workshop, own_places: Path, form: str):
    said = trueline("scan", peopled.path, "--format", form).answers()

    assert named_in(said.out + said.err, own_places) == []
    assert named_in((next(own_places.glob("*/scan.html")).read_text() if form == "text" else ""), own_places) == []


def test_no_command_names_anybody_in_any_form(trueline: Run, peopled: Workshop, own_places: Path):
    trueline("scan", peopled.path, "-q").answers()
    forms = ("text", "json", "csv")
    for number, words in enumerate(COMMANDS):
        form = forms[number % 3] if words != ("doctor",) else "text"
        for one in {form, "json"}:
            said = trueline(*words, "-C", peopled.path, "--format", one).is_told_well()
            assert said.status in (0, 3), (words, said)
            assert named_in(said.out + said.err, own_places) == [], (words, one)


def columns_with(database: Database, columns: list[tuple[str, ...]], pattern: str) -> list[tuple[str, ...]]:
    sql = """select 1 from "{}" where regexp_matches(lower(cast("{}" as varchar)), ?) limit 1"""
    return sorted(pair for pair in columns if database.rows(sql.format(*pair), [pattern]))


def test_the_snapshot_holds_no_person(trueline: Run, peopled: Workshop, own_places: Path):
    trueline("scan", peopled.path, "-q").answers()
    (snapshot,) = own_places.rglob("*.duckdb")

    content = snapshot.read_bytes().decode("latin-1").lower()
    assert [pseudonym for pseudonym in pseudonyms(own_places) if pseudonym in content] == []
    database = Database.sealed(snapshot)
    try:
        columns = database.rows("select table_name, column_name from duckdb_columns() where not internal")
        people = [pair for pair in columns if pair[1].endswith(("_key", "_keys"))]
        hexadecimal = columns_with(database, columns, "(^|[^0-9a-f])[0-9a-f]{32}($|[^0-9a-f])")
        naming = columns_with(database, columns, "|".join(SECRETS))
    finally:
        database.close()
    assert people == []
    assert hexadecimal == []
    assert naming == []


def test_columns_about_people_cannot_be_asked_for(trueline: Run, peopled: Workshop):
    for sql in ("select author_key from commits", "select * from person_keys", "select person_key from authorship"):
        said = trueline("query", sql, "-C", peopled.path, "--format", "csv").is_told_well()
        assert said.status == 2 or "key" not in said.out, (sql, said.out[:200])


def test_errors_name_nobody(trueline: Run, peopled: Workshop, own_places: Path):
    trueline("scan", peopled.path, "-q").answers()
    for sql in ("select nothing from commits", "select cast(subject as integer) from commits", "select * from commitz"):
        said = trueline("query", sql, "-C", peopled.path).is_told_well()
        assert said.status == 2
        assert named_in(said.out + said.err, own_places) == []
