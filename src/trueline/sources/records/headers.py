"""Find the headers of a file that may be a record, as nodes that `walk` can judge.

A Markdown file has one header, in its front matter, in a header block under its title, or in
both; a YAML file has one for each of its documents. Most files of most repositories are no
records, and other tools use `kind:` too, so a look at the bytes comes first.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import PurePosixPath

from trueline.model.errors import Problem
from trueline.model.record import Kind
from trueline.settings.suggestion import is_near
from trueline.sources.trees.header import HeaderField, field_name

from .walk import OWN_FIELDS
from .yaml_nodes import Mapping, Node, Scalar, Sequence, compose, decode

MARKDOWN = (".md", ".markdown", ".mdx")
YAML = (".yaml", ".yml")
HEAD_BYTES = 64_000
"""A front matter is at the head of its file."""
BLOCK_CHARACTERS = 8_000
"""So is a header block, and it is short."""

_KIND_LINE = re.compile(
    rb"""^(?:\xef\xbb\xbf)?(?:\{[ \t]*)?["']?kind["']?[ \t]*:[ \t]*["']?([^\s"',}#]*)""", re.MULTILINE
)
_BLOCK_KIND = re.compile(rb"^[\s>*_`|-]*kind[\s*_`]*[:|][\s*_`]*([A-Za-z0-9_]+)", re.MULTILINE | re.IGNORECASE)
_OTHER_TOOL = re.compile(rb"""^["']?apiVersion["']?[ \t]*:""", re.MULTILINE)
_SNAKE_CASE = re.compile(r"[a-z][a-z0-9_]*")
_FRONT_END = re.compile(rb"\n(?:---|\.\.\.)[ \t\r]*(?:\n|\Z)")
_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_FIELD_LINE = re.compile(r"^[\s>*_`|-]*[^\W\d_][\w ()/-]{0,40}[\s*_`]*[:|]", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Header:
    """What one record says of itself, unjudged."""

    node: Mapping
    head: tuple[int, int]
    """Line and column where a person would look for what is missing."""
    block: tuple[HeaderField, ...] = ()
    """Fields of the header block; `Status: draft` in prose may be among them."""

    @property
    def kind(self) -> tuple[Scalar, Node] | None:
        """Return the field that names the kind, with its value."""
        written = next((entry for entry in self.node.entries if field_name(entry[0].text) == "kind"), None)
        return written or next((_entry(f, is_list=False) for f in self.block if f.name == "kind"), None)

    def fields_for(self, kind: Kind) -> Mapping:
        """Return both forms as one, with the block's lists split at commas.

        A field of the block that is none of the kind's, nor looks like one misspelt, is the
        document's own affair.
        """
        lists = {"former_ids", *(f.name for f in kind.fields if f.type == "list")}
        known = [*OWN_FIELDS, *(f.name for f in kind.fields)]
        entries = list(self.node.entries)
        for field in self.block:
            entry = _entry(field, field.name in lists)
            if is_near(field.name, known) and not _says_the_same(self.node, entry):
                entries.append(entry)
        return Mapping(entries, self.node.line, self.node.col)


@dataclass(frozen=True)
class Headers:
    """The headers of one file and what could not be read of them."""

    found: tuple[Header, ...]
    problems: tuple[Problem, ...]


def may_be_record(path: str, content: bytes, kinds: Container[str], is_handbook: bool) -> bool:
    """Say whether a file that no glob claims speaks of a kind that is ours.

    In a handbook a kind that nobody declared may be a slip of the pen; elsewhere, or with an
    `apiVersion`, it is another tool's.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in MARKDOWN:
        pattern, content = _head_bytes(content)
    elif suffix in YAML:
        pattern = _KIND_LINE
    else:
        return False
    if b"ind" not in content or _OTHER_TOOL.search(content):
        return False
    named = (match[1].decode("utf-8", "replace") for match in pattern.finditer(content))
    return any(kind in kinds or (is_handbook and _SNAKE_CASE.fullmatch(kind) is not None) for kind in named)


def read_headers(path: str, content: bytes) -> Headers:
    """Return the headers of a Markdown or YAML file."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in (*MARKDOWN, *YAML):
        problem = Problem(path, 1, 1, "is neither Markdown nor YAML", "Only those can be records: mend the glob.")
        return Headers((), (problem,))
    text, unreadable = decode(content, path)
    if unreadable:
        return Headers((), unreadable)
    return _of_markdown(path, text) if suffix in MARKDOWN else _of_yaml(path, text, 1)


def _of_markdown(path: str, text: str) -> Headers:
    front = _FRONT_MATTER.match(text)
    if not front:
        if text.startswith("---\n"):
            problem = Problem(path, 1, 1, "the front matter never ends", "Close it with a line of three dashes.")
            return Headers((), (problem,))
        return Headers((_with_block(Header(Mapping([], 1, 1), (1, 1)), text, 0),), ())
    headers = _of_yaml(path, front[1], 2)
    if headers.problems and not headers.found:
        return headers
    first = headers.found[0] if headers.found else Header(Mapping([], 1, 1), (1, 1))
    return Headers((_with_block(first, text, front.end()),), headers.problems)


def _with_block(header: Header, text: str, start: int) -> Header:
    """Return the header with the fields of the header block that begins after the front matter."""
    lines_before = text.count("\n", 0, start)
    ends = [match.start() for match in _HEADING.finditer(text, start)][1:2]
    body = text[start : min([*ends, start + BLOCK_CHARACTERS])]
    if not _FIELD_LINE.search(body):
        return header
    from trueline.sources.trees.header_block import read_header_block
    from trueline.sources.trees.markdown import read_markdown

    reading = read_markdown("\n" * lines_before + body)  # all lines keep their number
    block = tuple(read_header_block(reading, list(reading.inlines())))
    kind = next((f for f in block if f.name == "kind"), None)
    head = (kind.line, kind.col) if kind and header.kind is None else header.head
    return Header(header.node, head, block)


def _of_yaml(path: str, text: str, first_line: int) -> Headers:
    composed = compose(text, path, first_line)
    found = []
    problems = list(composed.problems)
    for node in composed.documents:
        if isinstance(node, Mapping):
            found.append(Header(node, _head(node)))
        elif not (isinstance(node, Scalar) and node.is_empty):
            problems.append(Problem(path, node.line, node.col, "is no record", "Write one `field: value` to a line."))
    return Headers(tuple(found), tuple(problems))


def _head(node: Mapping) -> tuple[int, int]:
    kind = next((key for key, _ in node.entries if field_name(key.text) == "kind"), None)
    return (kind.line, kind.col) if kind else (node.line, node.col)


def _entry(field: HeaderField, is_list: bool) -> tuple[Scalar, Node]:
    key = Scalar(field.name, field.line, field.col)
    if not is_list:
        return key, Scalar(field.value, field.line, field.col)
    items: list[Node] = [Scalar(item.strip(), field.line, field.col) for item in field.value.split(",") if item.strip()]
    return key, Sequence(items, field.line, field.col)


def _says_the_same(node: Mapping, entry: tuple[Scalar, Node]) -> bool:
    value = next((value for key, value in node.entries if field_name(key.text) == entry[0].text), None)
    return isinstance(value, Scalar) and isinstance(entry[1], Scalar) and value.text == entry[1].text


def _head_bytes(content: bytes) -> tuple[re.Pattern[bytes], bytes]:
    """Return where a Markdown file would name its kind, and the pattern that finds it there."""
    if not content.startswith((b"---", b"\xef\xbb\xbf---")):
        return _BLOCK_KIND, content[:BLOCK_CHARACTERS]
    head = content[:HEAD_BYTES]
    end = _FRONT_END.search(head)
    front = head[: end.start()] if end else head
    return (_KIND_LINE, front) if _KIND_LINE.search(front) or not end else (_BLOCK_KIND, head[end.end() :])
