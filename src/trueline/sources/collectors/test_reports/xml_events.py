"""Read XML as a stream of events, in flat memory, and refuse what only an attacker would write.

Entities can grow a small file to gigabytes and read other files, so a document that declares any is
refused; a document type without a subset is common in coverage reports and does nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Literal
from xml.parsers import expat

from .refused import ReportRefused

_CHUNK_BYTES = 1 << 16
MAX_DEPTH = 200
MAX_TEXT = 2_000
"""Only the start of a text is kept: stack traces run to megabytes."""


@dataclass(frozen=True)
class Event:
    """An element begins or ends."""

    kind: Literal["start", "end"]
    name: str
    """Without its namespace."""
    attributes: Mapping[str, str]
    line: int
    col: int
    text: str = ""
    """Of an end: the text directly inside, cut at `MAX_TEXT`."""


def xml_events(file: IO[bytes]) -> Iterator[Event]:
    """Yield what a document holds, in order. Raises ReportRefused, after the events before the mistake."""
    reading = _Reading()
    try:
        while chunk := file.read(_CHUNK_BYTES):
            reading.parser.Parse(chunk, False)
            yield from reading.taken()
        reading.parser.Parse(b"", True)
    except expat.ExpatError as error:
        said = f"is not well-formed XML: {expat.ErrorString(error.code)}"
        raise ReportRefused(said, error.lineno, error.offset + 1, "Write the report again; it may be cut off") from None
    yield from reading.taken()


class _Reading:
    """The parser with what it found and nobody has taken yet."""

    def __init__(self) -> None:
        self.parser: Any = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self._found: list[Event] = []
        self._texts: list[str] = []

    def taken(self) -> list[Event]:
        found, self._found = self._found, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._texts) >= MAX_DEPTH:
            raise ReportRefused(f"nests deeper than {MAX_DEPTH} elements", *self._place())
        self._texts.append("")
        self._found.append(Event("start", name.rpartition(" ")[2], attributes, *self._place()))

    def _end(self, name: str) -> None:
        self._found.append(Event("end", name.rpartition(" ")[2], {}, *self._place(), self._texts.pop()))

    def _text(self, text: str) -> None:
        if self._texts and len(self._texts[-1]) < MAX_TEXT:
            self._texts[-1] = (self._texts[-1] + text)[:MAX_TEXT]

    def _entity(self, *declared: Any) -> None:
        raise ReportRefused(
            "declares an entity, which no report needs", *self._place(), "Write the report without a DTD"
        )

    def _place(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
