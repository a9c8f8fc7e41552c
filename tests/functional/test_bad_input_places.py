"""Caches, lakes and disks that cannot be used: a clear error, and nothing half done."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop

Run = Callable[..., Said]
Make = Callable[..., Workshop]


@pytest.fixture
def repository(new_repository: Make) -> Workshop:
    repository = new_repository()
    repository.commit(files={"README.md": "# R\n\n[gone](gone.md)\n", "a.py": "x = 1\n"})
    return repository


@pytest.mark.parametrize("words", [("scan",), ("check",), ("query", "select 1 as n"), ("collect",)], ids=lambda w: w[0])
def test_a_file_where_the_cache_should_be_is_told(
    trueline: Run, repository: Workshop, own_places: Path, words: tuple[str, ...]
):
    own_places.parent.mkdir(parents=True)
    own_places.write_text("in the way")

    trueline(*words, "-C", repository.path).refuses(str(own_places), "TRUELINE_CACHE_DIR")


@pytest.mark.parametrize("part", ["lake", "lake/_manifests", "snapshots", "documents", "pseudonym.key", "scan.html"])
def test_a_file_or_folder_in_the_way_inside_the_cache_is_told(
    trueline: Run, repository: Workshop, own_places: Path, part: str
):
    trueline("scan", repository.path).answers()
    (mine,) = (place for place in own_places.iterdir() if place.is_dir())
    place = mine / part
    if place.is_dir():
        shutil.rmtree(place)
        place.write_text("in the way")
    else:
        place.unlink()
        place.mkdir()
    shutil.rmtree(mine / "snapshots") if part != "snapshots" else None
    repository.write("new.md", "# N\n")

    said = trueline("scan", repository.path).is_told_well()

    assert said.status == 2, said
    assert str(mine) in said.err


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 4096], ids=["empty", "text", "zeros"])
def test_a_damaged_snapshot_is_told_or_made_again(
    trueline: Run, repository: Workshop, own_places: Path, content: bytes
):
    day = ("--as-of", "2026-02-20", "-C", str(repository.path))
    trueline("scan", repository.path).answers()
    trueline("query", "select count(*) as n from files", *day).answers()
    for snapshot in own_places.rglob("*.duckdb"):
        snapshot.write_bytes(content)

    said = trueline("query", "select count(*) as n from files", *day).is_told_well()

    assert said.status in (0, 2)
    assert said.status == 0 or ".duckdb" in said.err


def manifests(cache: Path) -> list[Path]:
    return sorted(cache.glob("*/lake/_manifests/*.json"))


def rewritten(path: Path, content: bytes) -> None:
    """Put a manifest in the place of another, named after its own digest as the lake does."""
    path.unlink()
    path.with_name(f"{path.name.partition('-')[0]}-{hashlib.sha256(content).hexdigest()}.json").write_bytes(content)


def test_a_lake_of_a_newer_version_is_refused(trueline: Run, repository: Workshop, own_places: Path):
    trueline("scan", repository.path).answers()
    for path in manifests(own_places):
        rewritten(path, json.dumps(json.loads(path.read_text()) | {"schema": 99, "something": "new"}).encode())

    trueline("scan", repository.path).refuses("newer", "upgrade")
    trueline("check", "-C", repository.path).refuses("newer")


def test_rows_of_a_newer_version_are_refused(trueline: Run, repository: Workshop, own_places: Path):
    trueline("scan", repository.path).answers()
    for path in manifests(own_places):
        content = json.loads(path.read_text())
        content["live"] = [file | {"schema_version": 99} for file in content["live"]]
        rewritten(path, json.dumps(content).encode())

    trueline("check", "-C", repository.path).refuses("newer")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"schema": "x"}', b"\xff", b'{"schema": 1}'])
def test_a_damaged_lake_is_refused(trueline: Run, repository: Workshop, own_places: Path, content: bytes):
    trueline("scan", repository.path).answers()
    for path in manifests(own_places):
        path.write_bytes(content)
    trueline("check", "-C", repository.path).refuses("damaged")

    for path in manifests(own_places):
        rewritten(path, content)
    trueline("check", "-C", repository.path).refuses("_manifests")


def test_a_batch_that_is_gone_or_damaged_is_refused(trueline: Run, repository: Workshop, own_places: Path):
    trueline("scan", repository.path).answers()
    batches = sorted(own_places.glob("*/lake/commits/**/*.parquet"))
    assert batches
    shutil.rmtree(next(iter(own_places.glob("*/snapshots"))))
    for batch in batches:
        batch.write_bytes(b"PAR1 and no more")
    trueline("check", "-C", repository.path).refuses("commits")
    for batch in batches:
        batch.unlink()
    trueline("check", "-C", repository.path).refuses("commits")


def test_a_key_that_is_none_is_refused_and_not_shown(trueline: Run, repository: Workshop, own_places: Path):
    trueline("scan", repository.path).answers()
    (key,) = own_places.glob("*/pseudonym.key")
    key.write_text("s3cret-no-key")

    assert "s3cret" not in trueline("scan", repository.path).refuses("pseudonym.key").err


@pytest.mark.parametrize("bytes_at_most", [0, 100_000])
def test_a_full_disk_is_told_and_the_next_run_is_whole(installed: Run, repository: Workshop, bytes_at_most: int):
    def little() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_at_most, bytes_at_most))

    said = installed("scan", repository.path, before=little)

    assert "Traceback" not in said.err
    assert "defect of Trueline" not in said.err
    assert said.status == 2, said
    assert installed("scan", repository.path).answers()


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="only root can mount a small disk")
def test_a_small_disk_that_is_full_is_told(installed: Run, repository: Workshop, tmp_path: Path):
    import subprocess

    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        said = installed("scan", repository.path, TRUELINE_CACHE_DIR=str(disk / "cache"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)

    assert said.status == 2, said
    assert "defect of Trueline" not in said.err
    assert str(disk) in said.err
