"""The story of `berths`: merge commits, a release every second Friday, and then none since August 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from .dice import Dice
from .history import History, Tag
from .landing import Change, MainLine, Step
from .ordinary import moments, ordinary_change, read_setting
from .people import people
from .telling import Event, before, bump, every, moment, move, open_repository, release, revert, tell

FIRST_RELEASE, LAST_RELEASE, RELEASE_DAYS = date(2024, 11, 22), date(2026, 8, 14), 14
HOTFIXED = (11, 27)
"""Minor versions that needed a hotfix the next day."""
REVERTED = 38
"""The minor version of which a part was taken back two days later."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PINS = r"(\w+)==(\d+)\.(\d+)"


def build(directory: Path) -> list[Tag]:
    """Write the repository and return its releases."""
    with History(directory) as history:
        story = Berths(history)
        open_repository(history, story.setting, story.maeve)
        tell(story.events())
    return history.tags


class Berths:
    """What happens in the repository; each method is one event."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.line = MainLine(history)
        self.setting = read_setting("berths")
        self.dice = Dice("berths")
        self.maeve, self.seun = people()["maeve-brennan"], people()["seun-adeyemi"]
        self.to_take_back = Step("", {})

    def events(self) -> list[Event]:
        """Return everything that happens, in any order."""
        releases = every(RELEASE_DAYS, FIRST_RELEASE, LAST_RELEASE, hour=14)
        return [
            *(Event(at, self.ordinary) for at in moments(self.setting, self.dice)),
            *(Event(at, self.dependencies) for at in every(28, date(2024, 12, 2), self.setting.last_day, hour=6)),
            *(Event(at, self.minor_release) for at in releases),
            *(Event(releases[minor] + timedelta(hours=20), self.hotfix) for minor in HOTFIXED),
            Event(releases[REVERTED] - timedelta(hours=20), self.one_instance),
            Event(releases[REVERTED] + timedelta(days=2), self.one_instance_is_taken_back),
            Event(moment("2025-03-04 15:00"), self.flat_battery),
            Event(moment("2025-05-06 10:00"), self.pilotage_moves),
            Event(moment("2025-07-15 11:00"), self.nightly_sweep_goes),
        ]

    def ordinary(self, at: datetime) -> None:
        change = ordinary_change(self.setting, self.history.files, at, self.dice, quiet=_is_after_release(at))
        self.line.merge(change, _topic(change.title))

    def dependencies(self, at: datetime) -> None:
        change = bump(self.history, at, "requirements.txt", PINS, self.dice, self.maeve)
        self.line.merge(change, f"dependabot/pip/{change.title.split()[1]}")

    def minor_release(self, at: datetime) -> None:
        minor = (at.date() - FIRST_RELEASE).days // RELEASE_DAYS
        release(self.history, f"v2.{minor}.0", at, self.maeve)

    def hotfix(self, at: datetime) -> None:
        days = len(self.history.tags)
        edits: dict[str, str | None] = {
            "src/berths/allocation/limits.py": f'"""Limits of a stay."""\n\nLONGEST_STAY_DAYS = {days}\n'
        }
        self._land(at, "Fix the longest stay that an office may enter", edits)
        name = self.history.tags[-1].name.removesuffix("0") + "1"
        release(self.history, name, at + timedelta(hours=1), self.maeve)

    def one_instance(self, at: datetime) -> None:
        edits: dict[str, str | None] = {"deploy/service.yaml": "service: berths\ninstances: 1\nhealth: /healthy\n"}
        undo = before(self.history, edits)
        title = "Run berths on one instance at night"
        self.to_take_back = revert(self.history, self._land(at, title, edits), title, undo)

    def one_instance_is_taken_back(self, at: datetime) -> None:
        step = self.to_take_back
        self.line.merge(Change(at, self.seun, step.title, [step], self.maeve), "revert-one-instance")

    def flat_battery(self, at: datetime) -> None:
        """Land a branch whose only commit was made on a computer that had lost the date."""
        edits: dict[str, str | None] = {"docs/notices.md": "# Notices\n\nA notice reaches a skipper in one minute.\n"}
        wrong = self.seun.at(EPOCH)
        side = self.history.commit(wrong, wrong, "Describe notices", edits, parent=self.history.tip)
        self.line.merge_side(self.maeve.at(at), "Describe notices", "describe-notices", edits, side)

    def pilotage_moves(self, at: datetime) -> None:
        edits = move(self.history, "src/berths/pilotage/requests.py", "src/berths/arrivals/pilotage.py")
        self._land(at, "Move pilotage to arrivals", edits)

    def nightly_sweep_goes(self, at: datetime) -> None:
        self._land(at, "Sweep every hour, not at night", {"scripts/nightly/sweep.sh": None})

    def _land(self, at: datetime, title: str, edits: dict[str, str | None]) -> int:
        return self.line.merge(Change(at, self.seun, title, [Step(title, edits)], self.maeve), _topic(title))


def _topic(title: str) -> str:
    """Return the name of a branch for a change."""
    return "-".join(title.lower().replace(",", "").split()[:4])


def _is_after_release(at: datetime) -> bool:
    """Say whether a release came at most four days before."""
    since = (at.date() - FIRST_RELEASE).days
    return since >= 0 and since % RELEASE_DAYS <= 4 and at.date() <= LAST_RELEASE + timedelta(days=4)
