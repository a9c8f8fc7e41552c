from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from trueline.model.tree_tables import FILES
from trueline.sources.git import open_repository
from trueline.sources.trees.commit_tree import CommitTree, commit_tree
from trueline.sources.trees.directory_tree import directory_tree
from trueline.sources.trees.tree import Tree, rows_of_files
from trueline.sources.trees.working_tree import WorkingTree, working_tree

ODD_NAMES = (
    b"new\nline.md",
    b'quo"te.md',
    b"inv\xff\xfealid.md",
    "größe.md".encode(),
    b"README.md",
    b"readme.md",
    b" sp ace ",
)


def git(root: Path, *arguments: str, at: int = 1_700_000_000) -> str:
    identity = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
    identity |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}
    dates = {"GIT_AUTHOR_DATE": f"{at} +0000", "GIT_COMMITTER_DATE": f"{at} +0000"}
    environment = {**os.environ, **identity, **dates, "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always", *arguments]
    return subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, text=True).stdout.strip()


def write(root: Path, path: bytes | str, content: bytes) -> None:
    place = root / os.fsdecode(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


@pytest.fixture(params=["sha1", "sha256"])
def root(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    git(tmp_path, "init", "-q", "-b", "main", f"--object-format={request.param}", "work")
    return tmp_path / "work"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    (tmp_path / "plain").mkdir()
    return tmp_path / "plain"


def committed(root: Path) -> CommitTree:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    return commit_tree(open_repository(root).git, git(root, "rev-parse", "HEAD"))


def worked(root: Path) -> WorkingTree:
    return working_tree(open_repository(root))


def contents(tree: Tree, max_bytes: int = 5_000_000) -> dict[bytes, bytes | None]:
    return {entry.path: content for entry, content in tree.read(tree.entries(), max_bytes)}


def told(tree: Tree) -> list[tuple[bytes, str, str, bool, int | None]]:
    return [(e.path, e.blob_id, e.kind, e.is_executable, e.size_bytes) for e in tree.entries()]


def test_the_three_trees_tell_and_read_the_same_files_alike(root: Path):
    for name in ODD_NAMES:
        write(root, name, b"content of " + name)
    write(root, "bin/run", b"#!/bin/sh\n")
    (root / "bin/run").chmod(0o755)
    (root / "loop").symlink_to(".")
    (root / "gone").symlink_to("nowhere")
    write(root, "empty", b"")
    trees: list[Tree] = [committed(root), worked(root)]
    if len(trees[0].entries()[0].blob_id) == 40:
        trees.append(directory_tree(root))

    assert all(told(tree) == told(trees[0]) for tree in trees)
    assert all(contents(tree) == contents(trees[0]) for tree in trees)
    assert contents(trees[0])[b"loop"] == b"."
    assert {entry.path for entry in trees[0].entries()} >= set(ODD_NAMES)
    assert [entry.path for entry in trees[0].entries()] == sorted(entry.path for entry in trees[0].entries())
    assert all(tree.problems == [] for tree in trees)


def test_a_dirty_working_tree_is_told_as_it_is_on_disk(root: Path):
    write(root, ".gitignore", b"ignored\n")
    for name in ("same", "changed", "deleted", "folder/moved"):
        write(root, name, b"before")
    committed(root)
    write(root, "changed", b"after!")
    (root / "deleted").unlink()
    write(root, "untracked/new", b"new")
    write(root, "ignored", b"x")
    (root / "folder/moved").unlink()
    (root / "folder").rmdir()
    (root / "folder").symlink_to("untracked")

    found = contents(worked(root))

    assert found == {
        b".gitignore": b"ignored\n",
        b"changed": b"after!",
        b"folder": b"untracked",
        b"same": b"before",
        b"untracked/new": b"new",
    }


def test_computed_ids_are_those_of_git(root: Path):
    write(root, "a", b"text")
    (entry,) = worked(root).entries()

    assert entry.blob_id == git(root, "hash-object", "a")
    assert hashlib.new("sha1" if len(entry.blob_id) == 40 else "sha256", b"blob 4\0text").hexdigest() == entry.blob_id


def test_looking_at_a_working_tree_writes_nothing_and_runs_no_filter(root: Path):
    write(root, ".gitattributes", b"* filter=trap\n")
    write(root, "a", b"1")
    committed(root)
    git(root, "config", "filter.trap.clean", "touch trapped; cat")
    git(root, "config", "core.fsmonitor", "touch trapped")
    write(root, "a", b"2")
    before = {path: path.stat().st_mtime_ns for path in sorted(root.rglob("*"))}

    contents(worked(root))

    assert {path: path.stat().st_mtime_ns for path in sorted(root.rglob("*"))} == before


def test_a_link_in_place_of_a_folder_does_not_lead_out_of_the_tree(root: Path, plain: Path):
    write(plain, "secret", b"outside")
    write(root, "folder/secret", b"inside")
    committed(root)
    (root / "folder/secret").unlink()
    (root / "folder").rmdir()
    (root / "folder").symlink_to(plain)

    assert [entry.path for entry in worked(root).entries()] == [b"folder"]


def test_content_that_is_too_large_is_not_loaded(root: Path):
    write(root, "large", b"x" * 100)
    write(root, "small", b"y")

    for tree in (committed(root), worked(root), directory_tree(root)):
        assert {path: content for path, content in contents(tree, 50).items() if path in (b"large", b"small")} == {
            b"large": None,
            b"small": b"y",
        }


def test_a_file_that_changed_since_it_was_listed_is_not_read_under_its_old_id(plain: Path):
    write(plain, "a", b"old")
    tree = directory_tree(plain)
    entries = tree.entries()
    write(plain, "a", b"new")

    assert [content for _, content in tree.read(entries)] == [None]


def test_missing_content_of_a_partial_clone_is_a_problem_and_not_fetched(root: Path, tmp_path: Path):
    write(root, "a", b"text")
    write(root, "b", b"more")
    git(root, "config", "uploadpack.allowFilter", "true")
    commit_id = committed(root).commit_id
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", f"file://{root}", "partial")

    tree = commit_tree(open_repository(tmp_path / "partial").git, commit_id)

    assert [entry.size_bytes for entry in tree.entries()] == [None, None]
    assert contents(tree) == {b"a": None, b"b": None}
    assert [problem.path for problem in tree.problems] == ["a", "b"]


def test_a_damaged_object_costs_its_own_content_only(root: Path):
    for name in ("a", "b", "c"):
        write(root, name, name.encode() * 1000)
    tree = committed(root)
    damaged = tree.entries()[1].blob_id
    place = root / ".git/objects" / damaged[:2] / damaged[2:]
    place.chmod(0o644)
    place.write_bytes(place.read_bytes()[:20] + b"\0" * 8)

    assert contents(tree) == {b"a": b"a" * 1000, b"b": None, b"c": b"c" * 1000}


def test_submodules_and_repositories_inside_are_told_but_not_entered(root: Path):
    write(root, "a", b"1")
    committed(root)
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{git(root, 'rev-parse', 'HEAD')},sub")
    git(root, "init", "-q", "nested", f"--object-format={git(root, 'rev-parse', '--show-object-format')}")
    write(root, "nested/x", b"1")
    git(root / "nested", "add", "-A")
    git(root / "nested", "commit", "-q", "-m", "x")

    tree = worked(root)

    assert [(entry.path, entry.kind) for entry in tree.entries()] == [(b"a", "file"), (b"sub", "submodule")]
    assert contents(tree)[b"sub"] is None
    assert [problem.path for problem in tree.problems] == ["nested"]


def test_pipes_are_left_out_and_do_not_block(plain: Path):
    os.mkfifo(plain / "pipe")
    write(plain, "a", b"1")

    assert [entry.path for entry in directory_tree(plain).entries()] == [b"a"]


def test_a_git_folder_is_no_part_of_a_directory(plain: Path):
    write(plain, ".git/config", b"x")
    write(plain, "sub/.git", b"gitdir: x")
    write(plain, "sub/a", b"1")

    assert [entry.path for entry in directory_tree(plain).entries()] == [b"sub/a"]


def test_rows_of_files_are_as_wide_as_their_table(plain: Path):
    write(plain, b"new\nline", b"1")

    ((repository, path, *rest),) = rows_of_files("shop", directory_tree(plain))

    assert (repository, path) == ("shop", '"new\\nline"')
    assert len(rest) + 2 == len(FILES.columns)


def test_a_working_tree_without_commits_and_a_linked_one_are_read(root: Path, tmp_path: Path):
    write(root, "a", b"1")

    assert contents(worked(root)) == {b"a": b"1"}

    committed(root)
    git(root, "worktree", "add", "-q", str(tmp_path / "linked"))
    write(tmp_path / "linked", "a", b"2!")

    assert contents(worked(tmp_path / "linked")) == {b"a": b"2!"}
    assert contents(worked(root)) == {b"a": b"1"}


def test_files_that_a_sparse_checkout_leaves_out_are_told_and_read(root: Path):
    write(root, "in/a", b"1")
    write(root, "out/b", b"2")
    committed(root)
    git(root, "sparse-checkout", "set", "in")

    assert not (root / "out").exists()
    assert contents(worked(root)) == {b"in/a": b"1", b"out/b": b"2"}


def test_a_file_in_conflict_is_told_once_as_it_is_on_disk(root: Path):
    write(root, "a", b"base\n")
    committed(root)
    git(root, "checkout", "-q", "-b", "other")
    write(root, "a", b"theirs\n")
    committed(root)
    git(root, "checkout", "-q", "main")
    write(root, "a", b"ours\n")
    committed(root)
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "-q", "other")

    ((_, content),) = contents(worked(root)).items()

    assert content is not None
    assert b"<<<<<<<" in content
