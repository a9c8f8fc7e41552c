"""Find a rule by the name that a person typed: full, bare where unique, or former."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from trueline.model.errors import UsageError
from trueline.model.rule import Check, Metric, Rule, Thing
from trueline.settings.suggestion import did_you_mean

R = TypeVar("R", bound=Rule | Thing)
_SORTS: tuple[tuple[type, str, str], ...] = (
    (Check, "check", "trueline rule run"),
    (Metric, "metric", "trueline metric show"),
    (Thing, "thing", "trueline rule show"),
)
"""What each sort is called, and the command that shows what it says."""


def find_rule(name: str, rules: Iterable[R], *, noun: str = "rule") -> R:
    """Return the rule of that name. Raises UsageError with a suggestion where there is none, or more than one."""
    every = list(rules)
    found = [rule for rule in every if _is_called(name, rule)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"{name} is the name of {len(found)} {noun}s", fix=f"Write {' or '.join(rule.id for rule in found)}."
        )
    fix = did_you_mean(name, [known for rule in every for known in (rule.id, rule.name)])
    raise UsageError(f"there is no {noun} {name}", fix=fix or f"trueline {noun} list shows them all.")


def find_here(name: str, rules: Iterable[R], others: Iterable[Rule | Thing], *, noun: str) -> R:
    """Return the rule of that name; where it is one of the others, the UsageError says which command shows that."""
    mine = list(rules)
    try:
        return find_rule(name, mine, noun=noun)
    except UsageError:
        for other in others:
            if _is_called(name, other):
                sort, command = next((sort, command) for kind, sort, command in _SORTS if isinstance(other, kind))
                raise UsageError(f"{name} is a {sort}, not a {noun}", fix=f"{command} {name} shows it.") from None
        raise


def find_any(name: str, rules: Iterable[Check | Metric], things: Iterable[Thing]) -> Check | Metric | Thing:
    """Return the rule of that name, else the thing: some things are called like the rule that they speak of."""
    every, told = list(rules), list(things)
    if any(_is_called(name, rule) for rule in every):
        return find_rule(name, every)
    if any(_is_called(name, thing) for thing in told):
        return find_rule(name, told, noun="thing")
    return find_rule(name, [*every, *told])


def _is_called(name: str, rule: Rule | Thing) -> bool:
    return name in (rule.id, rule.name) or (isinstance(rule, Rule) and name in rule.former_ids)
