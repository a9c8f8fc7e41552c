from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from trueline.model.errors import UsageError
from trueline.sources.git import NotARepository, open_repository
from trueline.sources.git.repository import name_of_remote

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_directory_outside_any_repository_is_none(tmp_path):
    with pytest.raises(NotARepository, match="not in a git repository"):
        open_repository(tmp_path)


def test_a_path_that_is_no_directory_is_said(tmp_path):
    with pytest.raises(NotARepository, match="not a directory"):
        open_repository(tmp_path / "none")


def test_a_subdirectory_opens_the_repository_around_it(new_repository):
    shop = new_repository()
    shop.commit(files={"deep/er/a.txt": "1"})
    repository = open_repository(shop.path / "deep" / "er")
    assert (repository.work_tree, repository.git_dir) == (shop.path, shop.path / ".git")


def test_a_name_with_a_line_feed_is_opened(new_repository):
    shop = new_repository("two\nlines")
    shop.commit()
    assert open_repository(shop.path).work_tree == shop.path


def test_a_bare_repository_has_no_working_tree(new_repository):
    shop = new_repository()
    commit_id = shop.commit()
    shop.git("clone", "-q", "--bare", ".", "../copy.git")
    repository = open_repository(shop.path.parent / "copy.git")
    assert repository.work_tree is None
    assert repository.main_line().commit_id == commit_id
    assert repository.default_name() == "copy"


def test_a_bare_repository_without_a_configuration_file_is_read(new_repository):
    shop = new_repository("bare.git", "--bare")
    (shop.path / "config").unlink()
    assert open_repository(shop.path).main_line().commit_id is None


def test_a_linked_worktree_has_its_own_head_and_the_name_of_its_repository(new_repository):
    shop = new_repository("harbour")
    shop.commit()
    shop.git("worktree", "add", "-q", "-b", "side", "../linked")
    repository = open_repository(shop.path.parent / "linked")
    assert repository.work_tree == shop.path.parent / "linked"
    assert repository.common_dir == shop.path / ".git"
    assert repository.main_line().branch == "side"
    assert repository.default_name() == "harbour"


def test_an_empty_repository_has_a_branch_and_no_commit(new_repository):
    main_line = open_repository(new_repository().path).main_line()
    assert (main_line.branch, main_line.commit_id) == ("main", None)


def test_a_detached_head_counts_where_no_branch_says_otherwise(new_repository):
    shop = new_repository()
    commit_id = shop.commit()
    shop.git("checkout", "-q", "--detach")
    shop.git("branch", "-D", "main")
    main_line = open_repository(shop.path).main_line()
    assert (main_line.branch, main_line.commit_id) == (None, commit_id)


def test_a_detached_head_gives_way_to_a_usual_main_branch(new_repository):
    shop = new_repository()
    shop.commit()
    tip = shop.commit()
    shop.git("checkout", "-q", "HEAD~1")
    main_line = open_repository(shop.path).main_line()
    assert (main_line.branch, main_line.commit_id) == ("main", tip)


def _cloned(shop):
    shop.git("clone", "-q", ".", "../clone")
    return type(shop)(shop.path.parent / "clone")


def test_a_clone_on_another_branch_reads_the_default_branch_of_origin(new_repository):
    shop = new_repository()
    tip = shop.commit()
    clone = _cloned(shop)
    clone.git("checkout", "-q", "-b", "feature")
    clone.commit()
    main_line = open_repository(clone.path).main_line()
    assert (main_line.branch, main_line.ref, main_line.commit_id) == ("main", "refs/remotes/origin/main", tip)


def test_a_clone_on_the_default_branch_reads_its_own_checkout(new_repository):
    shop = new_repository()
    shop.commit()
    clone = _cloned(shop)
    tip = clone.commit()
    main_line = open_repository(clone.path).main_line()
    assert (main_line.ref, main_line.commit_id) == ("refs/heads/main", tip)


def test_a_named_branch_prevails_and_must_exist(new_repository):
    shop = new_repository()
    shop.commit()
    shop.git("branch", "release/1.x")
    repository = open_repository(shop.path)
    assert repository.main_line("release/1.x").ref == "refs/heads/release/1.x"
    with pytest.raises(UsageError, match="no branch nonsense"):
        repository.main_line("nonsense")


