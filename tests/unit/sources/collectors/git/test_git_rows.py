"""Hostile and odd commits, made with git and collected: nothing is lost, nothing harmful gets through."""

from __future__ import annotations

import pytest

from trueline.sources.git import path_bytes

DAY = 86_400
NOW = 1_772_000_000


def _people(author: str, at: int | str = NOW - DAY) -> bytes:
    return f"author {author} {at} +0000\ncommitter {author} {at} +0000".encode()


@pytest.mark.parametrize(
    "name",
    [b"new\nline", b"tab\tquote\"back\\slash", b"\xff\xfe invalid", b":100644 100644", b"\n:000000", b"R100", b" ", b"-rf"],
)  # fmt: skip
def test_any_file_name_is_kept_and_can_be_read_back(new_repository, collect, name):
    shop = new_repository()
    first = shop.commit(files={name: "1"})
    second = shop.commit(files={name: "2"})
    seen = collect(shop.path)
    assert [path_bytes(row["path"]) for row in seen.changes] == [name, name]
    assert [row["commit_id"] for row in seen.changes] == [second, first]


def test_names_that_differ_only_in_case_are_two_files(new_repository, collect):
    shop = new_repository()
    shop.commit(files={"Readme": "1", "README": "2"})
    assert {row["path"] for row in collect(shop.path).changes} == {"Readme", "README"}


def test_each_kind_of_change_has_its_letter_and_contents(new_repository, collect):
    shop = new_repository()
    shop.commit(files={"kept": "1", "gone": "2", "moved": "3" * 100, "typed": "4"})
    shop.git("rm", "-q", "gone")
    shop.git("mv", "moved", "there")
    (shop.path / "typed").unlink()
    (shop.path / "typed").symlink_to("kept")
    tip = shop.commit(files={"kept": "5", "new": "6"})

    rows = {row["path"]: row for row in collect(shop.path).changes if row["commit_id"] == tip}

    assert {path: row["status"] for path, row in rows.items()} == {
        "kept": "M", "gone": "D", "there": "R", "typed": "T", "new": "A",
    }  # fmt: skip
    assert (rows["there"]["old_path"], rows["there"]["similarity"]) == ("moved", 100)
    assert rows["kept"]["similarity"] is None
    assert rows["new"]["old_blob_id"] is None
    assert rows["gone"]["new_blob_id"] is None
    assert rows["kept"]["new_blob_id"] == shop.git("rev-parse", "HEAD:kept")


def test_a_submodule_changes_by_commit_id(new_repository, collect):
    part = new_repository("part")
    commit_id = part.commit()
    shop = new_repository()
    shop.git("submodule", "add", "-q", str(part.path), "part")
    shop.git("config", "-f", ".gitmodules", "submodule.part.ignore", "all")
    shop.git("config", "submodule.part.ignore", "all")
    shop.commit()
    row = next(row for row in collect(shop.path).changes if row["path"] == "part")
    assert (row["status"], row["new_blob_id"]) == ("A", commit_id)


def test_a_commit_of_two_thousand_files_has_two_thousand_rows(new_repository, collect):
    shop = new_repository()
    shop.commit(files={f"d{number % 7}/f{number}": str(number) for number in range(2_000)})
    assert len(collect(shop.path).changes) == 2_000


def test_an_octopus_merge_has_all_parents_and_no_changes(new_repository, collect):
    shop = new_repository()
    shop.commit(files={"base": "1"})
    for name in ("one", "two", "three"):
        shop.git("checkout", "-q", "-b", name, "main")
        shop.commit(files={name: "1"})
    shop.git("checkout", "-q", "main")
    shop.git("merge", "-q", "-m", "All at once", "one", "two", "three")
    seen = collect(shop.path)
    merge = next(row for row in seen.commits if row["subject"] == "All at once")
    assert len(merge["parent_ids"]) >= 3
    assert merge["commit_id"] not in {row["commit_id"] for row in seen.changes}


def test_names_with_markup_and_control_characters_reach_no_column(new_repository, collect):
    shop = new_repository()
    shop.write("a", "1")
    shop.git("add", "a")
    shop.raw_commit(b"author \x1b[31m<b>Eve\x07 O'Neil</b> <EVE@Harbour.test> 1700000000 +0000\n"
                    b"committer \xff\xfe <\xff@x> 1700000000 +0000")  # fmt: skip
    row = collect(shop.path).newest
    assert row["author_key"] is not None
    assert row["committer_key"] == "<\udcff@x>"
    assert not any("\x1b" in str(value) for name, value in row.items() if not name.endswith("_key"))


def test_addresses_are_compared_in_lower_case_and_names_in_one_form(new_repository, collect):
    shop = new_repository()
    shop.commit(author=("Ana  LIMA", "Ana@Harbour.TEST"))
    row = collect(shop.path).newest
    assert (row["author_key"], row["author_name_key"]) == ("<ana@harbour.test>", "<ana lima>")


