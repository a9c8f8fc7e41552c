"""Asking for help or the version imports nothing heavy; how long it takes is for the benchmarks."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    "asyncio",
    "duckdb",
    "email",
    "http",
    "importlib.metadata",
    "jinja2",
    "jsonschema_rs",
    "markdown_it",
    "pathspec",
    "platformdirs",
    "rich",
    "ssl",
    "urllib.request",
    "vl_convert",
    "yaml",
}

PROGRAM = """
import json, sys
sys.argv = ["trueline", *sys.argv[1:]]
from trueline.surfaces.cli.main import main
try:
    status = main()
except SystemExit as stop:
    status = stop.code
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["-h"]], ids=" ".join)
def test_help_and_version_import_nothing_heavy(arguments: list[str]):
    run = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    assert run.stdout
    assert HEAVY & set(json.loads(run.stderr.splitlines()[-1])) == set()


def test_help_imports_no_layer_below_the_surface_but_the_model():
    run = subprocess.run([sys.executable, "-c", PROGRAM, "--help"], capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    ours = {name.split(".")[1] for name in json.loads(run.stderr.splitlines()[-1]) if name.startswith("trueline.")}
    assert ours <= {"surfaces", "model"}
