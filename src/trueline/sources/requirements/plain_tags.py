"""Ids of requirements in comments and markers of code and tests: `// REQ-12`, `@pytest.mark.requirement("REQ-12")`.

What looks like an id may be a key of a tracker: views count only what cites a prefix that some document states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .importer import NOTHING, Imported, Importer, Item, Link, Role
from .plain_id import CANDIDATE, ID, is_plausible
from .scanning import Text, text_with

_ENDINGS = frozenset(
    b"ada adb ads bash bat c cc clj cljs cpp cs css cxx dart ex exs erl f90 fs go gradle groovy h hh hpp hrl hs hxx inc ini java jl js"
    b" jsx kt kts lua m mjs cjs mm ml nim pas php pl pm proto ps1 py pyi pyx r rb robot rs s scala scss sh sql sv swift tcl tf"
    b" toml ts tsx v vb vhd vhdl vue svelte yaml yml zig zsh".split()
)
_TEST = re.compile(
    rb"(?:^|/)(?:tests?|__tests__|specs?|testing|e2e|it)/|(?:^|/)test_[^/]*$|[-_.](?:test|spec)s?\.\w+$|Tests?\.\w+$|IT\.\w+$"
)
_CITED = re.compile(rf"(?<![\w./-])(?:{ID})(?![\w/-]|\.\w)")
_COMMENT = re.compile(
    r"(?:^|[\s;{}),(])(?://|/\*)|(?:^|\s)\#|^\s*\*|(?:^|\s)--\s|^\s*(?:;|%|!|REM\b)|<!--", re.IGNORECASE
)
_MARKER = re.compile(r"^\s*(?:@[\w.]+\s*\(|\[\w+\(|#\[)|^\s*(?:[rbu]?\"\"\"|''')")
"""Decorators, annotations, attributes, and the first line of a docstring."""
_QUOTES = re.compile(r"\\\\|\\[\"'`]|([\"'`])")
_WORD = re.compile(
    r"\b(?:(?P<verifies>verif(?:ies|y)|validates?|tests?)|(?P<implements>implements?|satisf(?:ies|y)|fulfil+s?|covers?)|requirements?)"
    r"(?:\s+requirements?)?\b\W*(?:[A-Z][\w.-]*\W+)*$",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"^\s*(?:verifies|validates|tests|implements|satisfies|fulfils|fulfills|covers|requirements?)\s*:", re.IGNORECASE
)
"""How a line within a docstring or a block comment may begin."""
_BEFORE = 200
"""Characters of a line that are looked at for what makes it a comment; minified code has lines without end."""


def _dialect(path: bytes) -> str | None:
    name = path.rpartition(b"/")[2]
    if name.rpartition(b".")[2].lower() not in _ENDINGS or b"." not in name:
        return None
    return "test" if _TEST.search(path) else "code"


def _import(dialect: str, content: bytes) -> Imported:
    text = text_with(CANDIDATE, content)
    if text is None:
        return NOTHING
    items = tuple(_tags(text, "verifies" if dialect == "test" else "implements"))
    return Imported(items, text.problems if items else ())


def _tags(text: Text, usual: Role) -> Iterator[Item]:
    """Yield a tag for each line that cites, with a link for each id."""
    links: dict[int, dict[str, Link]] = {}
    for found in _CITED.finditer(text.text):
        start = text.text.rfind("\n", 0, found.start()) + 1
        before = text.text[max(start, found.start() - _BEFORE) : found.start()]
        if not is_plausible(found[0]) or not _says_something(before):
            continue
        word = _WORD.search(before)
        role: Role = usual
        if word and (word["verifies"] or word["implements"]):
            role = "verifies" if word["verifies"] else "implements"
        line, col = text.place(found.start())
        links.setdefault(line, {}).setdefault(found[0], Link(line, col, role, found[0]))
    for line, cited in links.items():
        first = next(iter(cited.values()))
        yield Item(line, first.col, "tag", None, first.role, links=tuple(cited.values()))


def _says_something(before: str) -> bool:
    """Return True where what stands before an id makes the rest of the line a comment or a marker."""
    if _MARKER.match(before) or _LINE.match(before):
        return True
    return any(_is_outside_quotes(before[: found.start()]) for found in _COMMENT.finditer(before))


def _is_outside_quotes(before: str) -> bool:
    quoted = ""
    for found in _QUOTES.finditer(before):
        quote = found[1] or ""
        quoted = "" if quote and quote == quoted else quoted or quote
    return not quoted


PLAIN_TAGS = Importer("id_tags", 2, "Ids of requirements in code and tests", _dialect, _import)
