"""Hostile names, messages, dates and sizes: told truthfully, and shown so that they do no harm."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop

Run = Callable[..., Said]
Make = Callable[..., Workshop]

MARKUP = "<script>alert(1)</script>"
ANSI = "\x1b[31mred\x1b[0m\x1b]0;title\x07\x9b2J"
BIDI = "\u202egpj.exe\u2066"

FORMS = ("text", "json", "jsonl", "csv", "md")

NAMES: list[bytes] = [
    b'docs/quo"te\\back.md',
    b"docs/new\nline.md",
    b"docs/tab\tbell\x07esc\x1b[31m.md",
    b"docs/bad-\xff\xfe-utf8.md",
    b"docs/Case.md",
    b"docs/case.md",
    b"docs/\xe2\x80\xaegnp.md",
    b"docs/<script>alert(1)<",
    b'docs/l\'\xc3\x8ele "Haute".md',
    b"docs/=cmd|' -C calc'!A0.md",
    b"docs/-rf.md",
    b"docs/--output=x.md",
    b"docs/:(top)x.md",
    b"docs/{subject}{0}%s$HOME`id`.md",
    b"docs/' or 1=1; drop table files; --.md",
    b"docs/" + b"\xc3\xa9" * 120 + b".md",
]


@pytest.fixture
def hostile(new_repository: Make) -> Workshop:
    """Return a repository in which everything that has a name tries something."""
    repository = new_repository("hostile")
    link = "# T\u202e\x9b \U000e0041\n\n[gone](gone-<b>.md) ![i](missing\x1b[31m.png) [f](=1+1.md) [x](javascript:alert(1))\n"
    files: dict[bytes, str] = dict.fromkeys(NAMES, link)
    files[b"CODEOWNERS"] = f"/none-{MARKUP} @{MARKUP}\n/x\x1b[31m nobody\n* =cmd@x\n"
    files[b"src/a.py"] = "x = 1\n"
    for number, (name, subject) in enumerate([(MARKUP, MARKUP), (ANSI, ANSI), (BIDI, BIDI), ("=1+1", "=HYPERLINK(1)")]):
        files[b"src/a.py"] = f"x = {number}\n"
        repository.commit(
            f"Fix {subject}\n\nFixes #1\n", files, author=(name.replace("<", "&lt;"), f"x{number}@y.test")
        )
    repository.git("tag", "v1.0-=cmd|'<script>alert(1)<")
    for number in range(3):
        repository.commit(f'Revert "{MARKUP}{ANSI}"', {"src/b.py": f"y = {number}\n"})
    return repository


def test_a_scan_shows_hostile_text_harmlessly(trueline: Run, hostile: Workshop):
    text = trueline("scan", hostile.path).answers().out
    page = trueline("scan", hostile.path, "--format", "html").answers().out

    assert "\x1b" not in text
    assert "<script" not in page.lower()
    assert "javascript:" not in page.lower()


def test_the_coloured_text_of_a_scan_has_our_colours_only(trueline: Run, hostile: Workshop):
    text = trueline("scan", hostile.path, "--color", "always").out

    assert "\x1b[31mred" not in text
    assert "\x1b]" not in text
    assert "\x07" not in text


ROWS = [
    ("finding", "list"),
    ("check",),
    ("rule", "run", "broken_reference"),
    ("query", "select c.subject, f.path, m.* from commits as c, files as f, sections as m"),
    ("query", "select r.*, l.*, t.* from document_references as r, codeowners_lines as l, tags as t"),
]


@pytest.mark.parametrize("words", ROWS, ids=lambda words: " ".join(words)[:30])
def test_rows_are_harmless_in_every_form(trueline: Run, hostile: Workshop, words: tuple[str, ...]):
    trueline("scan", hostile.path, "-q").answers()

    said = {form: trueline(*words, "-C", hostile.path, "-f", form, "-q").answers().out for form in FORMS}

    cells = [cell for row in csv.reader(io.StringIO(said["csv"])) for cell in row]
    assert cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t")]
    assert json.loads(said["json"])["ok"]
    assert all(json.loads(line) for line in said["jsonl"].splitlines())
    assert "<script" not in said["md"]


def test_every_name_is_a_file_of_its_own(trueline: Run, hostile: Workshop):
    for place in (hostile.path, hostile.path / ".git"):
        said = trueline("query", "select path from files order by path", "-C", place, "--format", "json").answers()

        paths = [row["path"] for row in said.json["rows"]]
        assert len(paths) == len(set(paths)) == len(NAMES) + 3


def test_findings_of_hostile_names_can_be_shown(trueline: Run, hostile: Workshop):
    findings = trueline("finding", "list", "-C", hostile.path, "--format", "json").answers().json["findings"]

    assert findings
    for finding in findings[:3]:
        assert trueline("finding", "show", finding["id"], "-C", hostile.path).answers().out


def test_links_between_documents_of_difficult_names_are_no_findings(trueline: Run, new_repository: Make):
    repository = new_repository()
    home = 'docs/l\'Île "Haute".md'
    body = "# Haute\n\n[b](b.md) [self](l'%C3%8Ele%20%22Haute%22.md#haute) [up](../README.md) [root](/docs/b.md) [gone](no.md)\n"
    repository.commit(
        files={home: body, "docs/b.md": "# B\n\n[h](l'%C3%8Ele%20%22Haute%22.md)\n", "README.md": "# R\n"}
    )

    sql = "select target, state from document_references where kind <> 'named_path' order by target"
    said = trueline("query", sql, "-C", repository.path, "--format", "json").answers()

    states = {row["target"]: row["state"] for row in said.json["rows"]}
    assert states == {
        "../README.md": "resolves",
        "/docs/b.md": "resolves",
        "b.md": "resolves",
        'l\'Île "Haute".md': "resolves",
        'l\'Île "Haute".md#haute': "resolves",
        "no.md": "broken",
    }


def test_names_that_differ_in_case_are_two_files_and_a_wrong_case_is_told(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit(
        files={
            "docs/Guide.md": "# G\n",
            "docs/guide.md": "# g\n",
            "README.md": "# R\n\n[g](docs/GUIDE.md) [G](docs/Guide.md)\n",
        }
    )

    said = trueline("scan", repository.path, "--format", "json").answers()

    assert said.json["facts"]["files"] == 3
    assert [
        "docs/GUIDE.md" in f["subject"] + f["message"] for f in said.json["findings"] if "reference" in f["rule"]
    ] == [True]


@pytest.mark.parametrize("at", [0, 4_102_444_800, 253_402_300_800])
def test_impossible_dates_are_told_and_move_nothing(trueline: Run, new_repository: Make, at: int):
    repository = new_repository()
    repository.commit(files={"README.md": "# R\n"})
    repository.commit("Strange", {"a.py": "x = 1\n"}, at=at)
    last = repository.commit("Last", {"a.py": "x = 2\n"})

    said = trueline("scan", repository.path, "--format", "json").answers()

    assert said.json["facts"]["head"] == last
    assert said.json["facts"]["newest_commit_on"].startswith("2026")
    assert said.json["facts"]["first_commit_on"].startswith("2026")
    assert said.json["facts"]["commits"] == 3
    assert trueline("scan", repository.path).answers()


def test_dates_that_git_itself_cannot_read_are_told(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit(files={"README.md": "# R\n"})
    tree, parent = repository.git("write-tree"), repository.git("rev-parse", "HEAD")
    for stamp in (b"99999999999999999999 +0000", b"-5 +0000", b"12 +9999", b"nonsense", b""):
        content = b"tree %s\nparent %s\nauthor A <a@b> %s\ncommitter A <a@b> %s\n\nOdd\n" % (
            tree.encode(), parent.encode(), stamp, stamp,
        )  # fmt: skip
        parent = repository.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=content)
    repository.git("update-ref", "HEAD", parent)

    said = trueline("scan", repository.path, "--format", "json").is_told_well()

    assert said.status == 0, said
    assert said.json["facts"]["commits"] == 6


def test_commits_without_name_message_or_encoding_are_counted(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit("", {"README.md": "# R\n"})
    tree, parent = repository.git("write-tree"), repository.git("rev-parse", "HEAD")
    for header, message in [
        (b"author  <> 1772000000 +0000\ncommitter  <> 1772000000 +0000", b""),
        (b"author \xff\xfe <\xff@\xfe> 1772000000 +0000\ncommitter \xff <\xff> 1772000000 +0000", b"\xff\xfe\n"),
        (b"author A <a@b> 1772000000 +0000\ncommitter A <a@b> 1772000000 +0000\nencoding no-such", b"\xe9\n"),
        (b"author A\x1fB <a\x1e@b> 1772000000 +0000\ncommitter A <a@b> 1772000000 +0000", b"x\x1e\x1f\x1d" * 9),
        (b"author A <a@b> 1772000000 +0000\ncommitter A <a@b> 1772000000 +0000", b"s" * 300_000),
    ]:
        content = b"tree %s\nparent %s\n%s\n\n%s" % (tree.encode(), parent.encode(), header, message)
        parent = repository.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=content)
    repository.git("update-ref", "HEAD", parent)

    said = trueline("scan", repository.path, "--format", "json").answers()

    assert said.json["facts"]["commits"] == 6
    assert trueline("query", "select subject, actor_kind from commits", "-C", repository.path).answers()


def test_a_commit_of_two_thousand_files_is_told(trueline: Run, new_repository: Make):
    repository = new_repository()
    repository.commit(files={f"src/{number % 40}/{number}.py": f"x = {number}\n" for number in range(2000)})

    assert trueline("scan", repository.path, "--format", "json").answers().json["facts"]["files"] == 2000


def test_a_huge_binary_and_an_endless_line_hold_nothing_up(installed: Run, new_repository: Make):
    repository = new_repository()
    repository.commit(files={"README.md": "# R\n"})
    with (repository.path / "huge.bin").open("wb") as file:
        file.truncate(50_000_000)
    with (repository.path / "huge.md").open("wb") as file:
        file.truncate(50_000_000)
    repository.write("line.md", "[a](" * 2_500_000)
    repository.write("line.yaml", "a: " + "[" * 100_000)
    repository.write("deep.md", ">" * 20_000 + " x\n" + "- " * 20_000 + "\n" + "*_" * 50_000 + "\n" + "[" * 50_000)
    repository.write("CODEOWNERS", "* " + "@a " * 300_000)

    found = installed("scan", repository.path, "--format", "json").answers().json["facts"]

    assert found["files"] == 7


def test_output_that_is_not_utf8_is_still_given(installed: Run, hostile: Workshop):
    said = installed("scan", hostile.path, PYTHONIOENCODING="ascii", LC_ALL="C")

    assert said.status == 0, said.err
    assert "Traceback" not in said.err


def test_a_hostile_folder_name_is_harmless(trueline: Run, new_repository: Make):
    repository = new_repository("dir\x1b[31m\n<script>\u202e=1")
    repository.commit(files={"README.md": "# R\n"})

    for form in ("text", "json", "html"):
        said = trueline("scan", repository.path, "--format", form).answers()
        if form == "html":
            assert "<script>" not in said.out
    trueline("scan", repository.path / "no\x1b[31mwhere").refuses("does not exist")


def test_a_folder_name_that_is_no_utf8_is_read(installed: Run, tmp_path: Path):
    place = tmp_path / os.fsdecode(b"bad-\xff")
    place.mkdir()

    said = installed("scan", place)

    assert "Traceback" not in said.err
    assert said.status == 0, said.err
