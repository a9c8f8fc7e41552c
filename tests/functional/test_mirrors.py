"""Repositories that are named by their address are fetched into mirrors, and one that fails does not stop the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from trueline.sources.git.mirror import mirror_directory

from .conftest import Said, Workshop

Run = Callable[..., Said]


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    made = new_repository("shop")
    made.commit("Open", {"a.txt": "1"})
    return made


@pytest.fixture
def handbook(tmp_path: Path, shop: Workshop) -> Path:
    folder = tmp_path / "handbook"
    folder.mkdir()
    (folder / "trueline.toml").write_text(
        f'schema = 1\nname = "handbook"\n\n[[repository]]\nname = "shop"\nurl = "file://{shop.path}"\n\n'
        f'[[repository]]\nname = "gone"\nurl = "file://{tmp_path}/nowhere"\n'
    )
    return folder


def rows_of(trueline: Run, handbook: Path, sql: str) -> list[dict[str, object]]:
    return json.loads(trueline("query", sql, "-C", handbook, "--format", "json").answers().out)["rows"]


def test_what_can_be_fetched_is_collected_and_what_cannot_is_told(trueline: Run, handbook: Path):
    said = trueline("collect", "-C", handbook)

    assert said.status == 2
    assert "git/gone" in said.err
    assert "nowhere" in said.err
    assert rows_of(trueline, handbook, "select repository, subject from commits") == [
        {"repository": "shop", "subject": "Open"}
    ]


def test_a_forced_push_is_followed(trueline: Run, handbook: Path, shop: Workshop):
    trueline("collect", "-C", handbook)
    shop.git("commit", "--amend", "-q", "-m", "Open again")

    trueline("collect", "-C", handbook)

    found = rows_of(
        trueline,
        handbook,
        "select c.subject from commits as c inner join landed_commits as l using (repository, commit_id)",
    )
    assert found == [{"subject": "Open again"}]


def test_a_scan_fetches_nothing(trueline: Run, handbook: Path, own_places: Path):
    said = trueline("scan", handbook).answers()

    assert "shop" in said.out
    assert not (own_places / "mirrors").exists()


@pytest.mark.parametrize("url", ["ext::sh -c touch% /tmp/canary", "--upload-pack=touch /tmp/canary"])
def test_an_address_that_would_run_a_program_is_refused(trueline: Run, tmp_path: Path, url: str):
    (tmp_path / "trueline.toml").write_text(
        f'schema = 1\nname = "handbook"\n\n[[repository]]\nname = "evil"\nurl = {json.dumps(url)}\n'
    )

    said = trueline("collect", "-C", tmp_path)

    assert said.status == 2
    assert "url must be" in said.err


def test_two_addresses_never_share_a_mirror(tmp_path: Path):
    assert mirror_directory(tmp_path, "https://one.example/shop") != mirror_directory(
        tmp_path, "https://two.example/shop"
    )


@pytest.mark.parametrize(
    "url", ["https://bob:s3cret@127.0.0.1:9/shop", "https://s3cret@127.0.0.1:9/shop", "https://127.0.0.1:9/s?t=s3cret"]
)
def test_the_secret_in_an_address_is_never_printed(trueline: Run, tmp_path: Path, url: str):
    (tmp_path / "trueline.toml").write_text(f'schema = 1\nname = "handbook"\n\n[[repository]]\nurl = "{url}"\n')

    said = trueline("collect", "-C", tmp_path)

    assert said.status == 2
    assert "https://" in said.err
    assert "s3cret" not in said.err + said.out


def test_a_repository_without_the_branch_that_is_set_does_not_stop_the_rest(
    trueline: Run, handbook: Path, new_repository: Callable[..., Workshop]
):
    new_repository("yard").commit("Open", {"a.txt": "1"})
    with (handbook / "trueline.toml").open("a") as settings:
        settings.write('\n[[repository]]\nname = "yard"\npath = "../yard"\nbranch = "nowhere"\n')

    said = trueline("collect", "-C", handbook)

    assert "trueline.toml:12:1: there is no branch nowhere" in said.err
    assert rows_of(trueline, handbook, "select repository from repositories") == [{"repository": "shop"}]


def test_a_repository_of_this_machine_is_named_as_its_folder(trueline: Run, tmp_path: Path, shop: Workshop):
    (tmp_path / "trueline.toml").write_text(
        f'schema = 1\nname = "handbook"\n\n[[repository]]\nurl = "file://{shop.path}/"\n'
    )

    trueline("collect", "-C", tmp_path).answers()

    assert rows_of(trueline, tmp_path, "select repository from repositories") == [{"repository": "shop"}]
