"""Make text from repositories harmless wherever it is shown: terminals, pages, drawings, spreadsheets.

File names, subjects and headings are written by strangers. Nothing is dropped: what could move
a cursor, turn the reading direction or start a formula is shown as the escape that names it.
HTML escaping is Jinja's business.
"""

from __future__ import annotations

import json
import re
import unicodedata

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 and C1: cursor movement, colours, titles, bells
    "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # direction, lines, nothing to see
    "\ud800-\udfff"  # bytes that are no UTF-8, as surrogateescape keeps them
    "\U000e0000-\U000e007f]"  # tag characters: text that no eye sees
)

_FORMULA_STARTS = "=+-@＝＋－＠"


def visible(text: str) -> str:
    """Return the text on one line, with control, bidi and invisible characters shown as escapes."""
    return _HARMFUL.sub(_escape, text)


def json_text(value: object, *, indent: int | None = None) -> str:
    """Return a value as JSON whose text is harmless too: what reads it gets the same characters back."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _HARMFUL.sub(lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], text)


def csv_cell(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula: text gets a leading apostrophe, numbers stay.

    Source: CWE-1236. A spreadsheet skips blanks before it looks for a formula, so they count as nothing here.
    """
    if not isinstance(value, str):
        return value
    shown = visible(value)
    return "'" + shown if shown.lstrip()[:1] in tuple(_FORMULA_STARTS) or value[:1] in tuple("\t\r\n") else shown


def cells(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    return sum(_cell(character) for character in text)


def clip(text: str, width: int) -> str:
    """Return the visible text, cut at its end with an ellipsis where it is wider than that many columns."""
    shown = visible(text)
    return shown if cells(shown) <= width else _head(shown, width - 1).rstrip() + "…"


def clip_middle(text: str, width: int) -> str:
    """Return the visible text, cut in its middle: a path says most at its end."""
    shown = visible(text)
    if cells(shown) <= width:
        return shown
    head = _head(shown, (width - 1) // 3)
    tail = _head(shown[::-1], width - 1 - cells(head))[::-1]
    return f"{head}…{tail}"


def wrapped(text: str, width: int) -> list[str]:
    """Return the visible text as lines of at most that many columns; words that are too long are cut in two."""
    lines: list[str] = []
    line = ""
    for word in visible(text).split(" "):
        joined = f"{line} {word}" if line else word
        if cells(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while cells(word) > width:
            part = _head(word, width) or word[0]  # wider than the whole line, and it has to go somewhere
            lines.append(part)
            word = word[len(part) :]
        line = word
    return [*lines, line] if line else lines


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return _SHORT.get(character) or (
        f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    )


def _cell(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.combining(character) or character in "\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _head(text: str, width: int) -> str:
    used = 0
    for position, character in enumerate(text):
        used += _cell(character)
        if used > width:
            return text[:position]
    return text
