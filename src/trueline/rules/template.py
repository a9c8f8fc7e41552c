"""Fill the small templates of rules and things from one row.

`{name}`, `{name:,}` (thousands), `{name:.0f}`, `{name|singular|plural}`. Values come from
repositories and are inserted as text only: nothing in them is ever read as a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

_FIELD = re.compile(r"\{([^{}]*)\}")
_INSIDE = re.compile(r"([a-z][a-z0-9_]*)(?::(,|,?\.\d+f|,?\.\d+%)|\|([^|{}]*)\|([^|{}]*))?")


def fields_of(template: str) -> tuple[frozenset[str], list[str]]:
    """Return the names that a template needs, and what is wrong in it."""
    names, problems = set(), []
    for inside in _FIELD.findall(template):
        match = _INSIDE.fullmatch(inside)
        if match:
            names.add(match.group(1))
        else:
            problems.append(
                f"{{{inside}}} is not a placeholder; write {{name}}, {{name:,}}, {{name:.0f}} or {{name|one|many}}"
            )
    return frozenset(names), problems


def fill(template: str, row: Mapping[str, Any]) -> str:
    """Return the template with its placeholders filled. Raises KeyError for a name the row lacks."""

    def one(match: re.Match[str]) -> str:
        inside = _INSIDE.fullmatch(match.group(1))
        if inside is None:
            return match.group(0)
        name, spec, singular, plural = inside.groups()
        value = row[name]
        if singular is not None:
            return singular if value == 1 else plural
        return _shown(value, spec)

    return _FIELD.sub(one, template)


def fill_known(templates: Iterable[str], row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the templates filled, those left out that name a null: what is not known is not said."""
    return tuple(
        fill(template, row) for template in templates if all(row[name] is not None for name in fields_of(template)[0])
    )


def _shown(value: Any, spec: str | None) -> str:
    if value is None:
        return "no data"
    if spec and isinstance(value, int | float | Decimal):
        return format(float(value) if "f" in spec or "%" in spec else value, spec)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}Z"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, Decimal | float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)
