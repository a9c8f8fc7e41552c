"""Which tags are releases."""

from __future__ import annotations

import pytest

from trueline.analyses.landed.versions import Version, read_version


@pytest.mark.parametrize(
    ("tag", "text", "series", "is_prerelease"),
    [
        ("v1.2", "1.2", None, False),
        ("1.2.3", "1.2.3", None, False),
        ("release-1.2", "1.2", None, False),
        ("REL_9_6", "9_6", None, False),
        ("releases/v3.0.1", "3.0.1", None, False),
        ("2024.1", "2024.1", None, False),
        ("2024-01-15", "2024-01-15", None, False),
        ("v0.99.9c", "0.99.9c", None, False),
        ("1.2.3.Final", "1.2.3.Final", None, False),
        ("1.2.3+build.7", "1.2.3+build.7", None, False),
        ("ledger@1.2.3", "1.2.3", "ledger", False),
        ("@shop/ledger@1.2.3", "1.2.3", "@shop/ledger", False),
        ("ledger/v1.2", "1.2", "ledger", False),
        ("log4x2-v1.2", "1.2", "log4x2", False),
        ("v2.0.0-rc1", "2.0.0-rc1", None, True),
        ("2.0.0rc2", "2.0.0rc2", None, True),
        ("v1.0a1", "1.0a1", None, True),
        ("v2.0.0-beta.17", "2.0.0-beta.17", None, True),
        ("5.0.0.M1", "5.0.0.M1", None, True),
        ("1.2-SNAPSHOT", "1.2-SNAPSHOT", None, True),
        ("1.2.0.dev3", "1.2.0.dev3", None, True),
    ],
)
def test_a_tag_with_a_version_is_a_release(tag: str, text: str, series: str | None, is_prerelease: bool) -> None:
    version = read_version(tag)
    assert version is not None
    assert (version.text, version.series, version.is_prerelease) == (text, series, is_prerelease)


@pytest.mark.parametrize(
    "tag", ["latest", "1.0.x", "v0.90.0-site", "build-1234", "17", "before-rewrite", "1.2!", "", "v1." + "1" * 300]
)
def test_a_tag_without_a_version_is_no_release(tag: str) -> None:
    assert read_version(tag) is None


def test_a_single_number_may_be_a_pointer_that_moves() -> None:
    assert read_version("v4") == Version("4", (4,), False, None, is_certain=False)


def test_the_repository_s_own_name_is_no_series() -> None:
    version = read_version("ledger-1.2.3", "shop/ledger")
    assert version is not None
    assert version.series is None


def test_a_hostile_tag_is_read_in_no_time() -> None:
    assert read_version("v1.0" + "a1" * 95 + "!") is None
