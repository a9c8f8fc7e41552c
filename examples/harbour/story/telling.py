"""Tell a repository's story in order: ordinary days and planned events, each at its moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .dice import Dice
from .history import History
from .landing import Change, Step
from .ordinary import Setting, first_modules
from .people import FORGE, Person, people

Act = Callable[[datetime], None]


@dataclass(frozen=True)
class Event:
    """Something that happens at a moment."""

    at: datetime
    act: Act


def moment(text: str) -> datetime:
    """Return an instant in UTC from `2026-03-02 14:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def open_repository(history: History, setting: Setting, founder: Person) -> None:
    """Write the first commits: the founder's, then one per area by whoever begins it, an hour apart."""
    signed = founder.at(setting.opening)
    history.commit(signed, signed, f"Begin {setting.name}", setting.files)
    begun = [area for area in setting.areas if area.authors_on(setting.first_day)]
    for hours, area in enumerate(begun, start=1):
        author, _ = area.authors_on(setting.first_day)[0]
        signed = author.at(setting.opening + timedelta(hours=hours))
        history.commit(signed, signed, f"Begin {area.name}", first_modules(area))


def tell(events: Iterable[Event]) -> None:
    """Let everything happen in the order of its moment."""
    for event in sorted(events, key=lambda event: event.at):
        event.act(event.at)


def every(days: int, first: date, last: date, hour: int = 13) -> list[datetime]:
    """Return moments at a steady rhythm."""
    count = (last - first).days // days + 1
    return [datetime.combine(first + timedelta(days=days * index), time(hour, 20), UTC) for index in range(count)]


def revert(history: History, mark: int, title: str, undo: dict[str, str | None]) -> Step:
    """Return the step that takes a commit back, in git's own words."""
    return Step(f'Revert "{title}"', undo, body=f"This reverts commit {history.object_id(mark)}.")


def before(history: History, edits: Iterable[str]) -> dict[str, str | None]:
    """Return the present texts of some paths, to be put back later; a path that does not exist is None."""
    return {path: history.files.get(path) for path in edits}


def bump(history: History, at: datetime, path: str, pattern: str, dice: Dice, merger: Person) -> Change:
    """Return a bot's change that raises one pinned version; `pattern` finds name, major and minor."""
    text = history.files[path]
    found = dice.pick(list(re.finditer(pattern, text)))
    name, major, minor = found[1], found[2], int(found[3])
    raised = text[: found.start(3)] + str(minor + 1) + text[found.end(3) :]
    title = f"Bump {name} from {major}.{minor} to {major}.{minor + 1}"
    signed = ("Signed-off-by: dependabot[bot] <support@github.com>",)
    bot = people()["dependabot"]
    return Change(at, bot, title, [Step(title, {path: raised}, signed)], merger)


def release(history: History, name: str, at: datetime, tagger: Person = FORGE, *, annotated: bool = True) -> None:
    """Tag the main line's tip as a release."""
    history.tag(name, tagger.at(at), f"Release {name.removeprefix('v')}" if annotated else None)


def move(history: History, old: str, new: str) -> dict[str, str | None]:
    """Return the edits that move a whole folder."""
    edits: dict[str, str | None] = {}
    for path, text in history.files.items():
        if path.startswith(old):
            edits[path] = None
            edits[new + path.removeprefix(old)] = text
    assert edits, f"nothing under {old}"
    return edits
