"""The table of node names that a language with braces fills in, so that all else is shared between them.

A language module holds one `Language` and what its test frameworks mean by a call; finding, naming and
normalising is done once, in the modules `languages_*`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from trueline.model.enforcement import AssertionForm

NONE: frozenset[str] = frozenset()

COMPARISONS: Mapping[str, tuple[AssertionForm, str]] = {
    "==": ("equality", ""),
    "===": ("equality", ""),
    "!=": ("inequality", ""),
    "!==": ("inequality", ""),
    "<": ("order", "<"),
    "<=": ("order", "<="),
    ">": ("order", ">"),
    ">=": ("order", ">="),
}
"""What an operator asserts, and what is put before its right side."""

OPPOSITES: Mapping[str, str] = {
    "==": "!=",
    "===": "!==",
    "!=": "==",
    "!==": "===",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
}


@dataclass(frozen=True)
class Language:
    """What the grammar of one language calls the things that tests are made of."""

    name: str
    """As `syntax.parse` knows its grammar."""
    comments: frozenset[str]
    strings: frozenset[str]
    """Nodes that are one token whatever is in them."""
    identifiers: frozenset[str]
    literals: frozenset[str]
    """Scalars, whose value is told by their text alone."""
    composites: frozenset[str]
    """Lists, maps and structures written out."""
    rows: frozenset[str] = NONE
    """Composites inside a composite, where the grammar calls them otherwise."""
    calls: frozenset[str] = NONE
    creations: frozenset[str] = NONE
    members: frozenset[str] = NONE
    has_members_that_assert: bool = False
    """True where an attribute alone can be an assertion: `expect(x).to.be.true`."""
    wrappers: frozenset[str] = NONE
    """Parentheses, `await`, casts: what they hold is meant."""
    functions: frozenset[str] = NONE
    blocks: frozenset[str] = NONE
    statements: frozenset[str] = NONE
    """Expression statements."""
    ifs: frozenset[str] = NONE
    loops: frozenset[str] = NONE
    cases: frozenset[str] = NONE
    """Branches of a switch."""
    tries: frozenset[str] = NONE
    handlers: frozenset[str] = NONE
    defers: frozenset[str] = NONE
    """Statements that run at the end, where a failure can be recovered from."""
    catches: frozenset[str] = NONE
    """Methods that are given a handler of what was raised before them: `.catch(() => {})`."""
    listens: frozenset[str] = NONE
    """Methods that are given a handler of an event by its name: `.on("error", () => {})`."""
    throws: frozenset[str] = NONE
    leaves: frozenset[str] = NONE
    """Statements that leave the block: return, continue."""
    binaries: frozenset[str] = NONE
    negations: frozenset[str] = NONE
    definitions: frozenset[str] = NONE
    """What gives a name a value: declarators and assignments."""
    changes: frozenset[str] = NONE
    """What changes a value in place: `x++`, `x += 1`."""
    self_names: frozenset[str] = field(default=frozenset({"this"}))

    @cached_property
    def marked(self) -> frozenset[str]:
        """Everything that a reader may want to look at; the nodes between are passed over."""
        return (
            (self.functions | self.definitions | self.changes | self.calls | self.creations)
            | (
                self.blocks
                | self.ifs
                | self.loops
                | self.cases
                | self.tries
                | self.handlers
                | self.throws
                | self.defers
            )
            | (self.binaries | {"assert_statement"} | (self.members if self.has_members_that_assert else NONE))
        )
