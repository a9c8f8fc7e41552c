"""The story of `tariffs`: squash merges, a release every fourth Wednesday, every third of them troubled."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from .dice import Dice
from .history import History, Tag
from .landing import Change, MainLine, Step, with_trailers
from .ordinary import moments, ordinary_change, read_setting
from .people import people
from .telling import Event, before, bump, every, moment, move, open_repository, release, revert, tell

FIRST_RELEASE, LAST_RELEASE, RELEASE_DAYS = date(2024, 12, 4), date(2026, 10, 7), 28
HOTFIXED = (3, 6, 9, 15, 18, 24)
"""Minor versions with a hotfix the next day."""
REVERTED = (12, 21)
"""Minor versions of which a part was taken back the next day."""
AGENT_FROM, AGENT_PER_CENT = date(2025, 9, 1), 12
MOVED_AT = "2025-09-02 05:00"
PINS = r'"([\w-]+)": "(\d+)\.(\d+)"'
TEN_CENTS = "/** Dues end in a full ten cents. */\nexport const SMALLEST_STEP = 10;\n"


def build(directory: Path) -> list[Tag]:
    """Write the repository and return its releases."""
    with History(directory) as history:
        story = Tariffs(history)
        open_repository(history, story.setting, story.kasia)
        tell(story.events())
    return history.tags


class Tariffs:
    """What happens in the repository; each method is one event."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.line = MainLine(history)
        self.setting = read_setting("tariffs")
        self.dice = Dice("tariffs")
        self.kasia, self.yusuf = people()["kasia-wolska"], people()["yusuf-demir"]
        self.to_take_back = Step("", {})

    def events(self) -> list[Event]:
        """Return everything that happens, in any order."""
        releases = every(RELEASE_DAYS, FIRST_RELEASE, LAST_RELEASE, hour=12)
        return [
            *(Event(at, self.ordinary) for at in moments(self.setting, self.dice)),
            *(Event(at, self.dependencies) for at in every(35, date(2024, 12, 9), self.setting.last_day, hour=4)),
            *(Event(at, self.minor_release) for at in releases),
            *(Event(releases[minor] + timedelta(days=1), self.hotfix) for minor in HOTFIXED),
            *(Event(releases[minor] - timedelta(days=1), self.ten_cents) for minor in REVERTED),
            *(Event(releases[minor] + timedelta(days=1), self.ten_cents_are_taken_back) for minor in REVERTED),
            Event(moment(MOVED_AT), self.library_moves),
            Event(moment("2026-02-10 10:00"), self.clock_runs_ahead),
        ]

    def ordinary(self, at: datetime) -> None:
        change = ordinary_change(self.setting, self.history.files, at, self.dice, quiet=_is_after_release(at))
        if at.date() >= AGENT_FROM and self.dice.happens(AGENT_PER_CENT):
            asked = f"Co-authored-by: {self.kasia.name} <{self.kasia.address}>"
            change = with_trailers(replace(change, author=people()["agent"]), asked)
        self.line.squash(change)

    def dependencies(self, at: datetime) -> None:
        self.line.squash(bump(self.history, at, "package.json", PINS, self.dice, self.kasia))

    def minor_release(self, at: datetime) -> None:
        """Raise the version, write the changelog, tag; the commit is squashed like any other."""
        minor = (at.date() - FIRST_RELEASE).days // RELEASE_DAYS
        self._release(at, f"3.{minor}.0", "What was finished until then.")

    def hotfix(self, at: datetime) -> None:
        path = "tests/totals.test.ts"
        text = self.history.files.get(path, "// Totals that once went wrong.\n")
        self._squash(at, "Fix the total of stays that end at midnight", {path: text + f"// {at.date()}: midnight\n"})
        self._release_patch(at, "Totals of stays that end at midnight.")

    def ten_cents(self, at: datetime) -> None:
        edits: dict[str, str | None] = {"settings/steps.ts": TEN_CENTS}
        undo = before(self.history, edits)
        title = "Round dues to ten cents"
        mark = self._squash(at, title, edits)
        self.to_take_back = revert(self.history, mark, f"{title} (#{self.line.number})", undo)

    def ten_cents_are_taken_back(self, at: datetime) -> None:
        step = self.to_take_back
        self.line.squash(Change(at, self.yusuf, step.title, [step], self.kasia))
        self._release_patch(at, "Dues are rounded to cents again.")

    def library_moves(self, at: datetime) -> None:
        """Move every module from lib/ to src/, and let the tests follow."""
        edits = move(self.history, "lib/", "src/")
        for path, text in self.history.files.items():
            if "../../lib/" in text:
                edits[path] = text.replace("../../lib/", "../../src/")
        self._squash(at, "Move lib to src", edits)

    def clock_runs_ahead(self, at: datetime) -> None:
        """Push from a computer that believes it is the year 2100."""
        wrong = self.yusuf.at(datetime(2100, 1, 1, tzinfo=UTC))
        edits: dict[str, str | None] = {".editorconfig": "root = true\n\n[*]\nindent_style = space\n"}
        self.history.commit(wrong, wrong, "Agree on spaces", edits)

    def _release_patch(self, at: datetime, note: str) -> None:
        self._release(at + timedelta(hours=3), self.history.tags[-1].name[1:].removesuffix("0") + "1", note)

    def _release(self, at: datetime, version: str, note: str) -> None:
        package = re.sub(r'"version": "[^"]+"', f'"version": "{version}"', self.history.files["package.json"])
        changelog = f"{self.history.files['CHANGELOG.md']}\n## {version} ({at.date()})\n\n{note}\n"
        self._squash(at, f"Release {version}", {"package.json": package, "CHANGELOG.md": changelog})
        release(self.history, f"v{version}", at, self.kasia)

    def _squash(self, at: datetime, title: str, edits: dict[str, str | None]) -> int:
        return self.line.squash(Change(at, self.kasia, title, [Step(title, edits)], self.yusuf))


def _is_after_release(at: datetime) -> bool:
    """Say whether a release came at most four days before."""
    since = (at.date() - FIRST_RELEASE).days
    return since >= 0 and since % RELEASE_DAYS <= 4
