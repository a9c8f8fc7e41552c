"""Syntax trees of test files, and the words that readers of every language need about them.

Nothing here knows a test framework. Expressions are compared as normalised text: layout, comments,
quotes and trailing commas are gone, so that restyling a file changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import import_module
from typing import Literal

from tree_sitter import Language, Node, Parser

Comments = Literal["#", "//"]
"""How comments begin in a language; with `//` comes `/* */`."""

SHOWN_LENGTH = 300
"""Characters of an assertion that people are shown."""

BODY_LENGTH = 4_000
"""Characters of a body that are kept to know it again."""

VALUE_LENGTH = 2_000
"""Characters of an expression that are kept; a longer one keeps its beginning, and a digest of the rest."""

_REPEATED_LENGTH = 600
"""Characters of text whose tokens are worth remembering."""

_GRAMMARS = {
    "python": ("tree_sitter_python", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "go": ("tree_sitter_go", "language"),
    "java": ("tree_sitter_java", "language"),
}

_WORD = r"[^\W\d]\w*"
_NUMBER = r"\d[\w.]*|\.\d[\w]*"
_OPERATOR = r"===|!==|==|!=|<=|>=|\*\*|//|->|=>|:=|&&|\|\||\.\.\.|\S"
_PYTHON_STRING = (
    r"(?i:[rbuft]{0,3})(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')"
)
_OTHER_STRING = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"
_TOKENS: Mapping[Comments, re.Pattern[str]] = {
    "#": re.compile(
        rf"(?P<comment>#[^\n]*|\\\n)|(?P<string>{_PYTHON_STRING})|(?P<word>{_WORD})|(?P<rest>{_NUMBER}|{_OPERATOR})",
        re.DOTALL,
    ),
    "//": re.compile(
        rf"(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<string>{_OTHER_STRING})|(?P<word>{_WORD})|(?P<rest>{_NUMBER}|{_OPERATOR})",
        re.DOTALL,
    ),
}
_QUOTED = re.compile(r"(?s)(?P<prefix>[a-zA-Z]*)(?P<quote>\"\"\"|'''|\"|'|`)(?P<inside>.*)(?P=quote)")
_HEX_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})")
_NO_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(?=[^\\'\"abfnrtvxuUN0-7\n])")
_DIGITS_OR_DOT = frozenset(".0123456789")
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_REQUIREMENT_ID = re.compile(r"\b[A-Z][A-Z0-9]*(?:[-_][A-Z][A-Z0-9]*)*-\d+(?:\.\d+)*\b")
_TRACE_TAG = re.compile(r"\[\w+->\s*([\w.-]+~[\w.-]+(?:~\d+)?)")
_NOT_REQUIREMENTS = frozenset({"UTF", "ISO", "SHA", "RFC", "CVE", "PEP", "GH", "HTTP", "UCS", "CP", "MD", "AES", "RSA"})


@cache
def grammar(language: str) -> Language:
    """Return the grammar of a language."""
    module, factory = _GRAMMARS[language]
    return Language(getattr(import_module(module), factory)())


@cache
def _parser(language: str) -> Parser:
    return Parser(grammar(language))


def parse(language: str, content: bytes) -> Node:
    """Return the root of the syntax tree; broken content gives a tree with errors in it, never a failure."""
    return _parser(language).parse(content).root_node


def first_problem(root: Node) -> str | None:
    """Return where the content stops being the language, or None."""
    if not root.has_error:
        return None
    node = root
    while child := next((each for each in node.children if each.has_error), None):
        node = child
    return f"it does not parse at line {node.start_point.row + 1}"


def text_of(node: Node | None) -> str:
    """Return the source text of a node; empty for None."""
    return node.text.decode("utf-8", "replace") if node is not None and node.text is not None else ""


def line_of(node: Node) -> int:
    """Return the line on which a node begins, from 1."""
    return node.start_point.row + 1


def end_line_of(node: Node) -> int:
    """Return the line on which a node ends, from 1."""
    return node.end_point.row + 1


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and everything below it, in the order of the source."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(current.named_children))


def shown(text: str) -> str:
    """Return text with its white space folded, cut to what people are shown."""
    folded = " ".join(text.split())
    return folded if len(folded) <= SHOWN_LENGTH else folded[: SHOWN_LENGTH - 1] + "…"


def tokens(text: str, comments: Comments = "#") -> list[str]:
    """Return the tokens of source text without comments, strings in one spelling, trailing commas left out."""
    return list(_short_tokens(text, comments)) if len(text) <= _REPEATED_LENGTH else _tokens(text, comments)


@lru_cache(maxsize=20_000)
def _short_tokens(text: str, comments: Comments) -> tuple[str, ...]:
    """Remember tokens: from one version of a file to the next, most statements stay."""
    return tuple(_tokens(text, comments))


def _tokens(text: str, comments: Comments) -> list[str]:
    found: list[str] = []
    for match in _TOKENS[comments].finditer(text):
        if match.lastgroup == "comment":
            continue
        token = match.group()
        if match.lastgroup == "string":
            token = _plain_string(token)
            if found and comments == "#" and (whole := _joined_strings(found[-1], token)) is not None:
                found[-1] = whole
                continue
        elif token[0] in _DIGITS_OR_DOT and len(token) > 1:
            token = _plain_number(token)
        if token in _CLOSING and found and found[-1] == "," and not _is_single_tuple(found):
            found.pop()
        found.append(token)
    return found


def normalised(text: str, names: Mapping[str, str] | None = None, comments: Comments = "#") -> str:
    """Return an expression in the one spelling that is compared, local names replaced by what they stand for.

    A name that stands for the empty text, such as an imported module, is left out with its dot; `self.LIMIT` is
    replaced like `LIMIT`.
    """
    if len(text) <= _REPEATED_LENGTH:
        kept = _short_tokens(text, comments)
        if not names or names.keys().isdisjoint(kept):
            return _short_text(text, comments)
        return joined(_resolved(list(kept), names))
    found = _tokens(text, comments)
    return joined(_resolved(found, names) if names else found)


@lru_cache(maxsize=20_000)
def _short_text(text: str, comments: Comments) -> str:
    return joined(list(_short_tokens(text, comments)))


def joined(found: list[str]) -> str:
    """Return tokens as text, with a space only where two words would grow together."""
    parts: list[str] = []
    for token in filter(None, found):
        if parts and _is_wordy(parts[-1][-1:]) and _is_wordy(token[0]):
            parts.append(" ")
        parts.append(token)
    return "".join(parts)


def shortened(text: str) -> str:
    """Return text cut to what is kept of a value, so that two different ones still differ."""
    if len(text) <= VALUE_LENGTH:
        return text
    return text[:VALUE_LENGTH] + "…" + hashlib.sha256(text.encode()).hexdigest()[:12]


def split(text: str, comments: Comments = "#") -> list[str]:
    """Return the parts of text between the commas that stand in no bracket."""
    parts: list[list[str]] = [[]]
    depth = 0
    for token in tokens(text, comments):
        depth += (token in _OPENING) - (token in _CLOSING)
        if token == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return [joined(part) for part in parts if part]


def body_text(text: str, comments: Comments = "#") -> str:
    """Return a body as tokens with one space between them, to know it again."""
    return " ".join(tokens(text, comments))[:BODY_LENGTH]


def requirement_ids(text: str) -> tuple[str, ...]:
    """Return the ids of requirements that prose names: `REQ-12`, and tags such as `utest->req~login~1` in brackets."""
    ids = [found for found in _REQUIREMENT_ID.findall(text) if found.rsplit("-", 1)[0] not in _NOT_REQUIREMENTS]
    return tuple(dict.fromkeys(ids + _TRACE_TAG.findall(text)))


def _resolved(found: list[str], names: Mapping[str, str]) -> list[str]:
    """Replace names; one that stands for nothing, such as an imported module, goes with the dot behind it."""
    resolved: list[str] = []
    for place, token in enumerate(found):
        before = found[place - 1] if place else ""
        after = found[place + 1] if place + 1 < len(found) else ""
        if token == "." and names.get(before) == "" and (place < 2 or found[place - 2] != "."):
            continue
        if before == "." and token.isupper() and token in names and resolved[-2:] in (["self", "."], ["cls", "."]):
            resolved[-2:] = [names[token]]
            continue
        is_attribute = before in {".", "?."}
        is_keyword = after == "=" and before in {"(", ","}
        resolved.append(token if is_attribute or is_keyword else names.get(token, token))
    return resolved


def _plain_string(token: str) -> str:
    match = _QUOTED.fullmatch(token)
    if match is None:
        return token
    prefix = match["prefix"].lower().replace("u", "")
    if match["quote"] == '"' and "\\" not in token:
        return prefix.replace("r", "") + token[len(match["prefix"]) :]
    if match["quote"] == "`":
        return prefix + token[len(match["prefix"]) :]
    if "r" in prefix:
        inside = match["inside"].replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
        return f'{prefix.replace("r", "")}"{inside}"'
    inside = re.sub(r"\\\n", "", match["inside"]).replace("\n", "\\n")
    inside = re.sub(r"\\(['\"])", r"\1", inside).replace('"', '\\"')
    inside = _NO_ESCAPE.sub(r"\\\\\1", inside)
    inside = _HEX_ESCAPE.sub(lambda match: match.group().lower(), inside)
    return f'{prefix}"{inside}"'


def _plain_number(token: str) -> str:
    """Return `.5` as `0.5`, and `1.` as `1.0`."""
    token = f"0{token}" if token[0] == "." and token[1].isdigit() else token
    return f"{token}0" if token[-1] == "." and token[0].isdigit() else token


def _joined_strings(one: str, other: str) -> str | None:
    """Return two adjacent string literals as one; None where they are none, or text and bytes."""
    first, second = one.partition('"'), other.partition('"')
    if not one.endswith('"') or {first[0], second[0]} - {"", "f", "b"} or ("b" in first[0]) != ("b" in second[0]):
        return None
    return f'{first[0] or second[0]}"{first[2][:-1]}{second[2]}'


def _is_single_tuple(found: list[str]) -> bool:
    """Tell whether the comma at the end makes a tuple of one: `(x,)`, and neither `f(x,)` nor `(x, y,)`."""
    depth, commas = 0, 0
    for place in range(len(found) - 1, -1, -1):
        token = found[place]
        if token in _CLOSING:
            depth += 1
        elif token in _OPENING:
            if depth == 0:
                is_call = place > 0 and (_is_wordy(found[place - 1][-1]) or found[place - 1] in _CLOSING)
                return token == "(" and not is_call and commas == 1
            depth -= 1
        elif token == "," and depth == 0:
            commas += 1
    return False


def _is_wordy(character: str) -> bool:
    return character.isalnum() or character == "_" or character == '"'
