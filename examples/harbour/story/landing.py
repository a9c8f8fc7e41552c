"""Land changes on a main line the four ways that teams do: merge commit, squash, rebase run, direct push."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from .history import History, Signature
from .people import FORGE, Person

ORGANISATION = "harbour"
Edits = Mapping[str, str | None]


@dataclass(frozen=True)
class Step:
    """One commit as its author wrote it."""

    title: str
    edits: Edits
    trailers: tuple[str, ...] = ()
    body: str = ""

    @property
    def message(self) -> str:
        return "\n\n".join(part for part in (self.title, self.body, "\n".join(self.trailers)) if part)


@dataclass(frozen=True)
class Change:
    """What one author brings: a title, and the commits it is made of."""

    at: datetime
    author: Person
    title: str
    steps: Sequence[Step]
    merger: Person


class MainLine:
    """The main line of one repository, and the numbers of its pull requests."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.number = 0
        self._landed_at = datetime.fromtimestamp(0, UTC)

    def merge(self, change: Change, topic: str) -> int:
        """Land with a merge commit; the branch's commits stay."""
        tip = base = self.history.tip
        for authored, step in self._authored(change):
            committed = change.author.at(max(authored.at, self._landed_at + timedelta(minutes=2)))
            tip = self.history.commit(authored, committed, step.message, step.edits, parent=tip)
        assert tip != base
        return self.merge_side(change.merger.at(change.at), change.title, topic, _together(change), tip)

    def merge_side(self, merger: Signature, title: str, topic: str, edits: Edits, side: int) -> int:
        """Merge commits that are already written beside the main line."""
        self.number += 1
        message = f"Merge pull request #{self.number} from {ORGANISATION}/{topic}\n\n{title}"
        return self._land(merger, FORGE.at(merger.at), message, edits, merged=side)

    def squash(self, change: Change) -> int:
        """Land as one commit with the number in its title; trailers of all commits survive."""
        self.number += 1
        trailers = tuple(dict.fromkeys(trailer for step in change.steps for trailer in step.trailers))
        body = change.steps[0].body or "\n".join(f"* {step.title}" for step in change.steps[1:])
        step = Step(f"{change.title} (#{self.number})", {}, trailers, body)
        return self._land(change.author.at(change.at), FORGE.at(change.at), step.message, _together(change))

    def rebase(self, change: Change) -> int:
        """Land every commit anew at one moment, committed by who pressed the button."""
        self.number += 1
        return [
            self._land(authored, change.merger.at(change.at), step.message, step.edits)
            for authored, step in self._authored(change)
        ][-1]

    def push(self, change: Change) -> int:
        """Land without any pull request."""
        return [
            self._land(authored, authored, step.message, step.edits) for authored, step in self._authored(change, gap=1)
        ][-1]

    def _authored(self, change: Change, gap: int = 50) -> list[tuple[Signature, Step]]:
        """Return the steps with the moment each was written: `gap` minutes apart, the last before landing."""
        count = len(change.steps)
        moments = [change.at - timedelta(minutes=gap * (count - index)) for index in range(count)]
        return [(change.author.at(at), step) for at, step in zip(moments, change.steps, strict=True)]

    def _land(
        self, author: Signature, committer: Signature, message: str, edits: Edits, merged: int | None = None
    ) -> int:
        self._landed_at = max(self._landed_at, committer.at)
        return self.history.commit(author, committer, message, edits, merged=merged)


def with_trailers(change: Change, *trailers: str) -> Change:
    """Return the change with these trailers on each of its commits."""
    return replace(change, steps=[replace(step, trailers=(*step.trailers, *trailers)) for step in change.steps])


def _together(change: Change) -> dict[str, str | None]:
    together: dict[str, str | None] = {}
    for step in change.steps:
        together.update(step.edits)
    return together
