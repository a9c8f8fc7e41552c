"""Options that several commands share, and what they come to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

import click

from .style import Style, style_for

Command = TypeVar("Command", bound=Callable[..., Any])

ROW_FORMATS = ("text", "json", "jsonl", "csv", "md")


@dataclass(frozen=True)
class Given:
    """What the shared options say."""

    directory: Path
    config: Path | None
    no_config: bool
    as_of: datetime | None
    known_at: datetime | None
    quiet: bool

    def report(self, text: str) -> None:
        """Say what is going on, on standard error."""
        if not self.quiet:
            print(text, file=sys.stderr)


@dataclass(frozen=True)
class Output:
    """Where the answer goes, and in which form."""

    format: str
    file: Path | None
    style: Style


class Instant(click.ParamType[datetime]):
    """A day (its end in UTC) or an instant with a zone."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            if len(value) == 10:
                return datetime.combine(date.fromisoformat(value), time.max, UTC)
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail(
                f"{value!r} is neither a day such as 2026-03-02 nor an instant such as 2026-03-02T10:00Z", param, ctx
            )
        if instant.tzinfo is None:
            self.fail(f"{value!r} needs a zone, such as 2026-03-02T10:00Z", param, ctx)
        try:
            return instant.astimezone(UTC)
        except OverflowError:
            self.fail(f"{value!r} lies beyond the years 1 to 9999 in UTC", param, ctx)


def surroundings(*, at: bool = True) -> Callable[[Command], Command]:
    """Add where to look and, with `at`, for which day; the command gets `given`."""

    def decorate(function: Command) -> Command:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            kwargs["given"] = Given(
                Path(kwargs.pop("directory")),
                kwargs.pop("config"),
                kwargs.pop("no_config"),
                kwargs.pop("as_of", None),
                kwargs.pop("known_at", None),
                kwargs.pop("quiet"),
            )
            kwargs.pop("debug")
            return function(*args, **kwargs)

        wrapper.__doc__, wrapper.__name__ = function.__doc__, function.__name__
        wrapper.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        made: Any = wrapper
        if at:
            made = click.option(
                "--known-at", type=Instant(), help="Use only what had been collected by then. Default: now."
            )(made)
            made = click.option(
                "--as-of", type=Instant(), help="The world at the end of that day, in UTC. Default: today."
            )(made)
        made = click.option("-C", "--directory", default=".", metavar="DIRECTORY", help="Look there instead of here.")(
            made
        )
        made = click.option("--config", type=click.Path(path_type=Path), help="Use this settings file.")(made)
        made = click.option("--no-config", is_flag=True, help="Use no settings file.")(made)
        made = click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors.")(made)
        made = click.option("--debug", is_flag=True, help="Show the traceback of an error.")(made)
        result: Command = made
        return result

    return decorate


def output(*formats: str) -> Callable[[Command], Command]:
    """Add in which form and to which file; the command gets `output`."""
    allowed = formats or ROW_FORMATS

    def decorate(function: Command) -> Command:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            colour = kwargs.pop("color")
            file = kwargs.pop("output_file")
            stream = None if file else sys.stdout
            kwargs["output"] = Output(kwargs.pop("format_"), file, style_for(stream, colour, os.environ))
            return function(*args, **kwargs)

        wrapper.__doc__, wrapper.__name__ = function.__doc__, function.__name__
        wrapper.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        made: Any = wrapper
        made = click.option(
            "-f",
            "--format",
            "format_",
            type=click.Choice(allowed),
            default=allowed[0],
            show_default=True,
            help="Form of the answer.",
        )(made)
        made = click.option(
            "-o",
            "--output",
            "output_file",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Write the answer to this file.",
        )(made)
        made = click.option(
            "--color",
            type=click.Choice(("auto", "always", "never")),
            default="auto",
            help="Colour never says anything alone.",
        )(made)
        result: Command = made
        return result

    return decorate
