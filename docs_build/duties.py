"""The page of duties: what each asks, what it needs, and which rules speak of it."""

from __future__ import annotations

from collections.abc import Iterator

from trueline.app.definitions import Definitions
from trueline.model.duty import Duty, Need
from trueline.model.rule import Check

from .markdown import anchor, cell, page, table

ABOUT = (
    "The 42 duties of a Head of Engineering. [How a duty gets its state](../explanation/how-a-duty-gets-its-state.md) says how "
    "checks and needs become *met*, *not met*, *declared* or *unknown*. A duty without a check is unknown: nothing looks yet."
)


def duties_page(definitions: Definitions) -> str:
    """Return every duty by group, then every need."""
    groups = list(dict.fromkeys(duty.group for duty in definitions.duties))
    blocks = []
    for group in groups:
        blocks.append([f"## {group}"])
        blocks += [list(_duty(duty, definitions)) for duty in definitions.duties if duty.group == group]
    return page("Duties", ABOUT, *blocks, *_needs(definitions.duties))


def _duty(duty: Duty, definitions: Definitions) -> Iterator[str]:
    yield from (f"### `{duty.id}`", "", f"{duty.number}. **{duty.title}.** {duty.question}", "")
    rules = sorted((rule for rule in definitions.rules if duty.id in rule.duties), key=lambda rule: rule.id)
    for sort, found in (
        ("Required checks", [r for r in rules if isinstance(r, Check) and r.weight == "required"]),
        ("Supporting checks", [r for r in rules if isinstance(r, Check) and r.weight != "required"]),
        ("Metrics", [r for r in rules if not isinstance(r, Check)]),
    ):
        links = ", ".join(f"[`{rule.id}`](rules.md#{anchor(rule.id)})" for rule in found)
        if links or sort == "Required checks":
            yield f"- {sort}: {links or 'none yet'}"
    yield "- Needs: " + ", ".join(f"[{need.title}](#{need.id})" for need in duty.needs)


def _needs(duties: tuple[Duty, ...]) -> Iterator[list[str]]:
    needs = {need.id: need for duty in duties for need in duty.needs}
    yield [
        "## Needs",
        "",
        "What can be brought in, once, and how many minutes of yours it takes. git itself is always there.",
    ]
    heads = ("need", "what", "minutes", "command", "shown by rows in", "duties")
    yield table(heads, [_row(need, duties) for need in needs.values()])


def _row(need: Need, duties: tuple[Duty, ...]) -> tuple[object, ...]:
    tables = ", ".join(f"[`{name}`](tables.md#{name})" for name in need.tables)
    command = f"`{need.command}`" if need.command else "none yet"
    needing = sum(need in duty.needs for duty in duties)
    return (
        f'<a id="{need.id}"></a>`{need.id}`',
        cell(need.title),
        need.minutes,
        command,
        tables or "nothing reads it yet",
        needing,
    )
