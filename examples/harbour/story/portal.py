"""The story of `portal`: rebase runs and direct pushes, more documents than code, folders that moved."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from .dice import Dice
from .history import History, Tag
from .landing import Change, MainLine, Step
from .ordinary import moments, ordinary_change, read_setting
from .people import people
from .telling import Event, before, bump, moment, move, open_repository, release, revert, tell

PUSHED_PER_CENT = 40
PACKAGES = {"session": "visitors", "booking": "visits"}
PINS = r"(harbour\.example/\w+) v(\d+)\.(\d+)"


def build(directory: Path) -> list[Tag]:
    """Write the repository and return its releases."""
    with History(directory) as history:
        story = Portal(history)
        open_repository(history, story.setting, story.sina)
        tell(story.events())
    return history.tags


class Portal:
    """What happens in the repository; each method is one event."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.line = MainLine(history)
        self.setting = read_setting("portal")
        self.dice = Dice("portal")
        self.sina, self.joao = people()["sina-aalto"], people()["joao-teixeira"]
        self.to_take_back = Step("", {})

    def events(self) -> list[Event]:
        """Return everything that happens, in any order."""
        return [
            *(Event(at, self.ordinary) for at in moments(self.setting, self.dice)),
            *(Event(at, self.monthly_release) for at in _first_days()),
            *(Event(at.replace(day=18, hour=5), self.dependencies) for at in _first_days()[::2]),
            Event(moment("2025-11-18 05:30"), self.packages_get_better_names),
            Event(moment("2026-03-12 05:30"), self.guides_move),
            Event(moment("2026-06-16 10:00"), self.short_letters),
            Event(moment("2026-06-25 10:00"), self.short_letters_are_taken_back),
        ]

    def ordinary(self, at: datetime) -> None:
        change = ordinary_change(self.setting, self.history.files, at, self.dice, quiet=at.day <= 5)
        if self.dice.happens(PUSHED_PER_CENT):
            self.line.push(change)
        else:
            self.line.rebase(change)

    def dependencies(self, at: datetime) -> None:
        self.line.rebase(bump(self.history, at, "go.mod", PINS, self.dice, self.joao))

    def monthly_release(self, at: datetime) -> None:
        release(self.history, f"{at:%Y.%m}", at, self.sina, annotated=False)

    def packages_get_better_names(self, at: datetime) -> None:
        """Rename two packages; the architecture page keeps naming the old ones."""
        edits: dict[str, str | None] = {}
        for old, new in PACKAGES.items():
            moved = move(self.history, f"internal/{old}/", f"internal/{new}/")
            edits |= {path: text and text.replace(f"ackage {old}", f"ackage {new}") for path, text in moved.items()}
        self._rebase(at, "Call packages what they hold", edits)

    def guides_move(self, at: datetime) -> None:
        """Rename a folder of documents; links from outside are left behind."""
        self._push(at, "Guides are how-tos", move(self.history, "docs/guides/", "docs/howto/"))

    def short_letters(self, at: datetime) -> None:
        edits: dict[str, str | None] = {"internal/mail/length.go": "package mail\n\nconst longestLetter = 160\n"}
        undo = before(self.history, edits)
        mark = self._push(at, "Cut letters after 160 characters", edits)
        self.to_take_back = revert(self.history, mark, "Cut letters after 160 characters", undo)

    def short_letters_are_taken_back(self, at: datetime) -> None:
        self.line.push(Change(at, self.joao, self.to_take_back.title, [self.to_take_back], self.sina))

    def _rebase(self, at: datetime, title: str, edits: dict[str, str | None]) -> int:
        return self.line.rebase(Change(at, self.sina, title, [Step(title, edits)], self.joao))

    def _push(self, at: datetime, title: str, edits: dict[str, str | None]) -> int:
        return self.line.push(Change(at, self.sina, title, [Step(title, edits)], self.joao))


def _first_days() -> list[datetime]:
    """Return noon of the first day of each month from January 2025 to October 2026."""
    days = [date(year, month, 1) for year in (2025, 2026) for month in range(1, 13)]
    return [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in days if day <= date(2026, 10, 1)]
