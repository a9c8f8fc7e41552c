"""Read the day that a header names, in the forms that people write."""

from __future__ import annotations

import re
from datetime import date, datetime

_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d.%m.%Y")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_DAY = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[.]\d{1,2}[.]\d{4}|\d{1,2} [A-Za-z]{3,9} \d{4}|[A-Za-z]{3,9} \d{1,2} \d{4}"
)


def day_of(text: str) -> date | None:
    """Return the first day that a text names; None where it names none. `3/4/2026` is left alone: it has two meanings."""
    plain = " ".join(_ORDINAL.sub("", text.replace(",", " ")).split())
    found = _DAY.search(plain)
    for form in _FORMS if found else ():
        try:
            return datetime.strptime(found[0], form).date()  # type: ignore[index]  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
