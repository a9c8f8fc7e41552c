"""New files are written whole, all or none, never over something and never out of the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from trueline.app.handbook import write_new
from trueline.model.errors import UsageError


def test_files_are_written_with_their_folders(tmp_path: Path):
    write_new(tmp_path, {"a/b/c.md": "ü\n", "d.md": "x\n"})

    assert (tmp_path / "a/b/c.md").read_bytes() == "ü\n".encode()
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["c.md", "d.md"]


def test_a_file_that_exists_is_kept_and_those_before_it_are_taken_back(tmp_path: Path):
    (tmp_path / "b.md").write_text("mine")

    with pytest.raises(UsageError, match=r"b\.md cannot be written: it is there already"):
        write_new(tmp_path, {"a.md": "x", "b.md": "y"})

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"b.md": "mine"}


def test_a_link_out_of_the_repository_is_not_followed(tmp_path: Path):
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    root.mkdir()
    (root / "handbook").symlink_to(outside)

    with pytest.raises(UsageError, match="handbook is a link"):
        write_new(root, {"handbook/charters/x.md": "x"})

    assert list(outside.iterdir()) == []


def test_a_file_where_a_folder_should_be_is_said(tmp_path: Path):
    (tmp_path / "handbook").write_text("x")

    with pytest.raises(UsageError, match="handbook is no folder"):
        write_new(tmp_path, {"handbook/x.md": "x"})
