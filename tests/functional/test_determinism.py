"""The same command at the same day, knowing the same, gives the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop

Run = Callable[..., Said]
Make = Callable[..., Workshop]

COMMANDS = [
    *(("scan", "--format", form) for form in ("text", "json", "html")),
    ("check", "--format", "json"),
    ("duties", "--format", "json"),
    ("metric", "list", "--format", "json"),
    ("metric", "show", "landed_changes_per_week", "--format", "csv"),
    ("rule", "run", "broken_reference", "--format", "jsonl"),
    ("query", "select * from landed_changes order by all", "--format", "csv"),
    ("query", "--tables", "--format", "md"),
]


@pytest.fixture
def repository(new_repository: Make) -> Workshop:
    repository = new_repository()
    for number in range(8):
        author = (f"Person {number % 3}", f"p{number % 3}@x.test")
        files = {
            f"src/{number % 4}/a.py": f"x = {number}\n",
            "docs/a.md": f"# A\n\n[x](gone{number}.md) [y](../src/9/z.py)\n",
        }
        repository.commit(f"Fix {number}", files, author=author)
    repository.git("tag", "v1")
    repository.write("docs/b.md", "# B\n\n[gone](c.md)\n")
    return repository


def test_the_same_question_has_the_same_answer(trueline: Run, repository: Workshop, own_places: Path):
    trueline("scan", repository.path, "-q").answers()
    known = trueline("check", "-C", repository.path, "--format", "json").answers().json["known_at"]
    at = ("--as-of", "2026-02-25", "--known-at", known, "-C", str(repository.path))
    first = [trueline(*words, *at).answers().out for words in COMMANDS]
    assert trueline(*COMMANDS[0], *at).answers().out == first[0]
    for folder in (*own_places.glob("*/snapshots"), *own_places.glob("*/documents")):
        shutil.rmtree(folder)
    assert [trueline(*words, *at).answers().out for words in COMMANDS] == first
    assert all(first)


def test_the_order_of_sets_changes_nothing(trueline: Run, installed: Run, repository: Workshop, own_places: Path):
    trueline("scan", repository.path, "-q").answers()
    known = trueline("check", "-C", repository.path, "--format", "json").answers().json["known_at"]
    at = ("--as-of", "2026-02-25", "--known-at", known, "-C", str(repository.path), "--format", "html")
    said = []
    for seed in ("1", "2"):
        shutil.rmtree(next(own_places.glob("*/snapshots")))
        said.append(installed("scan", *at, PYTHONHASHSEED=seed).answers().out)
    assert said[0] == said[1]


def test_two_caches_that_know_the_same_say_the_same(trueline: Run, repository: Workshop, own_places: Path):
    day = ("--as-of", "2026-02-25", "-C", str(repository.path), "--format", "json")
    once = trueline("scan", *day).answers().json
    shutil.rmtree(own_places)
    again = trueline("scan", *day).answers().json

    for changing in ("known_at", "facts"):
        assert once.pop(changing)
        assert again.pop(changing)
    assert once == again


def test_what_was_not_known_by_then_is_unknown(trueline: Run, repository: Workshop):
    trueline("scan", repository.path, "-q").answers()

    said = trueline("check", "-C", repository.path, "--known-at", "2020-01-01", "--format", "json").is_told_well()

    assert said.status in (0, 3)
    assert {"no_evidence"} == {check["reason"] for check in said.json["checks"] if check["id"].startswith("delivery.")}


@pytest.mark.parametrize(
    "value", ["yesterday", "2026-13-01", "2026-02-30T10:00", "", "0000-00-00", "2026-02-01T10:00", "99999-01-01"]
)
def test_a_day_that_is_none_is_refused(trueline: Run, repository: Workshop, value: str):
    trueline("scan", repository.path, "--as-of", value).refuses("--as-of")


@pytest.mark.parametrize(
    "value", ["0001-01-01", "1969-12-31", "9999-12-31", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"]
)
def test_the_ends_of_time_are_answered_or_refused(trueline: Run, repository: Workshop, value: str):
    assert trueline("scan", "-C", repository.path, "--as-of", value).is_told_well().status in (0, 2, 3)
