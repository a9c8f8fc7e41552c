"""Find a rule by the name that a person typed: full, bare where unique, or former."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from trueline.model.errors import UsageError
from trueline.model.rule import Rule
from trueline.settings.suggestion import did_you_mean

R = TypeVar("R", bound=Rule)


def find_rule(name: str, rules: Iterable[R], *, noun: str = "rule") -> R:
    """Return the rule of that name. Raises UsageError with a suggestion where there is none, or more than one."""
    every = list(rules)
    found = [rule for rule in every if name in (rule.id, rule.name) or name in rule.former_ids]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"{name} is the name of {len(found)} {noun}s", fix=f"Write {' or '.join(rule.id for rule in found)}."
        )
    fix = did_you_mean(name, [known for rule in every for known in (rule.id, rule.name)])
    raise UsageError(f"there is no {noun} {name}", fix=fix or f"trueline {noun} list shows them all.")
