"""What a call that registers a test of JavaScript says besides its body: name, skips, rows and their columns."""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

from trueline.model.enforcement import Condition
from trueline.sources.enforcement import syntax
from trueline.sources.enforcement.languages_chain import Link
from trueline.sources.enforcement.languages_nodes import named, part
from trueline.sources.enforcement.languages_rows import rows_of
from trueline.sources.enforcement.languages_scope import Scope
from trueline.sources.enforcement.languages_suites import Registration
from trueline.sources.enforcement.languages_tokens import unquoted

_OF_RULE = 3
_MODIFIERS = {
    **dict.fromkeys(("skip", "todo", "fixme"), "skip"),
    **dict.fromkeys(("failing", "fails", "fail"), "xfail"),
    "only": "only",
}


def rule_test(links: Sequence[Link], scope: Scope) -> Registration | None:
    """Return the test that `tester.run("name", rule, {valid: […], invalid: […]})` is: all its cases are rows."""
    args = links[-1].args
    if links[-1].name != "run" or not args or len(args) < _OF_RULE or args[-1].type != "object":
        return None
    lists = [(syntax.text_of(part(one, "key")), part(one, "value")) for one in named(args[-1]) if one.type == "pair"]
    rows = [f"{key},{row}" for key, value in lists if value is not None for row in rows_of(value, scope)]
    if not {"valid", "invalid"} & {key for key, _ in lists} or not rows:
        return None
    return Registration("test", name_of_test(args[0], scope), None, (), tuple(rows))


def of_macro(args: Sequence[Node], macro: Node, scope: Scope) -> tuple[str, ...]:
    """Return the one row that the arguments behind a macro are: `test("a", macro, 1, 2)`."""
    given = [arg for arg in args if arg.start_byte > macro.start_byte] if macro.type == "identifier" else []
    return (",".join(scope.source.text(arg) for arg in given),) if given else ()


def test_of_object(args: Sequence[Node], scope: Scope, line: int) -> Registration | None:
    """Return the test that `Deno.test({ name: "adds", fn() {…} })` is; None for anything else."""
    if len(args) != 1 or args[0].type != "object":
        return None
    node = args[0]
    said = {syntax.text_of(part(one, "key", "name")): part(one, "value") or one for one in named(node)}
    name, function = said.get("name"), said.get("fn")
    if name is None or function is None or name.type not in ("string", "template_string"):
        return None
    conditions = tuple(_options(node, scope, line))
    return Registration("test", name_of_test(name, scope), part(function, "body"), conditions)


def name_of_test(node: Node, scope: Scope) -> str:
    text = syntax.text_of(node)
    if node.type in ("string", "template_string"):
        return unquoted(text)
    return " ".join(text.split())[:200]


def conditions_of(
    word: str, modifiers: Sequence[str], args: Sequence[Node], scope: Scope, line: int
) -> list[Condition]:
    found: list[Condition] = []
    if word[0] == "x":
        found.append(Condition("skip", word, line))
    elif word[0] == "f" and word != "for":
        found.append(Condition("only", word, line))
    for modifier in modifiers:
        bare, _, condition = modifier.partition("? ")
        kind = _MODIFIERS.get(bare)
        if kind == "skip":
            found.append(Condition("skip", modifier if condition else bare, line, is_always=not condition))
        elif kind == "xfail":
            found.append(Condition("xfail", bare, line))
        elif kind == "only":
            found.append(Condition("only", bare, line))
    for arg in args:
        if arg.type == "object":
            found += _options(arg, scope, line)
    return found


def _options(node: Node, scope: Scope, line: int) -> list[Condition]:
    """Return what an object of options such as `{ skip: true }` says."""
    found: list[Condition] = []
    for pair in named(node):
        key, value = syntax.text_of(part(pair, "key")).strip("'\""), part(pair, "value")
        if value is None or value.type in ("false", "undefined", "null"):
            continue
        is_always = value.type in ("true", "string")
        text = key if is_always else f"{key}? {scope.source.text(value)}"
        if key in ("skip", "todo", "ignore"):
            found.append(Condition("skip", text, line, is_always=is_always))
        elif key == "only":
            found.append(Condition("only", text, line, is_always=is_always))
        elif key in ("fails", "expectFailure"):
            found.append(Condition("xfail", text, line, is_always=is_always))
    return found


def parameters_of(function: Node | None) -> tuple[str, ...]:
    """Return the names that a test gives to the columns of its rows."""
    given = named(part(function, "parameters")) if function is not None else []
    names = [syntax.text_of(part(one, "pattern") or one) for one in given]
    if len(names) == 1 and names[0][:1] in "{[":
        names = [name.strip() for name in names[0].strip("{}[] ").split(",")]
    return tuple(names)


def table_of_link(link: Link, scope: Scope) -> tuple[tuple[str, ...], str | None]:
    """Return the rows of `each([...])` or of a tagged table, and the name of a shared one."""
    if not link.args:
        return (), None
    table = link.args[0]
    if table.type != "template_string":
        name = syntax.text_of(table) if table.type == "identifier" else None
        rows = tuple(rows_of(table, scope))
        return rows, None if rows else name
    given = [named(node) for node in named(table) if node.type == "template_substitution"]
    values = [scope.source.text(inner[0]) for inner in given if inner]
    head = syntax.text_of(table)[1:].strip().split("\n", 1)[0]
    columns = head.count("|") + 1
    return tuple(",".join(values[at : at + columns]) for at in range(0, len(values), columns)), None