@pytest.mark.parametrize("name", ["ana", "root", "Your Name", "Unknown Author", "Ana Lima and Bo Chen", "System Admin", "A 1"])  # fmt: skip
def test_a_name_that_tells_no_person_has_no_key(new_repository, collect, name):
    shop = new_repository()
    shop.commit(author=(name, "x@harbour.test"))
    row = collect(shop.path).newest
    assert row["author_name_key"] is None
    assert row["author_key"] == "<x@harbour.test>"


def test_without_an_address_the_name_is_the_key_and_without_both_there_is_none(new_repository, collect):
    shop = new_repository()
    shop.raw_commit(_people("Ana Lima <>"))
    shop.raw_commit(b"author\ncommitter ")
    nobody, named = sorted(collect(shop.path).commits, key=lambda row: row["author_key"] or "")
    assert named["author_key"] == named["author_name_key"] == "<ana lima>"
    assert nobody["author_key"] is nobody["committer_key"] is None


@pytest.mark.parametrize(
    ("at", "validity"),
    [
        (0, "impossible"),
        (315_532_800, "impossible"),
        (482_630_400, "valid"),
        (NOW, "valid"),
        (NOW + DAY, "valid"),
        (NOW + DAY + 1, "impossible"),
        (4_102_444_800, "impossible"),
        (999_999_999_999, "impossible"),
        ("9" * 25, "impossible"),
        ("9" * 6000, "impossible"),
        ("-5", "impossible"),
        ("soon", "impossible"),
    ],
)
def test_a_date_that_cannot_be_true_is_kept_and_said(new_repository, collect, at, validity):
    shop = new_repository()
    shop.raw_commit(_people("Ana Lima <ana@harbour.test>", at))
    shop.commit()
    row = next(row for row in collect(shop.path).commits if row["subject"] == "raw")
    assert row["validity"] == validity
    assert 1970 <= row["committed_at"].year <= 9999


def test_an_author_date_alone_can_be_impossible(new_repository, collect):
    shop = new_repository()
    shop.raw_commit(b"author A B <a@b> 5 +0000\ncommitter A B <a@b> 1700000000 +0000")
    assert collect(shop.path).newest["validity"] == "impossible"


def test_a_message_in_another_encoding_is_read_in_it(new_repository, collect):
    shop = new_repository()
    shop.raw_commit(_people("A B <a@b>") + b"\nencoding ISO-8859-1", "Größe geändert\n".encode("latin-1"))
    assert collect(shop.path).newest["subject"] == "Größe geändert"


def test_bytes_that_are_no_text_stay_visible(new_repository, collect):
    shop = new_repository()
    shop.raw_commit(_people("A B <a@b>"), b"caf\xe9 \x1b[2J\x07 \xe2\x80\xaeevil\n")
    assert collect(shop.path).newest["subject"] == r"caf\xe9 \x1b[2J\x07 \u202eevil"


def test_a_huge_subject_is_cut_and_a_missing_one_is_empty(new_repository, collect):
    shop = new_repository()
    shop.commit("x" * 2_000_000)
    shop.commit("")
    subjects = {row["subject"] for row in collect(shop.path).commits}
    assert subjects == {"x" * 299 + "…", ""}


def test_a_message_that_looks_like_the_log_of_git_is_only_a_message(new_repository, collect):
    shop = new_repository()
    first = shop.commit("First", files={"a": "1"})
    fake = f":100644 100644 {'0' * 40} {'1' * 40} M\n{first}\n"
    shop.commit(fake, files={"b": "1"})
    seen = collect(shop.path)
    assert len(seen.commits) == 2
    assert {row["path"] for row in seen.changes} == {"a", "b"}


@pytest.mark.parametrize(
    ("zone", "minutes"), [("+0000", 0), ("+0530", 330), ("-0330", -210), ("+1400", 840), ("-1200", -720), ("+2300", None)]
)  # fmt: skip
def test_the_offset_of_the_authors_clock_is_kept_where_a_place_has_it(new_repository, collect, zone, minutes):
    shop = new_repository()
    shop.commit(files={"a": "1"})
    people = f"author A <a@x.test> {NOW - DAY} {zone}\ncommitter A <a@x.test> {NOW - DAY} +0100".encode()
    shop.raw_commit(people)

    assert [row["authored_offset_minutes"] for row in collect(shop.path).commits if row["subject"] == "raw"] == [
        minutes
    ]


@pytest.mark.parametrize(
    ("address", "is_forge"), [("noreply@github.com", True), ("NoReply@GitHub.com", True), ("a@x.test", False)]
)
def test_a_forge_that_commits_for_somebody_is_known(new_repository, collect, address, is_forge):
    shop = new_repository()
    shop.commit(files={"a": "1"})
    people = f"author A <a@x.test> {NOW - DAY} +0000\ncommitter GitHub <{address}> {NOW - DAY} +0000".encode()
    shop.raw_commit(people)

    assert [row["is_committed_by_forge"] for row in collect(shop.path).commits if row["subject"] == "raw"] == [is_forge]
