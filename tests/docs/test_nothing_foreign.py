"""No tracked file names a package index or a place on the machine of whoever wrote it.

The forbidden words are put together from pieces, so that this file does not hold them.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
INDEX_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "proxy.golang" + ".org", "anaconda" + ".org")
MACHINE_PLACES = tuple(f"/{name}/" for name in ("wo" + "rk", "ro" + "ot", "opt/py" + "pi", "fa" + "rm"))
INDEX_OPTIONS = tuple("--" + option for option in ("index" + "-url", "extra-index" + "-url", "find" + "-links"))
HOST = re.compile(rb"https?://|file:|@ git\+")


def tracked_files() -> list[Path]:
    """Return the files that git tracks or would track."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
    ).stdout
    paths = (ROOT / name.decode() for name in listed.split(b"\0") if name)
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def places_of(word: str, content: bytes) -> bool:
    """Tell whether content holds the word as a path or host of its own, in any case."""
    return re.search(rb"(?<![\w.])" + re.escape(word.encode()), content, re.IGNORECASE) is not None


def test_no_tracked_file_names_an_index_or_a_place_on_a_machine():
    found = [
        f"{path.relative_to(ROOT)} holds {word}"
        for path in tracked_files()
        for word in (*INDEX_HOSTS, *MACHINE_PLACES, *INDEX_OPTIONS)
        if places_of(word, path.read_bytes())
    ]
    assert found == []


def test_requirement_files_name_no_host_at_all():
    files = sorted((ROOT / "requirements").iterdir())
    assert files
    assert [path.name for path in files if HOST.search(path.read_bytes())] == []
