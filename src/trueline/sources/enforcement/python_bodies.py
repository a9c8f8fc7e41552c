"""What is collected while the body of a Python test is read, and where in it a statement stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from trueline.model.enforcement import Assertion, Condition


@dataclass
class Body:
    """What was found in a body, in the order of the source."""

    names: dict[str, str]
    assertions: list[Assertion] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    mocks: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    is_module: bool = False
    """True for the top of a module: what it defines is read on its own."""
    is_predicate: bool = False
    """True for a function whose answer is asserted."""
    parameters: frozenset[str] = frozenset()
    """Of the function: a decorator calls the test that it is given."""
    helper_names: frozenset[str] = frozenset()
    """Functions of the file that assert: a call of them is an assertion."""

    def keep(self, found: Sequence[Assertion], place: Place) -> None:
        """Add assertions with what they run under."""
        self.assertions.extend(replace(each, guards=place.guards, is_swallowed=place.is_swallowed) for each in found)


@dataclass(frozen=True)
class Place:
    guards: tuple[str, ...] = ()
    is_swallowed: bool = False
    """True where an exception does not fail the test."""

    def under(self, *guards: str) -> Place:
        return replace(self, guards=(*self.guards, *guards))
