"""`trueline collect --lines` end to end: counted when asked for, kept up from then on, never by `scan`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Said, Workshop

Trueline = Callable[..., Said]


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    shop = new_repository()
    shop.commit(files={"a.txt": "1\n2\n", "b.bin": b"\0\1"})
    shop.commit(files={"a.txt": "1\ntwo\nthree\n"})
    return shop


def changes(trueline: Trueline, shop: Workshop) -> list[dict[str, Any]]:
    said = trueline(
        "query", "-C", shop.path, "--format", "json",
        "select path, added, deleted, is_binary from line_changes order by added nulls first, deleted, path",
    )  # fmt: skip
    return list(said.answers().json["rows"])


def test_lines_are_counted_when_asked_for_and_kept_up_until_told_otherwise(trueline: Trueline, shop: Workshop):
    trueline("collect", "-C", shop.path).answers()
    assert changes(trueline, shop) == []
    trueline("collect", "--lines", "-C", shop.path).answers()
    assert [tuple(row.values()) for row in changes(trueline, shop)] == [
        ("b.bin", None, None, True),
        ("a.txt", 2, 0, False),
        ("a.txt", 2, 1, False),
    ]
    shop.commit(files={"a.txt": ""})
    trueline("collect", "--no-lines", "-C", shop.path).answers()
    assert len(changes(trueline, shop)) == 3
    trueline("collect", "-C", shop.path).answers()
    assert len(changes(trueline, shop)) == 4


def test_scan_counts_no_lines(trueline: Trueline, shop: Workshop):
    trueline("scan", shop.path).answers()
    said = trueline(
        "query", "-C", shop.path, "--format", "json", "select state from catalog where table_name = 'blob_lines'"
    )
    assert said.answers().json["rows"] == [{"state": "absent"}]


def test_lines_do_not_go_with_a_feed(trueline: Trueline, shop: Workshop):
    (shop.path / "deploys.csv").write_text("deployment_id\n", "utf-8")
    said = trueline("collect", "--lines", "--feed", "deployments", "deploys.csv", "-C", shop.path)
    said.refuses("--lines goes with git history, not with --feed")
