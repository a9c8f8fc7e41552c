"""Trace 100,000 synthetic items and tags, cold and after one file changed; Doorstop beside on a tree of its own.

OpenFastTrace is not run: its figure on the same tree is the one in docs/explanation/evidence.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from .timer import measured

if TYPE_CHECKING:
    from .budgets import Ground, Line

COUNT = 25_000
PER_FILE = 100
DOORSTOP_COUNT = 200
RUNS = 7
OPENFASTTRACE_SECONDS = 26.1
_WHO = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b.test",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b.test",
}


def tracing_lines(ground: Ground, rivals: Path | None) -> Iterator[Line]:
    """Yield the lines of tracing."""
    from .budgets import Line

    root = _openfasttrace_tree(ground.work / "traced")
    trace = ("trace", "-q", "--exit-zero", "-C", str(root))
    ground.trueline(*trace)
    ground.forget()
    cold = ground.trueline(*trace).wall_seconds
    rival = f"{OPENFASTTRACE_SECONDS:.1f} s (OpenFastTrace 4.5.0)"
    yield Line(
        "trace 100,000 items and tags, cold",
        f"{cold:.2f} s",
        "5 s",
        cold <= 5,
        rival,
        f"{cold / OPENFASTTRACE_SECONDS:.2f}",
    )
    walls = []
    for run in range(RUNS):
        (root / "src" / "Impl0.java").write_text(f"// run {run} of {os.getpid()}\n" + _tags("impl", 0))
        walls.append(ground.trueline(*trace).wall_seconds)
    changed = median(walls)
    yield Line("the same after one file changed", f"{changed:.2f} s", "0.5 s", changed <= 0.5)
    yield _doorstop(ground, rivals)


def _doorstop(ground: Ground, rivals: Path | None) -> Line:
    from .budgets import Line

    root = _doorstop_tree(ground.work / "doorstop")
    trace = ("trace", "-q", "--exit-zero", "--as", "doorstop", "-C", str(root))
    ground.trueline(*trace)
    ground.forget()
    ours = ground.trueline(*trace).wall_seconds
    what = f"trace {2 * DOORSTOP_COUNT} Doorstop items, cold"
    program = rivals / "bin" / "doorstop" if rivals else None
    if program is None or not program.exists():
        return Line(what, f"{ours:.2f} s", "below Doorstop", True, "not installed")
    copy = ground.work / "doorstop-copy"  # it writes into what it checks
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy)
    theirs = measured(["env", "-C", str(copy), str(program)], ground.environment).wall_seconds
    return Line(what, f"{ours:.2f} s", "below Doorstop", ours < theirs, f"{theirs:.2f} s", f"{ours / theirs:.2f}")


def _tags(kind: str, number: int) -> str:
    """Return the tags of one file; one test in a hundred cites a revision that does not exist."""
    first = number * PER_FILE
    wrong = {first + 7} if kind == "utest" else set[int]()
    return "\n".join(
        f"// [{kind}->req~r{i}~{2 if i in wrong else 1}]\nvoid {kind}{i}() {{ return; }}\n"
        for i in range(first, first + PER_FILE)
    )


def _openfasttrace_tree(root: Path) -> Path:
    if (root / ".git").is_dir():
        return root
    for number in range(COUNT // PER_FILE):
        items = range(number * PER_FILE, (number + 1) * PER_FILE)
        feat = "\n".join(f"### F {i}\n`feat~f{i}~1`\n\nThe system offers {i}.\n\nNeeds: req\n" for i in items)
        req = "\n".join(
            f"### R {i}\n`req~r{i}~1`\n\nThe system shall answer {i} within {i % 500} ms.\n\n"
            f"Covers:\n\n* `feat~f{i}~1`\n\nNeeds: impl, utest\n"
            for i in items
        )
        files = {
            f"doc/feat{number}.md": feat,
            f"doc/req{number}.md": req,
            f"src/Impl{number}.java": _tags("impl", number),
            f"test/Test{number}.java": _tags("utest", number),
        }
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
    return _committed(root)


def _doorstop_tree(root: Path) -> Path:
    if (root / ".git").is_dir():
        return root
    for prefix, parent in (("REQ", ""), ("TST", "  parent: REQ\n")):
        folder = root / prefix.lower()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".doorstop.yml").write_text(f"settings:\n  digits: 5\n{parent}  prefix: {prefix}\n  sep: ''\n")
        for i in range(1, DOORSTOP_COUNT + 1):
            links = f"links:\n- REQ{i:05}: null\n" if parent else "links: []\n"
            text = f"active: true\nderived: false\nheader: ''\nlevel: 1.{i}\n{links}normative: true\nref: ''\n"
            (folder / f"{prefix}{i:05}.yml").write_text(f"{text}reviewed: null\ntext: |\n  It shall do {i}.\n")
    return _committed(root)


def _committed(root: Path) -> Path:
    for words in (("init", "-q"), ("add", "."), ("-c", "commit.gpgsign=false", "commit", "-qm", "Begin")):
        subprocess.run(["git", "-C", str(root), *words], check=True, env=os.environ | _WHO)
    return root
