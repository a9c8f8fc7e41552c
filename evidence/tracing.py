"""Trace public repositories that other tools trace, and hold the verdicts against theirs.

Expected are the native tools' own runs at pinned commits (docs/explanation/evidence.md says which).
A repository that is not under the corpus is left out.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .asking import TRUELINE, Figure

OPENFASTTRACE = "ab4cd293"
OPENFASTTRACE_PATHS = """doc/spec importer/lightweightmarkup/src importer/markdown/src importer/restructuredtext/src
importer/specobject/src importer/zip/src importer/tag/src core/src/main core/src/test/java reporter/plaintext/src
reporter/html/src reporter/aspec/src product/src/test/java api/src exporter/specobject/src exporter/common/src
testutil/src""".split()
OPENFASTTRACE_KINDS = {"dsn": 61, "feat": 10, "impl": 84, "itest": 28, "req": 45, "utest": 148}

DOORSTOP = "5875784"
DOORSTOP_SAYS = """WARNING: EXT: EXT001: no links to parent document: REQ
WARNING: EXT: EXT002: no links to parent document: REQ
WARNING: HLT: HLT001: suspect link: TUT017
WARNING: TUT: TUT003: no links from child document: HLT
WARNING: TUT: TUT003: no links to parent document: REQ
WARNING: TUT: TUT003: no text
WARNING: TUT: TUT017: unreviewed changes
WARNING: TUT: TUT020: no links from child document: HLT
WARNING: TUT: TUT022: no text
WARNING: TUT: TUT022: non-normative, but has links""".splitlines()
"""Two more come from a program in that repository, which Trueline names and does not run."""

UP_RUST = "c21be79"


def tracing(corpus: Path) -> Iterator[tuple[Path, list[Figure]]]:
    """Yield the figures of each repository of the corpus that is traced: ours, theirs."""
    for name, commit, compare in (
        ("openfasttrace", OPENFASTTRACE, _openfasttrace),
        ("doorstop", DOORSTOP, _doorstop),
        ("up-rust", UP_RUST, _up_rust),
    ):
        found = next((path for path in sorted(corpus.iterdir()) if path.name.split("+")[-1] == name), None)
        if found is not None:
            with tempfile.TemporaryDirectory(prefix="trueline-evidence-") as folder:
                checkout = _checkout(found, commit, Path(folder) / name)
                yield found, [*compare(checkout), ("files changed by looking", _git(checkout, "status", "--short"), "")]


def _openfasttrace(root: Path) -> Iterator[Figure]:
    said = _trace(root, *OPENFASTTRACE_PATHS)
    yield "items of the self trace", said["items"], 376
    yield "defects of the self trace", said["defects"], 0
    yield "items by kind", said["by_kind"], OPENFASTTRACE_KINDS
    native = _trace(root, "--as", "oft", *OPENFASTTRACE_PATHS)["native"]
    yield "the last line, as oft", native[-1], "ok - 376 total"


def _doorstop(root: Path) -> Iterator[Figure]:
    said = _trace(root, "--as", "doorstop")
    yield "items", said["items"], 57
    ours = sorted(line for line in said["native"] if "is a program" not in line)
    yield "lines that Doorstop says itself", len(ours), len(DOORSTOP_SAYS)
    yield "of these not the same", len(set(ours) ^ set(DOORSTOP_SAYS)), 0


def _up_rust(root: Path) -> Iterator[Figure]:
    said = _trace(root, "src", "tests")
    missing = [cause for cause in said["causes"] if cause["subject"].endswith("*")]
    yield "tags", said["items"], sum(cause["affected"] for cause in missing)
    yield "requirements", said["by_kind"].get("req", 0) + said["by_kind"].get("dsn", 0), 0
    yield "causes: nothing states what is cited", len(said["causes"]), len(missing)


def _checkout(repository: Path, commit: str, target: Path) -> Path:
    source = repository / "repo" if (repository / "repo").is_dir() else repository
    subprocess.run(["git", "clone", "-q", "--shared", "--no-checkout", str(source), str(target)], check=True)
    subprocess.run(["git", "-C", str(target), "checkout", "-q", commit], check=True)
    return target


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(root), *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def _trace(root: Path, *words: str) -> Any:
    paths = [word if word.startswith("--") or word in ("oft", "doorstop") else str(root / word) for word in words]
    command = [*TRUELINE, "trace", "-C", str(root), "--format", "json", "--quiet", "--exit-zero", *paths]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
