"""Walk the body of one test: its assertions with what they run under, its skips, mocks, calls and table rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tree_sitter import Node

from trueline.model.enforcement import Assertion, Condition
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages_chain import is_top, name_of, unwrapped
from trueline.sources.enforcement.languages_meaning import ANY_ERROR, Found
from trueline.sources.enforcement.languages_nodes import everything, named, part
from trueline.sources.enforcement.languages_rows import Table, table_of
from trueline.sources.enforcement.languages_scope import Scope
from trueline.sources.enforcement.languages_tokens import unquoted


class Framework(Protocol):
    """What the walk asks a language's test frameworks about a node."""

    def found(self, node: Node, scope: Scope) -> Sequence[Found] | None:
        """Return the assertions that the node is, None where it is none."""
        ...

    def condition(self, node: Node, scope: Scope) -> Condition | None:
        """Return why the test does not run past this node."""
        ...

    def mocks(self, node: Node, scope: Scope) -> Sequence[str]:
        """Return what the node replaces."""
        ...

    def is_unit(self, node: Node) -> bool:
        """Return True where the node is a test of its own, read apart."""
        ...

    def is_failure(self, node: Node) -> bool:
        """Return True where the node, an expression, fails the test whatever happened before."""
        ...

    def lets_failures_through(self, caught: str) -> bool:
        """Return True where a handler of that type does not catch a failed assertion."""
        ...

    def is_framework(self, name: str) -> bool:
        """Return True where a called name belongs to the framework, not to what is tested."""
        ...


@dataclass
class Body:
    """What was read of one body, in the order of the source."""

    assertions: list[Assertion] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    mocks: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def rows(self) -> tuple[list[str], tuple[str, ...], str | None]:
        """Return the rows of the tables that assertions are made for, their columns, and the name of one elsewhere."""
        lines = [assertion.line for assertion in self.assertions]
        used = [table for table in self.tables if any(table.first <= line <= table.last for line in lines)]
        columns = used[0].columns if len(used) == 1 else ()
        return (
            [row for table in used for row in table.rows],
            columns,
            next((table.name for table in used if table.name), None),
        )


@dataclass(frozen=True)
class _Under:
    """What a node runs under."""

    guards: tuple[str, ...] = ()
    is_swallowed: bool = False

    def with_guard(self, text: str, is_swallowed: bool = False) -> _Under:
        return _Under((*self.guards, text), self.is_swallowed or is_swallowed)


def read_body(root: Node, scope: Scope, framework: Framework) -> Body:
    """Return what the body of a test enforces."""
    body = Body()
    walk = _Walk(scope, framework, body)
    stack = [(root, _Under())]
    while stack:
        node, under = stack.pop()
        if node.type in walk.language.marked:
            stack.extend(reversed(walk.enter(node, under, is_root=node.id == root.id)))
        elif node.type not in walk.language.comments:
            stack.extend((one, under) for one in reversed(scope.source.below(node)))
    body.calls = list(dict.fromkeys(body.calls))
    body.mocks = list(dict.fromkeys(body.mocks))
    return body