def test_the_only_branch_counts_where_a_bare_head_is_unborn(new_repository):
    shop = new_repository()
    tip = shop.commit()
    shop.git("clone", "-q", "--bare", ".", "../copy.git")
    bare = type(shop)(shop.path.parent / "copy.git", "--bare")
    bare.git("branch", "-m", "main", "odd")
    bare.git("symbolic-ref", "HEAD", "refs/heads/never-made")
    assert open_repository(bare.path).main_line().commit_id == tip


def test_a_repository_of_its_own_was_fetched_from_nowhere(new_repository):
    shop = new_repository()
    shop.commit()
    assert open_repository(shop.path).fetched_at() is None


def test_a_clone_is_as_fresh_as_its_last_fetch(new_repository):
    shop = new_repository()
    shop.commit()
    clone = _cloned(shop)
    cloned_at, fetched_at = NOW - timedelta(days=90), NOW - timedelta(days=30)
    for path in (clone.path / ".git").rglob("*"):
        os.utime(path, (cloned_at.timestamp(),) * 2)
    repository = open_repository(clone.path)
    assert repository.fetched_at() == cloned_at
    clone.git("fetch", "-q")
    os.utime(clone.path / ".git" / "FETCH_HEAD", (fetched_at.timestamp(),) * 2)
    assert repository.fetched_at() == fetched_at


def test_housekeeping_and_a_failed_fetch_make_no_clone_fresh(new_repository):
    shop = new_repository()
    shop.commit()
    clone = _cloned(shop)
    cloned_at = NOW - timedelta(days=90)
    for path in (clone.path / ".git").rglob("*"):
        os.utime(path, (cloned_at.timestamp(),) * 2)
    clone.git("pack-refs", "--all")
    (clone.path / ".git" / "FETCH_HEAD").touch()
    assert open_repository(clone.path).fetched_at() == cloned_at


def test_a_shallow_clone_knows_where_it_was_cut_off(new_repository):
    shop = new_repository()
    shop.commit()
    tip = shop.commit()
    shop.git("clone", "-q", "--depth=1", f"file://{shop.path}", "../shallow")
    repository = open_repository(shop.path.parent / "shallow")
    assert repository.is_shallow
    assert repository.shallow_commit_ids() == {tip}
    assert not open_repository(shop.path).is_shallow


def test_a_partial_clone_knows_what_it_lacks(new_repository):
    shop = new_repository()
    tip = shop.commit()
    shop.git("config", "uploadpack.allowFilter", "true")
    shop.git("clone", "-q", "--bare", "--filter=blob:none", f"file://{shop.path}", "../partial")
    repository = open_repository(shop.path.parent / "partial")
    assert repository.is_promised
    assert repository.lacks_objects_of(tip)
    assert not open_repository(shop.path).lacks_objects_of(tip)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://forge.test/harbour/billing.git", "harbour/billing"),
        ("https://user:secret@forge.test:8443/harbour/billing/", "harbour/billing"),
        ("ssh://git@forge.test:2222/group/sub/billing", "group/sub/billing"),
        ("git@forge.test:harbour/billing.git", "harbour/billing"),
        ("forge.test:billing", "billing"),
        ("/srv/git/billing.git", None),
        ("../billing", None),
        ("file:///srv/git/billing.git", None),
        ("C:\\git\\billing", None),
        ("https://forge.test/<script>/x", None),
        ("git@forge.test:../../etc/passwd", None),
    ],
)
def test_a_remote_is_known_by_owner_and_name_and_never_by_a_path(url, name):
    assert name_of_remote(url) == name


def test_a_repository_is_called_as_its_remote_else_as_its_folder(new_repository):
    shop = new_repository("harbour-billing")
    assert open_repository(shop.path).default_name() == "harbour-billing"
    shop.git("remote", "add", "mirror", "git@forge.test:mirror/billing.git")
    shop.git("remote", "add", "origin", "git@forge.test:harbour/billing.git")
    assert open_repository(shop.path).default_name() == "harbour/billing"
