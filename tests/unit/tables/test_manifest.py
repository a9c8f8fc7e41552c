"""Manifests say what they hold, and are refused where they cannot be believed."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trueline.model.errors import LakeRefused
from trueline.tables.manifest import BatchFile, Manifest, read_manifest

MANIFEST = Manifest(
    sequence=7,
    source="git/hafen/größe",
    collected_at=datetime(2026, 3, 1, tzinfo=UTC),
    cursor={"tips": ["a", "b"]},
    live=(BatchFile("berths", "berths/x/1.parquet", 3, "d1", 1, 1),),
    tables=("berths",),
    notes=("a note",),
    counted={"berths": 3},
)


def written(folder: Path, text: str) -> Path:
    path = folder / f"000000000007-{hashlib.sha256(text.encode()).hexdigest()}.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path):
    path = tmp_path / MANIFEST.file_name
    path.write_text(MANIFEST.to_json(), encoding="utf-8")

    assert read_manifest(path) == MANIFEST


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b" "])
def test_a_damaged_manifest_is_told_with_its_path(tmp_path: Path, damage: bytes):
    path = tmp_path / MANIFEST.file_name
    path.write_bytes(MANIFEST.to_json().encode() + damage if damage == b" " else damage)

    with pytest.raises(LakeRefused, match=f"{path} is damaged"):
        read_manifest(path)


def test_a_manifest_of_a_newer_schema_is_refused_before_its_unknown_fields_matter(tmp_path: Path):
    content = json.loads(MANIFEST.to_json()) | {"schema": 2, "something_new": True}
    path = written(tmp_path, json.dumps(content))

    with pytest.raises(LakeRefused, match="newer Trueline") as refused:
        read_manifest(path)
    assert refused.value.fix == "Upgrade Trueline"


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"schema": 1}', '{"schema": "x"}', "nonsense", '{"schema": 1, "odd": 2}']
)
def test_what_is_no_manifest_is_told_and_not_a_traceback(tmp_path: Path, text: str):
    path = written(tmp_path, text)

    with pytest.raises(LakeRefused, match=f"{path} is damaged"):
        read_manifest(path)


def test_a_manifest_that_cannot_be_read_is_told_with_its_path(tmp_path: Path):
    path = tmp_path / MANIFEST.file_name
    path.mkdir()

    with pytest.raises(LakeRefused, match=f"{path} cannot be read"):
        read_manifest(path)
