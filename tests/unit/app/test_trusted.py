from __future__ import annotations

from pathlib import Path

import pytest

from trueline.app.trusted import is_harmless


@pytest.mark.parametrize("path", [b"a/../b", b"../a", b"/etc/passwd", b"a//b", b"./a", b"a/..", b""])
def test_a_path_that_leaves_its_folder_is_never_copied(path):
    assert not is_harmless(path)


@pytest.mark.parametrize("path", [b"a/b.sql", b"a..b/c", b".hidden/x", "ä/ß".encode()])
def test_a_path_that_stays_inside_is_copied(path):
    assert is_harmless(path)
    assert (Path("/root") / path.decode()).is_relative_to("/root")
