"""Split the source of the languages with braces into tokens of one spelling: without comments and layout, one style
of quotes and of numbers, templates as the sums that they are.

Tokens are taken by a regular expression; of the syntax tree only those literals are asked that it cannot tell.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tree_sitter import Node, Query, QueryCursor

from trueline.sources.enforcement import syntax


class Token(NamedTuple):
    """One token with where it starts."""

    start: int
    text: str
    is_name: bool


_TOKEN = re.compile(
    r"(//[^\n]*|/\*.*?\*/)|"
    r"(\"\"\".*?\"\"\"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`[^`]*`)|"
    r"([A-Za-z_$\x80-\xff][\w$\x80-\xff]*)|"
    r"(0[xXbBoO][\da-fA-F_]+[lLnN]?|\d[\d_]*(?:\.\d[\d_]*|\.(?![\w.]))?(?:[eE][+-]?\d+)?\w*|\.\d[\d_]*(?:[eE][+-]?\d+)?\w*)|"
    r"(===|!==|:=|==|!=|<=|>=|&&|\|\||=>|->|\+\+|--|\.\.\.|\?\.|[^\s;])",
    re.DOTALL,
)
_new = tuple.__new__
"""Tokens are made in the hundred thousands."""
_COMMENT, _STRING, _WORD, _DIGITS = 1, 2, 3, 4
_NUMBER = re.compile(r"[\d_]+(\.[\d_]*)?([eE][+-]?\d+)?[lLfFdDn]?")
_TRAILING_ZEROS = re.compile(r"^(\d*\.\d+?)0+$")
_IDENTIFIER = re.compile(r'"[A-Za-z_$][\w$]*"')
_REGEX = re.compile(r"/(?P<inside>.*)/(?P<flags>\w*)", re.DOTALL)
_CLOSING = frozenset(")]}")
_SCRIPTS = frozenset({"javascript", "typescript", "tsx"})
_SPECIAL = {
    "javascript": "[(template_string) (regex) (jsx_text)] @special",
    "typescript": "[(template_string) (regex)] @special",
    "tsx": "[(template_string) (regex) (jsx_text)] @special",
}
"""Literals that only the syntax tree tells from divisions and quotes."""


def tokens_of(root: Node, content: bytes, language: str) -> list[Token]:
    """Return the tokens of a node, with their places in the file."""
    taken = _Tokens(content, language)
    taken.take(root, root.start_byte, root.end_byte)
    return taken.found


def unquoted(text: str) -> str:
    """Return what a string literal says."""
    for quote in ('"""', '"', "'", "`"):
        if len(text) >= 2 * len(quote) and text.startswith(quote) and text.endswith(quote):
            return text[len(quote) : -len(quote)].replace("\\" + quote, quote)
    return text


