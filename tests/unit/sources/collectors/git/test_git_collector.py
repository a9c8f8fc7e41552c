"""What is collected, how far, and what makes a collection start anew."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime

import pytest

from trueline.model.errors import GitRefused, UsageError
from trueline.model.evidence_tables import GIT_TABLES
from trueline.sources.collectors.git import GitCollector
from trueline.sources.git import open_repository

HISTORY = {"commits", "file_changes"}


def _ids(collection):
    return {row["commit_id"] for row in collection.commits}


def test_every_commit_of_the_head_and_of_tags_is_there_once(new_repository, collect):
    shop = new_repository()
    base = shop.commit()
    shop.git("checkout", "-q", "-b", "side")
    tagged = shop.commit()
    shop.git("tag", "v1")
    shop.commit("Never merged, never tagged")
    shop.git("checkout", "-q", "main")
    head = shop.commit()

    seen = collect(shop.path)

    assert sorted(_ids(seen)) == sorted({base, tagged, head})
    assert len(seen.commits) == 3
    assert seen.collected.counted == {"commits": 3, "tags": 1, "repositories": 1}
    assert seen.repository["commits_on_head"] == 2
    assert (seen.repository["branch"], seen.repository["head_commit_id"]) == ("main", head)


def test_an_empty_repository_has_one_row_and_says_so(new_repository, collect):
    seen = collect(new_repository().path)
    assert seen.commits == seen.changes == seen.tags == []
    assert (seen.repository["head_commit_id"], seen.repository["commits_on_head"]) == (None, 0)
    assert seen.collected.notes == ("nothing has been committed yet",)
    assert not seen.collected.is_partial


def test_a_detached_head_is_said(new_repository, collect):
    shop = new_repository()
    shop.commit()
    shop.git("checkout", "-q", "--detach")
    shop.git("branch", "-D", "main")
    seen = collect(shop.path)
    assert seen.repository["branch"] is None
    assert "detached" in seen.collected.notes[0]


def test_collecting_again_pushes_no_history_and_replaces_none(new_repository, collect):
    shop = new_repository()
    shop.commit()
    shop.git("tag", "v1")
    first = collect(shop.path)
    again = collect(shop.path, first.collected.cursor)
    assert again.commits == again.changes == []
    assert again.tags == first.tags
    assert again.repository == first.repository
    assert again.collected.replaces == {"tags", "repositories"}
    assert again.collected.cursor == first.collected.cursor


def test_only_new_commits_are_pushed(new_repository, collect):
    shop = new_repository()
    shop.commit()
    first = collect(shop.path)
    new = {shop.commit(), shop.commit()}
    then = collect(shop.path, first.collected.cursor)
    assert _ids(then) == new
    assert then.collected.counted["commits"] == 2
    assert then.repository["commits_on_head"] == 3


def test_the_first_collection_replaces_whatever_was_there(new_repository, collect):
    assert collect(new_repository().path).collected.replaces == {table.name for table in GIT_TABLES}


@pytest.mark.parametrize("is_pruned", [False, True])
def test_a_force_push_starts_anew(new_repository, collect, is_pruned):
    shop = new_repository()
    base = shop.commit()
    shop.commit("Will be lost")
    first = collect(shop.path)
    shop.git("reset", "-q", "--hard", base)
    tip = shop.commit("Instead")
    if is_pruned:
        shop.git("reflog", "expire", "--expire=now", "--all")
        shop.git("gc", "-q", "--prune=now")

    then = collect(shop.path, first.collected.cursor)

    assert then.collected.replaces >= HISTORY
    assert _ids(then) == {base, tip}


def test_a_deleted_tag_takes_its_own_commits_along(new_repository, collect):
    shop = new_repository()
    base = shop.commit()
    shop.git("checkout", "-q", "--detach")
    shop.commit("Only tagged")
    shop.git("tag", "v1")
    shop.git("checkout", "-q", "main")
    first = collect(shop.path)
    shop.git("tag", "-d", "v1")
    then = collect(shop.path, first.collected.cursor)
    assert then.collected.replaces >= HISTORY
    assert (_ids(then), then.tags) == ({base}, [])


def test_a_moved_tag_on_the_main_line_is_no_reason_to_start_anew(new_repository, collect):
    shop = new_repository()
    shop.commit()
    shop.git("tag", "nightly")
    first = collect(shop.path)
    shop.commit()
    shop.git("tag", "-f", "nightly")
    then = collect(shop.path, first.collected.cursor)
    assert len(then.commits) == 1
    assert not then.collected.replaces & HISTORY


@pytest.mark.parametrize("change", ["mailmap", "key", "version", "deepened"])
def test_whatever_earlier_rows_depend_on_starts_anew_when_it_changes(new_repository, collect, change):
    shop = new_repository()
    shop.commit()
    shop.commit()
    path = shop.path
    if change == "deepened":
        shop.git("clone", "-q", "--depth=1", f"file://{shop.path}", "../shallow")
        path = shop.path.parent / "shallow"
    first = collect(path)
    cursor, options = dict(first.collected.cursor), {}
    if change == "mailmap":
        shop.commit(files={".mailmap": "Ana Lima <ana.lima@harbour.test> <ana@harbour.test>\n"})
    elif change == "key":
        options = {"pseudonym": lambda text: f"other {text}"}
    elif change == "version":
        cursor["version"] = 0
    else:
        type(shop)(path).git("fetch", "-q", "--unshallow")

    then = collect(path, cursor, **options)

    assert then.collected.replaces >= HISTORY
    assert len(then.commits) == then.repository["commits_on_head"] > 1


def test_the_mailmap_of_the_main_line_unites_addresses_even_in_a_bare_copy(new_repository, collect):
    shop = new_repository()
    shop.commit(author=("ana", "ana@laptop"))
    shop.commit(files={".mailmap": "Ana Lima <ana@harbour.test> <ana@laptop>\n"})
    shop.git("clone", "-q", "--bare", ".", "../copy.git")
    for path in (shop.path, shop.path.parent / "copy.git"):
        assert {row["author_key"] for row in collect(path).commits} == {"<ana@harbour.test>"}


def test_a_mailmap_that_is_not_committed_changes_nothing(new_repository, collect):
    shop = new_repository()
    shop.commit(files={"a": "1"})
    shop.write(".mailmap", "Eve <eve@harbour.test> <ana@harbour.test>\n")
    assert collect(shop.path).newest["author_key"] == "<ana@harbour.test>"


def test_a_shallow_clone_is_partial_and_nobody_is_said_to_have_added_everything(new_repository, collect):
    shop = new_repository()
    shop.commit(files={"a": "1", "b": "1"})
    shop.commit(files={"a": "2"})
    tip = shop.commit(files={"b": "2"})
    shop.git("clone", "-q", "--depth=2", f"file://{shop.path}", "../shallow")

    seen = collect(shop.path.parent / "shallow")

    assert seen.collected.is_partial
    assert seen.repository["is_shallow"]
    assert "cut off at 1 commits" in seen.collected.notes[0]
    assert {(row["commit_id"], row["path"]) for row in seen.changes} == {(tip, "b")}
    assert len(seen.commits) == 2


def _with_a_similar_rename(shop):
    text = "".join(f"line {number}\n" for number in range(200))
    shop.commit(files={"old.txt": text})
    shop.git("mv", "old.txt", "new.txt")
    renamed = shop.commit(files={"new.txt": text + "one more\n"})
    shop.commit(files={"other.txt": "x"})
    return renamed


def test_a_rename_with_a_change_is_seen_where_contents_are_there(new_repository, collect):
    shop = new_repository()
    renamed = _with_a_similar_rename(shop)
    (row,) = [row for row in collect(shop.path).changes if row["commit_id"] == renamed]
    assert (row["status"], row["old_path"], row["path"]) == ("R", "old.txt", "new.txt")
    assert 90 <= row["similarity"] < 100


def test_missing_contents_leave_exact_renames_and_are_said(new_repository, collect):
    shop = new_repository()
    renamed = _with_a_similar_rename(shop)
    blob = shop.git("rev-parse", f"{renamed}:new.txt")
    (shop.path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    seen = collect(shop.path)

    assert len(seen.commits) == len(_ids(seen)) == 3
    rows = {(row["status"], row["path"]) for row in seen.changes if row["commit_id"] == renamed}
    assert rows == {("D", "old.txt"), ("A", "new.txt")}
    assert seen.repository["has_missing_objects"]
    assert not seen.collected.is_partial
    assert "missing or damaged" in seen.collected.notes[0]


def test_that_contents_were_missing_is_remembered(new_repository, collect):
    shop = new_repository()
    renamed = _with_a_similar_rename(shop)
    blob = shop.git("rev-parse", f"{renamed}~1:old.txt")
    (shop.path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    first = collect(shop.path)
    assert collect(shop.path, first.collected.cursor).repository["has_missing_objects"]


def test_a_partial_clone_is_read_without_fetching_anything(new_repository, collect):
    shop = new_repository()
    _with_a_similar_rename(shop)
    shop.git("config", "uploadpack.allowFilter", "true")
    shop.git("clone", "-q", "--bare", "--filter=blob:none", f"file://{shop.path}", "../partial")
    partial = shop.path.parent / "partial"
    before = sorted(item.name for item in (partial / "objects").rglob("*"))

    seen = collect(partial)

    assert len(seen.commits) == 3
    assert seen.repository["has_missing_objects"]
    assert sorted(item.name for item in (partial / "objects").rglob("*")) == before


def test_a_corrupt_content_is_as_good_as_missing(new_repository, collect):
    shop = new_repository()
    renamed = _with_a_similar_rename(shop)
    blob = shop.git("rev-parse", f"{renamed}:new.txt")
    broken = shop.path / ".git" / "objects" / blob[:2] / blob[2:]
    broken.chmod(0o644)
    broken.write_bytes(b"garbage")
    seen = collect(shop.path)
    assert len(seen.commits) == 3
    assert seen.repository["has_missing_objects"]


@pytest.mark.parametrize("what", ["commit", "tree"])
def test_a_missing_commit_or_folder_is_refused_with_what_to_do(new_repository, collect, what):
    shop = new_repository()
    first = shop.commit(files={"a": "1"})
    shop.commit(files={"a": "2"})
    shop.commit(files={"a": "3"})
    object_id = first if what == "commit" else shop.git("rev-parse", f"{first}^{{tree}}")
    (shop.path / ".git" / "objects" / object_id[:2] / object_id[2:]).unlink()
    with pytest.raises(GitRefused, match=r"(?s)git .*\. .*fsck"):
        collect(shop.path)


def test_rows_that_git_counts_differently_are_refused(new_repository, collect, monkeypatch, tmp_path):
    shop = new_repository()
    shop.commit()
    shop.commit()
    miscounting = tmp_path / "bin" / "git"
    miscounting.parent.mkdir()
    real = shutil.which("git")
    miscounting.write_text(f'#!/bin/sh\ncase "$*" in *"rev-list --count"*) echo 7 ;; *) exec {real} "$@" ;; esac\n')
    miscounting.chmod(0o755)
    monkeypatch.setenv("PATH", str(miscounting.parent), prepend=os.pathsep)

    with pytest.raises(GitRefused, match="git counts 7 commits and 2 were read"):
        collect(shop.path)


def test_a_log_that_ends_in_the_middle_of_a_commit_is_refused(new_repository, collect, monkeypatch, tmp_path):
    shop = new_repository()
    shop.commit()
    cutting = tmp_path / "bin" / "git"
    cutting.parent.mkdir()
    real = shutil.which("git")
    cutting.write_text(f'#!/bin/sh\ncase "$*" in *" log "*) {real} "$@" | head -c 60 ;; *) exec {real} "$@" ;; esac\n')
    cutting.chmod(0o755)
    monkeypatch.setenv("PATH", str(cutting.parent), prepend=os.pathsep)

    with pytest.raises(GitRefused, match="cut off"):
        collect(shop.path)


def test_replaced_and_grafted_commits_are_read_as_they_were_made(new_repository, collect):
    shop = new_repository()
    first = shop.commit("First")
    second = shop.commit("Second")
    third = shop.commit("Third")
    shop.git("replace", second, first)
    (shop.path / ".git" / "info").mkdir(exist_ok=True)
    (shop.path / ".git" / "info" / "grafts").write_text(f"{third} {first}\n")
    seen = {row["commit_id"]: row for row in collect(shop.path).commits}
    assert seen[second]["subject"] == "Second"
    assert seen[third]["parent_ids"] == [second]


def test_a_sha_256_repository_is_read_like_any_other(new_repository, collect):
    shop = new_repository("repo", "--object-format=sha256")
    shop.commit(files={"a": "1"})
    shop.commit(files={"a": "2"})
    shop.git("tag", "-a", "-m", "one", "v1")
    seen = collect(shop.path)
    assert {len(row["commit_id"]) for row in seen.commits} == {64}
    assert {len(row["new_blob_id"]) for row in seen.changes} == {64}
    assert seen.tags[0]["commit_id"] == seen.repository["head_commit_id"]


def test_tags_are_followed_to_their_commit_and_dated(new_repository, collect):
    shop = new_repository()
    at = 1_700_000_000
    commit_id = shop.commit(files={"a": "1"}, at=at)
    shop.git("tag", "light")
    shop.git("tag", "-a", "-m", "x", "annotated", GIT_COMMITTER_DATE=f"{at + 5} +0000")
    shop.git("tag", "-a", "-m", "x", "nested", "annotated", GIT_COMMITTER_DATE=f"{at + 9} +0000")
    shop.git("tag", "-a", "-m", "x", "folder", "HEAD^{tree}")
    shop.git("tag", "content", "HEAD:a")
    undated = f"object {commit_id}\ntype commit\ntag undated\n\nold\n".encode()
    shop.git("tag", "undated", shop.git("hash-object", "-t", "tag", "-w", "--stdin", "--literally", stdin=undated))

    tags = {row["tag"]: row for row in collect(shop.path).tags}

    assert {name: row["tagged_at"].timestamp() - at for name, row in tags.items()} == {
        "light": 0, "annotated": 5, "nested": 9, "undated": 0,
    }  # fmt: skip
    assert {row["commit_id"] for row in tags.values()} == {commit_id}
    assert [name for name, row in tags.items() if not row["is_annotated"]] == ["light"]


def test_times_are_instants_in_utc(new_repository, collect):
    shop = new_repository()
    shop.commit(at=1_700_000_000)
    assert collect(shop.path).newest["committed_at"] == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_the_main_line_can_be_named(new_repository, collect):
    shop = new_repository()
    base = shop.commit()
    shop.git("branch", "release")
    shop.commit()
    assert _ids(collect(shop.path, branch="release")) == {base}
    with pytest.raises(UsageError, match="no branch gone"):
        collect(shop.path, branch="gone")


def test_rows_are_pushed_in_chunks_while_git_still_runs(new_repository):
    shop = new_repository()
    person = "committer Ana Lima <ana@harbour.test> 1700000000 +0000\ndata 1\nx\n"
    edits = (f"commit refs/heads/main\n{person}M 100644 inline f\ndata <<.\n{number}\n.\n\n" for number in range(6_000))
    shop.git("fast-import", "--quiet", stdin="".join(edits).encode())
    pushed: dict[str, list[int]] = {}

    def emit(table, rows):
        pushed.setdefault(table.name, []).append(len(rows))

    GitCollector(open_repository(shop.path), "harbour", str, datetime.now(UTC)).collect({}, emit)

    assert pushed["commits"] == pushed["file_changes"] == [5_000, 1_000]


def test_a_log_that_was_killed_is_no_missing_content(new_repository, collect, monkeypatch, tmp_path):
    shop = new_repository()
    shop.commit()
    killed = tmp_path / "bin" / "git"
    killed.parent.mkdir()
    real = shutil.which("git")
    killed.write_text(f'#!/bin/sh\ncase "$*" in *" -M50%"*) kill -9 $$ ;; *) exec {real} "$@" ;; esac\n')
    killed.chmod(0o755)
    monkeypatch.setenv("PATH", str(killed.parent), prepend=os.pathsep)

    with pytest.raises(GitRefused, match="stopped by signal 9"):
        collect(shop.path)


def test_a_merge_of_the_main_line_is_compared_with_its_first_parent(new_repository, collect):
    shop = new_repository()
    shop.commit("Begin", {"a.txt": "1\n"})
    shop.git("checkout", "-q", "-b", "side")
    shop.commit("Side", {"b.txt": "1\n"})
    shop.git("checkout", "-q", "main")
    shop.commit("Main", {"a.txt": "2\n"})
    shop.git("merge", "-q", "--no-ff", "-m", "Merge", "side")

    then = collect(shop.path)

    merge = shop.git("rev-parse", "HEAD")
    assert [(row["commit_id"], row["status"], row["path"]) for row in then.rows["merge_changes"]] == [
        (merge, "A", "b.txt")
    ]
    assert collect(shop.path, dict(then.collected.cursor)).rows["merge_changes"] == []
