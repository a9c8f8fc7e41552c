"""From answers to figures: shares with the lower end of their 95 % Wilson interval. Clear cases only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from trueline.rules.roll_up import wilson_lower

from .judging import Answer


@dataclass(frozen=True)
class Share:
    """One figure: right of n, and the bar that it has to keep where there is one."""

    what: str
    right: int
    n: int
    at_least: float | None = None
    at_most: float | None = None

    @property
    def value(self) -> float:
        """Return the share; 0 of nothing is 0."""
        return self.right / self.n if self.n else 0.0

    @property
    def is_kept(self) -> bool:
        low_enough = self.at_most is None or self.value <= self.at_most
        return low_enough and (self.at_least is None or self.value >= self.at_least)

    @property
    def bar(self) -> str:
        if self.at_least is not None:
            return f">= {self.at_least:.2f}"
        return "" if self.at_most is None else f"<= {self.at_most:.3f}"

    def __str__(self) -> str:
        lower = wilson_lower(self.right, self.n)
        mark = "" if not self.bar else " kept" if self.is_kept else " MISSED"
        return f"{self.what:<52} {self.right:>4} of {self.n:>4} {self.value:6.3f} ({lower:.3f}) {self.bar:>8}{mark}"


def scores(answers: Sequence[Answer]) -> Iterator[Share]:
    """Yield every figure of a judge, those with a bar first."""
    clear = [answer for answer in answers if answer.label.is_clear]
    yield precision("precision", clear, _is_reported, at_least=0.90)
    yield recall("recall", clear, _is_reported, at_least=0.90)
    yield precision("precision of what is certain", clear, _is_certain, at_least=0.97)
    yield recall("recall of what is certain", clear, _is_certain, at_least=0.60)
    rearranged = [answer for answer in clear if answer.label.is_rearranged]
    yield _share("moved, parametrised or restyled, and reported", rearranged, _is_reported, at_most=2 / 28)
    caught = [answer for answer in clear if answer.label.is_weakened and answer.is_reported]
    yield _share("kind right", caught, lambda answer: bool(answer.kinds & answer.label.kinds), at_least=0.90)
    yield _share("benign, and reported", [one for one in clear if not one.label.is_weakened], _is_reported)
    for language in sorted({answer.label.language for answer in clear}):
        of_it = [answer for answer in clear if answer.label.language == language]
        yield precision(f"precision, {language}", of_it, _is_reported)
        yield recall(f"recall, {language}", of_it, _is_reported)
    for kind in sorted({kind for answer in clear for kind in answer.label.kinds | answer.kinds}):
        yield from _of_kind(clear, kind)


def precision(what: str, answers: Sequence[Answer], is_said: _Is, at_least: float | None = None) -> Share:
    """Return the share of reported changes that are weakened."""
    return _share(what, [one for one in answers if is_said(one)], lambda one: one.label.is_weakened, at_least=at_least)


def recall(what: str, answers: Sequence[Answer], is_said: _Is, at_least: float | None = None) -> Share:
    """Return the share of weakened changes that are reported."""
    return _share(what, [answer for answer in answers if answer.label.is_weakened], is_said, at_least=at_least)


def _of_kind(clear: Sequence[Answer], kind: str) -> Iterator[Share]:
    """Yield how often a kind is said of what is weakened, when certain, and how much labelled with it is found."""
    said = [answer for answer in clear if kind in answer.kinds]
    certain = [answer for answer in clear if kind in answer.certain]
    yield _share(f"precision, {kind}", said, lambda one: one.label.is_weakened)
    yield _share(f"precision when certain, {kind}", certain, lambda one: one.label.is_weakened)
    yield recall(f"recall, {kind}", [one for one in clear if kind in one.label.kinds], _is_reported)


_Is = Callable[[Answer], bool]


def _share(
    what: str, of: Sequence[Answer], is_right: _Is, *, at_least: float | None = None, at_most: float | None = None
) -> Share:
    return Share(what, sum(map(is_right, of)), len(of), at_least, at_most)


def _is_reported(answer: Answer) -> bool:
    return bool(answer.kinds)


def _is_certain(answer: Answer) -> bool:
    return bool(answer.certain)
