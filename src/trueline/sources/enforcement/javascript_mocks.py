"""What JavaScript's mock libraries replace, and how a mock must have been called, in the one vocabulary of all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tree_sitter import Node

from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages_chain import Link, is_top
from trueline.sources.enforcement.languages_meaning import Found, negated
from trueline.sources.enforcement.languages_nodes import everything, named, part
from trueline.sources.enforcement.languages_scope import Scope
from trueline.sources.enforcement.languages_tokens import unquoted

_REPLACES = re.compile(
    r"(?:jest|vi|vitest|mock|td|sinon|sandbox|sb|t\.mock|mock\.)?\.?"
    r"(?:mock|doMock|unstable_mockModule|mockModule|stub|replace|proxyquire|spyOn|method|fake)"
)
_STUBBED = re.compile(
    r"mock(?:Implementation|Return|Resolved|Rejected)\w*|callsFake|returns?|resolves|rejects|and|throws"
)
_STUBS = ("mockReturnValue", "mockResolvedValue", "mockRejectedValue", "mockImplementation")
_SPY = re.compile(r"(?P<of>.+)\.(?P<name>called\w*|notCalled|neverCalled)(?P<args>\(.*\))?", re.DOTALL)


def replaced_by(node: Node, scope: Scope) -> Sequence[str]:
    """Return what `jest.mock("./a")` or `total.mockReturnValue(3)` replaces, and that of a module by its name."""
    target = _mock(node, scope)
    return (target, *_exported(node, scope)) if target else ()


def _mock(node: Node, scope: Scope) -> str | None:
    """Return what `jest.mock("./a")`, `sinon.stub(cart, "total")` or `cart.total = jest.fn()` replaces."""
    if node.type == "assignment_expression":
        left, right = part(node, "left"), part(node, "right")
        if left is not None and right is not None and left.type in scope.language.members:
            name = "".join(f".{link.name}" for link in scope.source.chain(right)[:2])
            if name in (".jest.fn", ".vi.fn", ".sinon.stub", ".sinon.fake", ".mock.fn"):
                return scope.source.text(left)
        return None
    if node.type not in scope.language.calls or not is_top(node, scope.language):
        return None
    links = scope.source.chain(node)
    if (stubbed := _stubbed(links, scope)) is not None:
        return stubbed
    for place, link in enumerate(links[:3]):
        path = ".".join(one.name for one in links[: place + 1])
        if link.args and _REPLACES.fullmatch(path):
            is_spy = link.name == "spyOn"
            if is_spy and not any(_STUBBED.fullmatch(later.name) for later in links[place + 1 :]):
                return None
            return ".".join(unquoted(scope.source.text(arg)) for arg in link.args[: 1 if "ock" in link.name else 2])
    return None


def _stubbed(links: Sequence[Link], scope: Scope) -> str | None:
    """Return what `total.mockReturnValue(3)` or `vi.mocked(total).mockReturnValue(3)` replaces."""
    if (
        len(links) < len(("total", "mockReturnValue"))
        or not links[-1].name.startswith(_STUBS)
        or links[-1].args is None
    ):
        return None
    if links[-2].name == "mocked" and links[-2].args:
        return scope.source.text(links[-2].args[0])
    is_plain = all(link.args is None for link in links[:-1]) and links[0].name not in ("jest", "vi", "")
    return ".".join(link.name for link in links[:-1]) if is_plain else None


def _exported(node: Node, scope: Scope) -> list[str]:
    """Return the names that a replaced module gives: those of the object written out, or else all that is imported."""
    links = scope.source.chain(node)
    path = next((link.args for link in links[:3] if link.args and "ock" in link.name), None)
    if not path or path[0].type != "string":
        return []
    module = unquoted(syntax.text_of(path[0]))
    made = [one for one in everything(path[1], frozenset({"string"})) if one.type == "object"] if len(path) > 1 else []
    if made:
        keys = [part(one, "key") for one in named(made[0]) if one.type == "pair"]
        return [f"{module}.{syntax.text_of(key)}" for key in keys if key is not None]
    return [f"{module}.{name}" for name in _imported(module, scope)]


def _imported(module: str, scope: Scope) -> list[str]:
    """Return the names that a file imports of a module by name."""
    found: list[str] = []
    for one in scope.source.root.named_children:
        if one.type == "import_statement" and unquoted(syntax.text_of(part(one, "source"))) == module:
            specifiers = (each for each in everything(one) if each.type == "import_specifier")
            found += [syntax.text_of(part(each, "alias", "name")) for each in specifiers]
    return found


def called(subject: str, name: str, args: str) -> Found:
    """Return how a mock was called, in the one vocabulary of all mock libraries."""
    word = name.removeprefix("toHaveBeen").removeprefix("toBe").removesuffix("Exactly").removesuffix("Match")
    word = word[:1].lower() + word[1:]
    if word in ("notCalled", "neverCalled"):
        return Found("called", subject, "called", is_negated=True)
    if word in ("calledTimes", "callCount", "calledOnce", "calledTwice", "calledThrice"):
        count = {"calledOnce": "1", "calledTwice": "2", "calledThrice": "3"}.get(word, args)
        if count == "0":
            return Found("called", subject, "called", is_negated=True)
        return Found("called", subject, f"called_times({count})")
    plain = {"calledWith": "called_with", "calledOnceWith": "called_once_with"}
    text = plain.get(word, word)
    return Found("called", subject, f"{text}({args})" if args or text.endswith("with") else text)


def of_spy(found: Found) -> Found | None:
    """Return the call that `expect(save.calledWith(1)).to.be.true` asks for; None for any other assertion."""
    match = _SPY.fullmatch(found.subject)
    if match is None or found.form not in ("equality", "truth") or found.expected not in (None, "true", "false"):
        return None
    of_mock = called(match["of"], match["name"], (match["args"] or "")[1:-1])
    return negated(of_mock) if found.is_negated or found.expected == "false" else of_mock
