"""The ordinary days: who changes what, when, drawn from the weights in `data/<repository>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from .dice import Dice
from .landing import Change, Step, with_trailers
from .languages import LANGUAGES, Place, work
from .people import ASSISTANT_TRAILER, Person, people

DATA = Path(__file__).parent.parent / "data"
ASSISTED_FROM = date(2025, 6, 1)
ASSISTED_PER_CENT = 14


@dataclass(frozen=True)
class Area:
    """A folder with its people and what they do there."""

    name: str
    places: tuple[Place, ...]
    actions: tuple[str, ...]
    weight: int
    people: tuple[tuple[str, int, date, date], ...]
    """Handle, weight, first and last day."""

    def authors_on(self, day: date) -> list[tuple[Person, int]]:
        return [(people()[handle], weight) for handle, weight, since, until in self.people if since <= day <= until]


@dataclass(frozen=True)
class Setting:
    """What `data/<repository>.toml` says."""

    name: str
    first_day: date
    last_day: date
    per_week: tuple[int, ...]
    qualifiers: tuple[str, ...]
    mergers: tuple[str, ...]
    areas: tuple[Area, ...]
    files: dict[str, str]

    @property
    def opening(self) -> datetime:
        """Return the moment of the first commit."""
        return datetime.combine(self.first_day, time(9), UTC)


def read_setting(name: str) -> Setting:
    """Return the setting of one repository."""
    data = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return Setting(
        name=name,
        first_day=data["first_day"],
        last_day=data["last_day"],
        per_week=tuple(data["per_week"]),
        qualifiers=tuple(data["qualifiers"]),
        mergers=tuple(data["mergers"]),
        areas=tuple(area for row in data["area"] for area in _areas(row, data)),
        files={row["path"]: row["text"] for row in data["file"]},
    )


def _areas(row: dict[str, Any], data: dict[str, Any]) -> list[Area]:
    """Return the area, or where its folder moved one day, the area before and the area after."""
    moved = row.get("moved")
    if moved is None:
        return [_area(row, data, data["first_day"], data["last_day"])]
    day = moved["on"]
    return [
        _area(row, data, data["first_day"], day - timedelta(days=1)),
        _area(row | moved, data, day, data["last_day"]),
    ]


def _area(row: dict[str, Any], data: dict[str, Any], since: date, until: date) -> Area:
    language = LANGUAGES[row["language"]]
    places = (Place(language, row["name"], row["folder"], row.get("tests", ""), module) for module in row["modules"])
    members = (
        (
            member["who"],
            member["weight"],
            max(since, member.get("since", data["first_day"])),
            min(until, member.get("until", data["last_day"])),
        )
        for member in row["people"]
    )
    return Area(row["name"], tuple(places), tuple(row["actions"]), row["weight"], tuple(members))


def first_modules(area: Area) -> dict[str, str | None]:
    """Return the files that an area begins with: every module with its first part."""
    files: dict[str, str | None] = {}
    for index, place in enumerate(area.places):
        edits, _ = work(place, {}, area.actions[index % len(area.actions)], 5 + index)
        files.update(edits)
    return files


def moments(setting: Setting, dice: Dice) -> Iterator[datetime]:
    """Yield when ordinary changes land: so many a week, in working hours, none between the years."""
    week = setting.first_day - timedelta(days=setting.first_day.weekday())
    while week <= setting.last_day:
        hours = sorted((dice.below(5), 7 + dice.below(10), dice.below(60)) for _ in range(dice.pick(setting.per_week)))
        for weekday, hour, minute in hours:
            day = week + timedelta(days=weekday)
            if setting.first_day < day <= setting.last_day and not (day.month == 12 and day.day > 23):
                yield datetime.combine(day, time(hour, minute), UTC)
        week += timedelta(days=7)


def ordinary_change(setting: Setting, tree: dict[str, str], at: datetime, dice: Dice, *, quiet: bool = False) -> Change:
    """Return one ordinary change of one or two commits, written against the tree as it is.

    On quiet days nothing is a fix, so that only planned fixes follow a release.
    """
    day = at.date()
    area = dice.weigh([(area, area.weight) for area in setting.areas if area.authors_on(day)])
    author = dice.weigh(area.authors_on(day))
    merger = people()[dice.pick([handle for handle in setting.mergers if handle != author.handle])]
    files, steps = dict(tree), []
    for _ in range(1 + dice.below(2)):
        step = _step(setting, area, files, dice, quiet)
        files.update({path: text for path, text in step.edits.items() if text is not None})
        steps.append(step)
    change = Change(at, author, steps[0].title, steps, merger)
    if day >= ASSISTED_FROM and dice.happens(ASSISTED_PER_CENT):
        return with_trailers(change, ASSISTANT_TRAILER)
    return change


def _step(setting: Setting, area: Area, files: dict[str, str], dice: Dice, quiet: bool) -> Step:
    action, qualifier = dice.pick(area.actions), dice.pick(setting.qualifiers)
    edits, is_new = work(dice.pick(area.places), files, action, 5 + dice.below(50))
    if is_new:
        return Step(f"{action[0].upper()}{action[1:]} {qualifier}", edits)
    opening = "Fix how we" if dice.happens(40) and not quiet else "Give more room when we"
    return Step(f"{opening} {action} {qualifier}", edits)
