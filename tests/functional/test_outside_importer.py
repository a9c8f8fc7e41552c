"""An importer of somebody else's: installed as a package, it reads its form beside our own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "importer-example"

pytest.importorskip("hatchling", reason="the development requirements bring it")


def traced(folder: Path, environment: dict[str, str]) -> dict[str, object]:
    command = [
        sys.executable,
        "-m",
        "trueline.surfaces.cli",
        "trace",
        "-C",
        str(folder),
        "--format",
        "json",
        "--exit-zero",
    ]
    said = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    read: dict[str, object] = json.loads(said.stdout)
    return read


def test_what_no_importer_read_is_read_once_one_is_installed(tmp_path: Path):
    site, copy, folder = tmp_path / "site", tmp_path / "importer-example", tmp_path / "quay"
    subprocess.run(["cp", "-r", str(EXAMPLE), str(copy)], check=True)
    install = ["pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(site)]
    subprocess.run([sys.executable, "-m", *install, str(copy)], check=True, capture_output=True)
    folder.mkdir()
    (folder / "spec.md").write_text("# Requirements\n\n### REQ-12: Light\n\nIt must be lit.\n", encoding="utf-8")
    (folder / "light.pledge").write_text(
        "pledge PLEDGE-3 Lights\n  covers: REQ-12\n  Lit at night.\n", encoding="utf-8"
    )
    environment = {**os.environ, "TRUELINE_CACHE_DIR": str(tmp_path / "cache")}

    before = traced(folder, environment)
    after = traced(folder, {**environment, "PYTHONPATH": str(site)})

    assert (before["by_kind"], before["by_verdict"]) == ({"req": 1}, {"untraced": 1})
    assert (after["by_kind"], after["by_verdict"]) == ({"pledge": 1, "req": 1}, {"covered": 1, "untraced": 1})
