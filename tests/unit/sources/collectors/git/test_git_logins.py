"""What a commit shows of the accounts behind it, and under which address a co-author is known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from trueline.sources.collectors.git.attribution import load_attribution
from trueline.sources.collectors.git.mailmap import mapped_address, read_mailmap
from trueline.sources.collectors.git.message import merged_login
from trueline.sources.git import open_repository

RULES = load_attribution()


@pytest.mark.parametrize(
    ("address", "login"),
    [
        ("4711+Ana-Lima@users.noreply.github.com", "ana-lima"),
        ("ana_harbour@users.noreply.github.com", "ana_harbour"),
        ("4711-ana.lima@users.noreply.gitlab.com", "ana.lima"),
        ("4711-ana@users.noreply.git.harbour.test", "ana"),
        ("49699333+dependabot[bot]@users.noreply.github.com", None),
        ("ana@harbour.test", None),
        ("ana@users.noreply.harbour.test", None),
        ("x ana@users.noreply.github.com", None),
        ("", None),
    ],
)
def test_an_address_that_a_forge_made_names_its_login(address, login):
    assert RULES.login(address) == login


@pytest.mark.parametrize(
    ("subject", "login"),
    [
        ("Merge pull request #12 from Ana-Lima/fix-till", "ana-lima"),
        ("Merge pull request #12 from ana/deep/branch", "ana"),
        ("Merge pull request #12 from ana", None),
        ("Merge branch 'main' of ana/shop", None),
        ("See: Merge pull request #12 from ana/x", None),
    ],
)
def test_the_subject_of_a_merge_names_the_fork_that_it_merges(subject, login):
    assert merged_login(subject) == login


def test_the_login_stays_known_where_a_mailmap_replaces_the_address(new_repository, collect):
    shop = new_repository()
    shop.commit(author=("Ana Lima", "7+ana@users.noreply.github.com"))
    shop.commit(files={".mailmap": "Ana Lima <ana@harbour.test> <7+ana@users.noreply.github.com>\n"})
    newest, oldest = collect(shop.path).commits
    assert (oldest["author_key"], oldest["login_key"]) == ("<ana@harbour.test>", "<login:ana>")
    assert (newest["author_key"], newest["login_key"]) == ("<ana@harbour.test>", None)


def test_branches_of_the_repository_itself_come_from_nobodys_fork(new_repository, collect):
    shop = new_repository()
    shop.commit("Merge pull request #2 from Harbour/topic")
    shop.commit("Merge pull request #1 from ana/topic")
    assert [row["from_login_key"] for row in collect(shop.path).commits] == ["<login:ana>", "<login:harbour>"]
    shop.git("remote", "add", "origin", "https://forge.test/harbour/shop.git")
    assert [row["from_login_key"] for row in collect(shop.path).commits] == ["<login:ana>", None]


def test_another_owner_of_the_remote_starts_anew(new_repository, collect):
    shop = new_repository()
    shop.commit()
    cursor = collect(shop.path).collected.cursor
    shop.git("remote", "add", "origin", "https://forge.test/harbour/shop.git")
    assert len(collect(shop.path, cursor).commits) == 1


def test_co_authors_go_through_the_mailmap_as_authors_do(new_repository, collect):
    shop = new_repository()
    shop.commit("Pair\n\nCo-authored-by: Bo Chen <BO@laptop.test>\nCo-authored-by: Cy <cy@harbour.test>\n")
    shop.commit(files={".mailmap": "# people\nBo Chen <bo@harbour.test> <bo@laptop.test>\n"})
    row = next(row for row in collect(shop.path).commits if row["subject"] == "Pair")
    assert row["co_author_keys"] == ["<bo@harbour.test>", "<cy@harbour.test>"]


def test_a_mailmap_is_read_as_git_reads_it(new_repository):
    shop = new_repository()
    lines = [
        b"# Nobody <no@harbour.test> <ana@old.test>",
        b"Ana Lima <ana@harbour.test>",
        b"<bo@harbour.test> <bo@old.test>",
        b"Cy Dee <cy@harbour.test> Root <root@shared.test>",
        b"Di <di@harbour.test> Admin <ROOT@shared.test>",
        b"no address at all",
        b"<>",
        b"\xff\xfe <\xff@x> <y@x>",
    ]
    shop.commit(files={".mailmap": b"\n".join(lines)})
    mailmap = read_mailmap(open_repository(shop.path).git, "HEAD:.mailmap")
    asked = [("Bo", "BO@old.test"), ("root", "root@shared.test"), ("admin", "root@shared.test"), ("Eve", "eve@x.test")]
    asked += [("Ana", "ana@old.test"), ("Root", "other@shared.test")]
    for name, address in asked:
        said = shop.git("-c", "mailmap.blob=HEAD:.mailmap", "check-mailmap", f"{name} <{address}>")
        assert f"<{mapped_address(mailmap, name, address)}>" == said[said.rindex("<") :].lower()


def test_without_a_mailmap_nothing_is_mapped(new_repository):
    shop = new_repository()
    shop.commit()
    assert read_mailmap(open_repository(shop.path).git, "HEAD:.mailmap") == {}


def test_a_repository_that_is_its_own_origin_gives_the_same_row_each_time(new_repository, collect):
    shop = new_repository()
    shop.commit()
    first = collect(shop.path)
    later = collect(shop.path, first.collected.cursor, now=first.commits[0]["committed_at"] + timedelta(days=99))
    assert later.repository == first.repository
    assert first.repository["fetched_at"] is None
