"""Turn the bytes of a document into text, and say what was wrong with them.

It knows nothing of Markdown.
"""

from __future__ import annotations

import codecs
import re

MAX_CHARACTERS = 1_000_000
"""Longer documents are cut at a line border where there is one, so that one file cannot hold up the rest."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END = re.compile(r"\r\n?")


def decode(content: bytes) -> tuple[str, str | None]:
    """Return the text with line feeds only, and the problem, if there is one.

    Byte order marks decide; without one it is UTF-8. Where that fails, a text that is mostly
    UTF-8 keeps a replacement character for each bad place, any other is read as Windows-1252.
    Content with NUL bytes is no text: it gives the empty text.
    """
    text, problem = _decode(content)
    text = _LINE_END.sub("\n", text)
    if len(text) > MAX_CHARACTERS:
        text = text[: text.rfind("\n", 0, MAX_CHARACTERS) + 1 or MAX_CHARACTERS]
        problem = problem or f"is too long: only its first {len(text):,} characters were read"
    return text, problem


def _decode(content: bytes) -> tuple[str, str | None]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, "replace")
            return (text, None) if "\0" not in text else ("", "is binary, not text")
    if b"\0" in content:
        return "", "is binary, not text"
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return _decode_damaged(content, error.start)


def _decode_damaged(content: bytes, first_bad: int) -> tuple[str, str]:
    line = content.count(b"\n", 0, first_bad) + 1
    replaced = content.decode("utf-8", "replace")
    bad = replaced.count("�")
    good = sum(1 for character in replaced if character > "\x7f") - bad
    if good > bad:
        return replaced, f"has bytes that are not UTF-8, first on line {line}"
    return content.decode("cp1252", "replace"), f"is not UTF-8 (first seen on line {line}); read as Windows-1252"
