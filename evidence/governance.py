"""`python -m evidence.governance CORPUS`: what the rules of document governance find in public repositories.

Each repository is cloned at its commit, gets the document classes that `trueline init` proposes, and is checked twice. Whether
a finding is right was read by hand: `readings.yaml` says of how many, docs/explanation/evidence.md what was wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trueline.rules.roll_up import wilson_lower

from .asking import Figure, trueline

AUTHOR = ("-c", "user.name=evidence", "-c", "user.email=evidence@example.org", "-c", "commit.gpgsign=false")
READINGS = Path(__file__).with_name("readings.yaml")
BAR = 0.85
FEWEST = 30

Check = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """How many findings of a rule were read, and how many of them a careful editor of the repository would share."""

    rule: str
    right: int
    n: int
    before: Sequence[int] | None = None
    """Right and read before the rule was mended; the findings of `right` and `n` were drawn anew."""

    @property
    def lower(self) -> float:
        """Return the lower end of the 95 % Wilson interval."""
        return wilson_lower(self.right, self.n)

    @property
    def is_kept(self) -> bool:
        """True where enough were read and the lower end keeps the bar."""
        return self.n >= FEWEST and self.lower >= BAR

    def __str__(self) -> str:
        earlier = f"{self.before[0]:>4} of {self.before[1]:<4}" if self.before else " " * 12
        return f"{self.rule:<42} {earlier} {self.right:>4} of {self.n:<4} {self.lower:>6.1%}"


def readings() -> list[Reading]:
    """Return what was read, rule by rule."""
    return [_reading(rule, read) for rule, read in _data()["rules"].items()]


def commits() -> dict[str, str]:
    """Return the repositories that were read, each with its commit."""
    return dict(_data()["repositories"])


def governance(corpus: Path) -> Iterator[tuple[Path, list[Figure]]]:
    """Yield for each repository under a directory whether looking twice gives the same and changes nothing."""
    for name, repository in _found(corpus):
        with tempfile.TemporaryDirectory(prefix="trueline-evidence-") as folder:
            root = governed(repository, commits()[name], Path(folder) / name)
            same = check(root) == check(root)
            yield repository, [("the same findings again", same, True), ("files changed by looking", _status(root), "")]


def governed(repository: Path, commit: str, root: Path) -> Path:
    """Clone a repository at a commit, with the classes that `trueline init` proposes, and collect its history."""
    source = repository / "repo" if (repository / "repo").is_dir() else repository
    _git("clone", "-q", "--shared", "--no-checkout", str(source), str(root))
    # A copy that lacks a blob gives what it has: the missing file is not one that is judged.
    _git("-C", str(root), "read-tree", commit)
    _git("-C", str(root), "update-ref", "HEAD", commit)
    _git("-C", str(root), "checkout-index", "-a", "-f", "-q", is_whole=False)
    trueline("init", str(root), "--yes")
    _git("-C", str(root), "add", "-f", "handbook", "trueline.toml")
    _git("-C", str(root), *AUTHOR, "commit", "-q", "-m", "Classes as proposed")
    trueline("collect", "-C", str(root))
    return root


def check(root: Path) -> str:
    """Return the answer of a check, as printed."""
    return trueline("check", "-C", str(root), "--format", "json", "--exit-zero")


def counted(answer: Mapping[str, Any], rules: Iterable[str]) -> Iterator[Check]:
    """Yield the checks of these rules that examined something."""
    known = set(rules)
    return (one for one in answer["checks"] if one["id"].rpartition(".")[2] in known and one["examined"])


def drawn(answer: Mapping[str, Any], rules: Iterable[str], most: int, seed: int) -> list[str]:
    """Return at most so many findings of each rule, by chance, as a line to be read at its place."""
    lines = []
    for rule in rules:
        found = [one for one in answer["findings"] if one["rule"].rpartition(".")[2] == rule]
        chosen = random.Random(f"{seed} {rule}").sample(found, min(most, len(found)))
        lines += [f"{rule} {one['path']}:{one['line']} {one['subject']} {one['message']}" for one in chosen]
    return lines


def main() -> int:
    """Print examined and violations of each rule in each repository, what is to be read, and what was read."""
    parser = argparse.ArgumentParser(prog="evidence.governance", description="What the rules of governance find.")
    parser.add_argument("corpus", type=Path, help="directory of repositories: owner+name/repo or owner+name")
    parser.add_argument("--draw", type=int, default=0, help="print so many findings of each rule, to be read")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rules = [one.rule for one in readings()]
    for name, repository in _found(given.corpus):
        with tempfile.TemporaryDirectory(prefix="trueline-evidence-") as folder:
            answer = json.loads(check(governed(repository, commits()[name], Path(folder) / name)))
        for one in counted(answer, rules):
            print(f"{name:<48} {one['id']:<54} {one['examined']:>8} {one['violations'] or 0:>8}", flush=True)
        print(*drawn(answer, rules, given.draw, given.seed), sep="\n", end="\n" if given.draw else "")
    print(*readings(), sep="\n")
    return 0


def _reading(rule: str, read: Mapping[str, Sequence[int]]) -> Reading:
    earlier = read.get("earlier", (0, 0))
    return Reading(rule, read["read"][0] + earlier[0], read["read"][1] + earlier[1], read.get("before"))


def _found(corpus: Path) -> list[tuple[str, Path]]:
    return [(name, corpus / name) for name in sorted(commits()) if (corpus / name).is_dir()]


def _status(root: Path) -> str:
    return _git("-C", str(root), "status", "--short", "--untracked-files=all", "--", "handbook", "trueline.toml")


def _git(*arguments: str, is_whole: bool = True) -> str:
    done = subprocess.run(["git", *arguments], check=is_whole, capture_output=True, text=True)
    return done.stdout


def _data() -> dict[str, Any]:
    import yaml

    declared: dict[str, Any] = yaml.safe_load(READINGS.read_text(encoding="utf-8"))
    return declared


if __name__ == "__main__":
    sys.exit(main())