class _Walk:
    def __init__(self, scope: Scope, framework: Framework, body: Body) -> None:
        self.scope = scope
        self.language = scope.language
        self.framework = framework
        self.body = body
        language = self.language
        self._asserting = language.calls | language.members | language.ifs | language.throws | {"assert_statement"}
        self._taken = language.calls | language.creations | language.definitions | language.throws

    def enter(self, node: Node, under: _Under, is_root: bool) -> list[tuple[Node, _Under]]:
        """Take in one node, and return what is to be entered next."""
        kind = node.type
        if not is_root and kind in self.language.calls and self.framework.is_unit(node):
            return []
        is_assertion = self._note(node, under)
        if kind in self.language.ifs:
            return self._if(node, under, is_assertion)
        if node.type in self.language.tries:
            return self._try(node, under)
        if node.type in self.language.cases:
            value = part(node, "value", "communication") or next(iter(named(node)), None)
            inner = under.with_guard(f"case {self.scope.source.text(value)}" if value is not None else "default")
            return [(child, inner) for child in named(node)]
        if node.type in self.language.blocks:
            return self._block(node, under)
        if kind in self.language.loops:
            self._rows(node)
        if kind in self.language.calls and self.language.catches:
            return self._caught_later(node, under)
        if kind in self.language.binaries:
            return [(child, self._guarded(node, child, under)) for child in node.named_children]
        return [(one, under) for one in self.scope.source.below(node)]

    def _caught_later(self, node: Node, under: _Under) -> list[tuple[Node, _Under]]:
        """Return what is below a call; what stands before a `.catch()` that fails nothing is swallowed."""
        below = self.scope.source.below(node)
        handler = self._handler_of(node)
        if handler is None:
            return [(one, under) for one in below]
        tried = [one for one in below if one.end_byte <= handler.start_byte]
        is_strict = handler.type not in self.language.functions or not self._may_pass(handler)
        inside = (inner for one in tried for inner in everything(one, self.language.strings))
        if is_strict or any(one.type in self.language.throws or self.framework.is_failure(one) for one in inside):
            return [(one, under) for one in below]
        return [(one, under.with_guard("except", is_swallowed=True) if one in tried else under) for one in below]

    def _handler_of(self, node: Node) -> Node | None:
        """Return what is given what was raised before it: by `.catch(handler)`, or by `.on("error", handler)`."""
        links = self.scope.source.chain(node)
        last = links[-1] if links else None
        if last is None or not last.args:
            return None
        if last.name in self.language.catches:
            return last.args[0]
        is_event = last.name in self.language.listens and unquoted(syntax.text_of(last.args[0])) == "error"
        return last.args[-1] if is_event and len(links) > 1 else None

    def _may_pass(self, handler: Node) -> bool:
        """Tell whether a handler lets some failure pass: it never fails, or in one of two branches only."""
        if not self._is_strict(handler):
            return True
        for node in everything(handler, self.language.strings):
            if node.type in self.language.ifs and part(node, "alternative") is not None:
                branches = [part(node, name) for name in ("consequence", "alternative")]
                if not all(branch is not None and self._is_strict(branch) for branch in branches):
                    return True
        return False

    def _add(self, found: Sequence[Found], node: Node, under: _Under) -> None:
        shown = part(node, "condition") or node if node.type in self.language.ifs else node
        for one in found:
            self.body.assertions.append(
                Assertion(
                    one.form,
                    one.subject,
                    one.expected,
                    syntax.line_of(node),
                    self.scope.source.shown(shown),
                    is_negated=one.is_negated,
                    message=one.message,
                    tolerance=one.tolerance,
                    options=one.options,
                    guards=under.guards,
                    is_swallowed=under.is_swallowed,
                )
            )

    def _note(self, node: Node, under: _Under) -> bool:
        """Take in what the node itself is; return whether it asserts."""
        found = self.framework.found(node, self.scope) if node.type in self._asserting else None
        if found is not None:
            self._add(found, node, under)
            self._note_helper(found, node)
        elif node.type in self._taken:
            self._take(node, under)
        return found is not None

    def _note_helper(self, found: Sequence[Found], node: Node) -> None:
        """Take in the call of a function of the project's own that asserts: it is what a test may have been moved to."""
        if node.type in self.language.calls and any(one.form == "other" for one in found):
            self.body.calls.append(name_of(self.scope.source.chain(node)))

    def _take(self, node: Node, under: _Under) -> None:
        condition = self.framework.condition(node, self.scope)
        if condition is not None:
            if under.guards:
                text = f"{condition.text} {' '.join(under.guards)}"
                condition = Condition(condition.kind, text, condition.line, is_always=False)
            self.body.conditions.append(condition)
        self.body.mocks.extend(self.framework.mocks(node, self.scope))
        if node.type in self.language.calls and is_top(node, self.language):
            links = self.scope.source.chain(node)
            name = name_of(links)
            if name and not self.framework.is_framework(name):
                self.body.calls.append(name)
        elif node.type in self.language.creations:
            made = part(node, "constructor", "type")
            if made is not None:
                self.body.calls.append(self.scope.source.text(made))

    def _guarded(self, node: Node, child: Node, under: _Under) -> _Under:
        """Return what the right side of `a && b` runs under, where that is a statement."""
        if node.type in self.language.binaries and node.parent is not None:
            is_right = child.id == getattr(part(node, "right"), "id", None)
            left = part(node, "left")
            operator = syntax.text_of(part(node, "operator"))
            if (
                is_right
                and left is not None
                and operator in ("&&", "||")
                and node.parent.type in self.language.statements
            ):
                return under.with_guard(("if " if operator == "&&" else "if not ") + self.scope.source.text(left))
        return under

    def _if(self, node: Node, under: _Under, is_assertion: bool) -> list[tuple[Node, _Under]]:
        condition = part(node, "condition")
        text = self.scope.source.text(unwrapped(condition, self.language)) if condition is not None else ""
        then, otherwise = part(node, "consequence"), part(node, "alternative")
        reports = None  # what reports the failure asserts nothing more
        if is_assertion:
            reports = then if then is not None and self._fails(then) else otherwise
        entered: list[tuple[Node, _Under]] = []
        for child in node.named_children:
            if reports is not None and child.id == reports.id:
                continue
            if then is not None and child.id == then.id:
                must_hold = reports is not None and reports is otherwise
                entered.append((child, under if must_hold else under.with_guard(f"if {text}")))
            elif otherwise is not None and child.id == otherwise.id:
                entered.append((child, under if is_assertion else under.with_guard(f"if not {text}")))
            else:
                entered.append((child, under))
        return entered

    def _fails(self, block: Node) -> bool:
        """Tell whether a statement of the block itself reports a failure."""
        statements = [
            child for node in (block, *named(block)) for child in named(node) if child.type in self.language.statements
        ]
        return any(self.framework.is_failure(child) for statement in statements for child in named(statement))

    def _block(self, node: Node, under: _Under) -> list[tuple[Node, _Under]]:
        entered: list[tuple[Node, _Under]] = []
        for child in node.named_children:
            if child.type in self.language.comments:
                continue
            if child.type in self.language.blocks and node.type not in self.language.functions:
                entered.append((child, under))  # a list of statements inside the braces
                continue
            entered.append((child, under))
            if child.type in self.language.defers and self._recovers(child):
                under = under.with_guard("except recover()")
            elif child.type in self.language.ifs and part(child, "alternative") is None:
                if self._leaves(child) and self.framework.found(child, self.scope) is None:
                    condition = part(child, "condition")
                    if condition is not None:
                        text = self.scope.source.text(unwrapped(condition, self.language))
                        under = under.with_guard(f"if not {text}")
            elif child.type in self.language.leaves and child.type.startswith("return"):
                under = under.with_guard("after return")
        return entered

    def _recovers(self, node: Node) -> bool:
        """Tell whether a deferred function catches what is raised, and fails nothing."""
        text = syntax.text_of(node)
        return "recover()" in text and not self._is_strict(node)

    def _leaves(self, node: Node) -> bool:
        """Tell whether a branch ends the test early, without failing it."""
        last = part(node, "consequence")
        while last is not None and last.type in self.language.blocks:
            children = named(last)
            last = children[-1] if children else None
        if last is None or last.type not in self.language.leaves:
            return False
        return not any(self.framework.is_failure(child) for child in everything(last))

    def _try(self, node: Node, under: _Under) -> list[tuple[Node, _Under]]:
        handlers = [child for child in node.named_children if child.type in self.language.handlers]
        block = part(node, "body")
        failure = self._failure_in(block) if block is not None and handlers else None
        expects = failure is not None and any(
            self._is_strict(handler) or self.framework.lets_failures_through(self._caught([handler]))
            for handler in handlers
        )
        if expects and block is not None and failure is not None:
            subject = [child for child in named(block) if child.id != failure.id]
            text = ";".join(self.scope.text(child) for child in subject)
            self._add([Found("raises", syntax.shortened(text), self._caught(handlers) or ANY_ERROR)], block, under)
        entered: list[tuple[Node, _Under]] = []
        swallowing = [handler for handler in handlers if not expects and not self._is_strict(handler)]
        for child in node.named_children:
            if block is not None and child.id == block.id:
                inner = under
                if swallowing:
                    inner = under.with_guard(f"except {self._caught(swallowing)}".strip(), is_swallowed=True)
                if expects and failure is not None:
                    entered += [(one, inner) for one in named(block) if one.id != failure.id]
                else:
                    entered.append((child, inner))
            elif child.type in self.language.handlers and not expects:
                entered.append((child, under.with_guard(f"except {self._caught([child])}".strip())))
            else:
                entered.append((child, under))
        return entered

    def _failure_in(self, block: Node) -> Node | None:
        """Return the statement of a tried block that fails when nothing was raised."""
        for child in reversed(named(block)):
            if child.type in self.language.statements and any(map(self.framework.is_failure, named(child))):
                return child
        return None

    def _is_strict(self, handler: Node) -> bool:
        """Tell whether what is caught still fails the test, or is looked at."""
        return any(
            node.type in self.language.throws
            or self.framework.is_failure(node)
            or any(found.form != "constant" for found in self.framework.found(node, self.scope) or ())
            for node in everything(handler, self.language.strings)
        )

    def _caught(self, handlers: Sequence[Node]) -> str:
        types = [
            self.scope.source.text(node)
            for handler in handlers
            for node in everything(handler)
            if node.type == "catch_type"
        ]
        return "|".join(types)

    def _rows(self, node: Node) -> None:
        table = table_of(node, self.scope)
        if table is not None:
            self.body.tables.append(table)