class _Tokens:
    def __init__(self, content: bytes, language: str) -> None:
        self.content = content
        self.language = language
        self.is_script = language in _SCRIPTS
        self.found: list[Token] = []

    def take(self, node: Node, start: int, end: int) -> None:
        """Take the tokens of a span, which the node holds."""
        for special in self._specials(node, start, end) if self.is_script else ():
            self._lex(start, special.start_byte)
            if special.type == "template_string":
                self._template(special)
            elif special.type == "regex":
                self._add(Token(special.start_byte, _pattern(syntax.text_of(special)), False))
            elif text := " ".join(syntax.text_of(special).split()):
                self.found.append(Token(special.start_byte, text, False))
            start = special.end_byte
        self._lex(start, end)

    def _specials(self, node: Node, start: int, end: int) -> Iterator[Node]:
        """Yield the outermost literals that a regular expression cannot tell."""
        cursor = QueryCursor(_special(self.language))
        cursor.set_byte_range(start, end)
        for one in sorted(cursor.captures(node).get("special", ()), key=lambda one: (one.start_byte, -one.end_byte)):
            if start <= one.start_byte and one.end_byte <= end:
                start = one.end_byte
                yield one

    def _lex(self, start: int, end: int) -> None:
        """Take the tokens of a span without special literals."""
        piece = self.content[start:end]
        found, is_ascii = self.found, piece.isascii()
        for match in _TOKEN.finditer(piece.decode("latin-1")):
            kind, text = match.lastindex, match.group()
            if kind == _COMMENT:
                continue
            if not is_ascii and not text.isascii():
                text = text.encode("latin-1").decode("utf-8", "replace")
            if kind == _WORD:
                found.append(_new(Token, (start + match.start(), text, True)))
            elif kind in (_STRING, _DIGITS):
                self._add(Token(start + match.start(), _plain(text, self.is_script), False))
            else:
                if found and text in _CLOSING and found[-1].text == ",":
                    found.pop()
                elif text == ":" and self.is_script:
                    self._plain_key()
                found.append(_new(Token, (start + match.start(), text, False)))

    def _template(self, node: Node) -> None:
        """Take a template as the sum of its parts."""
        parts: list[str] = []
        at, is_first = node.start_byte, True
        for child in node.children:
            if child.type != "template_substitution":
                parts.append(syntax.text_of(child) if child.type not in ("`",) else "")
                continue
            self._text("".join(parts), at, is_first)
            if parts and "".join(parts):
                self.found.append(Token(child.start_byte, "+", False))
            parts = []
            self.take(child, child.start_byte + 2, child.end_byte - 1)
            self.found.append(Token(child.end_byte - 1, "+", False))
            at, is_first = child.end_byte, False
        if self.found and not is_first and not "".join(parts):
            self.found.pop()  # nothing follows the last part
            return
        self._text("".join(parts), at, True)

    def _text(self, text: str, start: int, is_needed: bool) -> None:
        if text or is_needed:
            inside = text.replace("\\`", "`").replace('\\"', '"').replace('"', '\\"').replace("\n", "\\n")
            self._add(Token(start, f'"{inside}"', False))

    def _add(self, token: Token) -> None:
        """Take a literal; a string in several pieces is one."""
        found = self.found
        if token.text[0] == '"' and len(found) > 1 and found[-1].text == "+" and found[-2].text[-1:] == '"':
            found.pop()
            found[-1] = Token(found[-1].start, found[-1].text[:-1] + token.text[1:], False)
        elif token.text:
            found.append(token)

    def _plain_key(self) -> None:
        """Write a quoted key of an object as the name that it is."""
        found = self.found
        if len(found) > 1 and found[-2].text in ("{", ",") and _IDENTIFIER.fullmatch(found[-1].text):
            found[-1] = Token(found[-1].start, found[-1].text[1:-1], False)


@cache
def _special(language: str) -> Query:
    return Query(syntax.grammar(language), _SPECIAL[language])


def _pattern(text: str) -> str:
    """Return a regular expression as the text that it looks for."""
    match = _REGEX.fullmatch(text)
    if match is None:
        return text
    inside = match["inside"].replace("\\/", "/").replace('"', '\\"')
    return f'"{"(?i)" if "i" in match["flags"] else ""}{inside}"'


def _plain(text: str, is_script: bool) -> str:
    """Return a token with one style of quotes and of numbers."""
    quote = text[0]
    if text.startswith('"""') and len(text) > 5:
        inner = textwrap.dedent(text[3:-3].lstrip(" \t").removeprefix("\n"))
        return '"' + inner.replace('\\"', '"').replace('"', '\\"').replace("\n", "\\n") + '"'
    if quote == "`" and len(text) > 1 and not is_script:  # raw: written as it would be in quotes
        return '"' + text[1:-1].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if quote in "'`" and len(text) > 1 and is_script:
        inner = text[1:-1].replace("\\" + quote, quote)
        if quote == "'" or not ("\\" in inner or "\n" in inner):
            return '"' + inner.replace('\\"', '"').replace('"', '\\"') + '"'
    elif quote.isdigit() and _NUMBER.fullmatch(text):
        plain = text.rstrip("lLfFdDn").replace("_", "") or text
        return _TRAILING_ZEROS.sub(r"\1", plain)
    return text
