"""What is counted between two contents, and what is never counted or said to be unknown."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from trueline.model.errors import GitRefused
from trueline.sources.collectors.git_lines import Pair, source_name

BINARY, OTHER_BINARY = b"\0\1\2", b"\0\3"


@pytest.mark.parametrize("wants_hunks", [False, True])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a\nb\nc\n", "a\nx\ny\nc\n", (2, 1)),
        (None, "a\nb\n", (2, 0)),
        ("a\nb\n", None, (0, 2)),
        (None, "", (0, 0)),
        ("a", "a\n", (1, 1)),
        ("a\r\n", "a\n", (1, 1)),
        (BINARY, OTHER_BINARY, (None, None)),
        (None, BINARY, (None, None)),
        ("text\n", BINARY, (None, None)),
    ],
)
def test_lines_are_counted_between_contents(new_repository, count, pair, old, new, expected, wants_hunks):
    shop = new_repository()
    asked = pair(shop, old, new, wants_hunks)

    seen = count(shop.path, [asked])

    (row,) = seen.rows["blob_lines"]
    assert seen.lines == [expected]
    assert (row["old_blob_id"], row["new_blob_id"]) == (asked.old, asked.new)
    assert row["is_binary"] == (expected[0] is None)
    assert row["hunks"] == (len(seen.hunks) if wants_hunks else None)
    assert source_name() == f"git-lines/{row['pins']}"


@pytest.mark.parametrize("wants_hunks", [False, True])
def test_a_content_that_stayed_the_same_has_no_lines_and_a_binary_one_is_still_binary(
    new_repository, count, pair, wants_hunks
):
    shop = new_repository()
    moved = [
        pair(shop, content, None)._replace(new=shop.git("rev-parse", "HEAD:notes.txt"), wants_hunks=wants_hunks)
        for content in ("a\n", BINARY)
    ]
    seen = count(shop.path, moved)
    assert seen.lines == [(0, 0), (None, None)]
    assert [row["is_binary"] for row in seen.rows["blob_lines"]] == [False, True]


def test_hunks_are_ranges_of_lines_that_changed(new_repository, count, pair):
    shop = new_repository()
    old = "".join(f"{n}\n" for n in range(1, 11))
    new = old.replace("2\n", "").replace("5\n", "five\nand a half\n").replace("7\n", "seven\n") + "11\n"
    seen = count(shop.path, [pair(shop, old, new, True)])
    assert seen.lines == [(4, 3)]
    assert seen.hunks == [(2, 1, 1, 0), (5, 1, 4, 2), (7, 1, 7, 1), (10, 0, 11, 1)]
    assert [row["hunk"] for row in seen.rows["blob_hunks"]] == [1, 2, 3, 4]


def test_hunks_of_a_new_and_of_a_deleted_file_are_all_of_it(new_repository, count, pair):
    shop = new_repository()
    pairs = [pair(shop, None, "a\nb\n", True), pair(shop, "c\n", None, True)]
    assert count(shop.path, pairs).hunks == [(0, 0, 1, 2), (1, 1, 0, 0)]


def test_lines_that_look_like_a_patch_are_lines(new_repository, count, pair):
    shop = new_repository()
    posing = "diff --git a/000000007 b/7\n@@ -1 +1 @@\n-- a/000000007\n++ b/7\nBinary files a and b differ\n"
    seen = count(shop.path, [pair(shop, posing, "x\n", True), pair(shop, "x\n", posing, True)])
    assert seen.lines == [(1, 5), (5, 1)]
    assert seen.hunks == [(1, 5, 1, 1), (1, 1, 1, 5)]


def test_attributes_and_settings_of_the_repository_change_no_count(new_repository, count, pair):
    shop = new_repository()
    asked = [pair(shop, "a\n", "b\nc\n", wants_hunks) for wants_hunks in (False, True)]
    shop.commit(files={".gitattributes": "* -diff\n"})
    Path(shop.path, ".git", "info").mkdir(exist_ok=True)
    Path(shop.path, ".git", "info", "attributes").write_text("* binary diff=shout\n", "ascii")
    shop.git("config", "diff.shout.textconv", "false")
    shop.git("config", "core.bigFileThreshold", "1")
    shop.git("config", "diff.external", "false")

    assert count(shop.path, asked[:1]).lines == count(shop.path, asked[1:]).lines == [(2, 1)]


def test_a_submodule_counts_as_one_line_whether_its_commit_is_here_or_not(new_repository, count):
    shop = new_repository()
    shop.commit(files={"a.txt": "a\n"})
    here, elsewhere = shop.git("rev-parse", "HEAD"), "12" * 20
    commits = []
    for commit_id in (here, elsewhere):
        shop.git("update-index", "--add", "--cacheinfo", f"160000,{commit_id},part")
        shop.git("commit", "-q", "-m", "Move part")
        commits.append(shop.git("rev-parse", "HEAD"))
    content = shop.git("rev-parse", "HEAD:a.txt")
    pairs = [
        Pair(None, here, True, commits[0]),
        Pair(here, elsewhere, True, commits[1]),
        Pair(elsewhere, elsewhere, False, commits[1]),
        Pair(content, elsewhere, False, commits[1]),
    ]

    seen = count(shop.path, pairs)

    assert sorted(seen.lines) == [(0, 0), (1, 0), (1, 1), (1, 1)]
    assert not seen.collected.is_partial


def test_what_is_missing_is_said_and_the_rest_is_counted(new_repository, count, pair):
    shop = new_repository()
    lost, kept = pair(shop, "a\n", "b\n"), pair(shop, "c\n", "c\nd\n")
    assert lost.new is not None
    Path(shop.path, ".git", "objects", lost.new[:2], lost.new[2:]).unlink()

    seen = count(shop.path, [lost, kept], {"missing": {"berths": 3, "gone": 5}})

    assert seen.lines == [(1, 0)]
    assert seen.collected.is_partial
    assert seen.collected.cursor == {"missing": {"berths": 3, "harbour": 1}}
    assert seen.collected.counted == {"blob_lines": 1, "blob_hunks": 0}
    assert "harbour: the lines of 1 changes are not known" in seen.collected.notes[1]


def test_a_submodule_is_told_from_a_missing_content_beside_a_missing_commit(new_repository, count, pair):
    shop = new_repository()
    lost = pair(shop, "a\n", "b\n")
    shop.git("update-index", "--add", "--cacheinfo", f"160000,{'12' * 20},part")
    shop.git("commit", "-q", "-m", "Add part")
    part = Pair(None, "12" * 20, False, shop.git("rev-parse", "HEAD"))
    pairs = [part, lost._replace(new="34" * 20), lost._replace(new="56" * 20, commit_id="00" * 20)]
    seen = count(shop.path, pairs)
    assert seen.lines == [(1, 0)]
    assert seen.collected.cursor == {"missing": {"harbour": 2}}


def test_what_was_missing_and_is_here_now_is_no_longer_said(new_repository, count, pair):
    shop = new_repository()
    seen = count(shop.path, [pair(shop, "a\n", "b\n")], {"missing": {"harbour": 1}})
    assert seen.collected.cursor == {"missing": {}}
    assert not seen.collected.is_partial
    assert seen.collected.notes == ()


def test_a_damaged_content_refuses_the_whole(new_repository, count, pair):
    shop = new_repository()
    kept = pair(shop, "c\n", "d\n")
    damaged = pair(shop, "a\n", "b\n" * 2_000)
    assert damaged.new is not None
    path = Path(shop.path, ".git", "objects", damaged.new[:2], damaged.new[2:])
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(GitRefused):
        count(shop.path, [kept, damaged])


def test_nothing_is_written_into_the_repository(new_repository, count, pair):
    shop = new_repository()
    asked = [pair(shop, "a\n", "b\n"), pair(shop, "c\n", "d\n", True)]
    before = {path: path.stat().st_mtime_ns for path in shop.path.rglob("*")}
    count(shop.path, asked)
    assert {path: path.stat().st_mtime_ns for path in shop.path.rglob("*")} == before


def test_repositories_of_either_kind_of_object_id_and_with_odd_paths_are_read(new_repository, count, pair):
    for name, *init in (("sha256", "--object-format=sha256"), ('odd\n"#', "--object-format=sha1")):
        shop = new_repository(name, *init)
        assert count(shop.path, [pair(shop, "a\n", "b\n"), pair(shop, "c\n", "d\n", True)]).lines == [(1, 1), (1, 1)]


def test_chunks_come_in_order_and_none_is_lost(new_repository, count, pair):
    shop = new_repository()
    asked = [pair(shop, None, "x\n" * number, number % 2 == 0) for number in range(1, 12)]
    seen = count(shop.path, asked, chunk_sizes=(1, 2))
    assert seen.lines == [(number, 0) for number in range(1, 12)]
    assert seen.collected.counted == {"blob_lines": 11, "blob_hunks": 5}


def test_no_pairs_are_no_rows(new_repository, count):
    seen = count(new_repository().path, [])
    assert seen.rows == {"blob_lines": [], "blob_hunks": []}
    assert not seen.collected.is_partial


def test_counts_are_those_of_git(new_repository, count, pair):
    shop = new_repository()
    old = "".join(f"{n % 7}\n" for n in range(400))
    new = "".join(f"{n % 5}\n" for n in range(390)) + old[-60:]
    plain, with_hunks = (count(shop.path, [pair(shop, old, new, wants)]) for wants in (False, True))
    first, second = (with_hunks.rows["blob_lines"][0][name] for name in ("old_blob_id", "new_blob_id"))
    said = subprocess.run(
        ["git", "-C", str(shop.path), "diff", "--numstat", first, second], capture_output=True, check=True, text=True
    )
    assert plain.lines == with_hunks.lines == [tuple(int(word) for word in said.stdout.split()[:2])]
