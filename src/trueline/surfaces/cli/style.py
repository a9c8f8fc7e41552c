"""How text is shown on a terminal: its width, and whether it is coloured."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

_COLOURS = {"strong": "1", "soft": "2", "critical": "31", "high": "31", "medium": "33", "low": "2", "good": "32"}


@dataclass(frozen=True)
class Style:
    """How text is shown: 100 columns where nothing is known about the terminal."""

    width: int = 100
    colour: bool = False
    """False for `NO_COLOR`, `TERM=dumb`, `--color never` and pipes."""

    def paint(self, role: str, text: str) -> str:
        """Return the text in the colour of its role; the text itself where colour is off or the role has none."""
        code = _COLOURS.get(role) if self.colour else None
        return f"\x1b[{code}m{text}\x1b[0m" if code and text else text


def style_for(stream: TextIO | None, colour: str, environ: Mapping[str, str]) -> Style:
    """Return the style for a stream; none is a file. `colour` is auto, always or never."""
    is_terminal = stream is not None and stream.isatty()
    plain = "NO_COLOR" in environ or environ.get("TERM") == "dumb"
    coloured = colour == "always" or (colour == "auto" and ((is_terminal and not plain) or "FORCE_COLOR" in environ))
    width = shutil.get_terminal_size((100, 24)).columns if is_terminal else 100
    return Style(min(width, 140), coloured)


PLAIN = Style()
