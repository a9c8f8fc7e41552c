"""`python -m evidence.enforcement CORPUS`: score the gate on the labelled set, and end with 1 where a bar is missed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .judging import Answer, answers
from .labels import PARTS, labels
from .scores import scores


def main() -> int:
    """Score one part or all, and list what was judged wrong where asked."""
    parser = argparse.ArgumentParser(prog="evidence.enforcement", description="Score the gate on the labelled set.")
    parser.add_argument("corpus", type=Path, help="directory of repositories: owner+name/repo, owner/name or name")
    parser.add_argument("--part", choices=PARTS, help="one part of the set; else all together")
    parser.add_argument("--misses", action="store_true", help="list every clear change that was judged wrong")
    given = parser.parse_args()
    return labelled_changes(given.corpus, given.part, is_listing=given.misses)


def labelled_changes(corpus: Path, part: str | None = None, *, is_listing: bool = False) -> int:
    """Score the gate on what of the labelled set lies under a directory."""
    chosen = [label for label in labels() if part in (None, label.part)]
    return report(list(answers(corpus, chosen)), len(chosen), is_listing=is_listing)


def report(answered: Sequence[Answer], asked: int, *, is_listing: bool = False) -> int:
    """Print the figures; return 1 where one misses its bar, 0 where there was nothing to judge."""
    print(f"{len(answered)} of {asked} labelled changes, {sum(one.label.is_clear for one in answered)} of them clear")
    if not answered:
        return 0
    figures = list(scores(answered))
    for figure in figures:
        print(figure)
    for answer in answered:
        if is_listing and answer.label.is_clear and answer.is_reported != answer.label.is_weakened:
            print(_miss(answer))
    return 0 if all(figure.is_kept for figure in figures) else 1


def _miss(answer: Answer) -> str:
    label = answer.label
    said = ", ".join(sorted(kind + (" certain" if kind in answer.certain else "") for kind in answer.kinds))
    expected = ", ".join(sorted(label.kinds)) or f"benign, {label.family}"
    return f"{label.name}: {expected}; the gate says {said or 'nothing'}"


if __name__ == "__main__":
    sys.exit(main())
