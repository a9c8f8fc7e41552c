"""The gate on the labelled set, checkwash beside it on the same changes; both where the repositories are there.

LABELLED names the directory of repositories. The sample is always the same, half of it weakened; the whole
set is scored by `python -m evidence.enforcement`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from evidence.enforcement.checkwash import HOW_TO, answers_of_checkwash, program_in, sample
from evidence.enforcement.judging import Answer, answers
from evidence.enforcement.labels import git_directory, labels
from evidence.enforcement.scores import precision, recall

from .budgets import Line

CHANGES = 40
BAR = 0.90


def enforcement_lines(corpus: Path | None, rivals: Path | None) -> Iterator[Line]:
    """Yield precision and recall of the gate, with those of checkwash on what it answered."""
    what = "enforcement: ours vs checkwash on the labelled set"
    known = [label for label in labels() if corpus is not None and git_directory(corpus, label.repository)]
    if corpus is None or not known:
        yield Line(what, "not measured: LABELLED names no repository of the set", "none", True)
        return
    chosen = sample(known, CHANGES)
    ours = list(answers(corpus, chosen))
    program = program_in(rivals)
    theirs = list(answers_of_checkwash(program, corpus, chosen)) if program else []
    shown = f"{_shown(theirs)}, {len(theirs)} of {len(chosen)} answered" if program else HOW_TO
    kept = all(figure >= BAR for figure in _figures(ours))
    yield Line(what, _shown(ours), f"precision and recall {BAR:.2f}", kept, shown)


def _figures(judged: Sequence[Answer]) -> tuple[float, float]:
    right = precision("precision", judged, lambda answer: answer.is_reported)
    found = recall("recall", judged, lambda answer: answer.is_reported)
    return right.value, found.value


def _shown(judged: Sequence[Answer]) -> str:
    right, found = _figures(judged)
    return f"precision {right:.2f}, recall {found:.2f}"
