"""Compile the patterns of CODEOWNERS: GitHub's and GitLab's match differently.

| pattern | GitHub | GitLab |
|---|---|---|
| `a/b`, a slash inside | from the root | at any depth |
| `lib`, no slash at its end | the file, or all in the folder | the file only |
| `/a/**` at the end | all below | one level |
| `[ab]` | the line is skipped | one of these characters |
| `/` | nothing | all |

Elsewhere they agree. Sources: GitHub's "About code owners", close to gitignore; GitLab's "Advanced
CODEOWNERS configuration", which names Ruby's `File.fnmatch` with `FNM_DOTMATCH | FNM_PATHNAME`,
by which `**` reaches deeper only before a slash.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .codeowners_line import Dialect

_TOKEN = re.compile(r"\\.|(?P<stars>\*+)|(?P<any>\?)|.", re.DOTALL)
_TOKEN_OR_CLASS = re.compile(
    r"\\.|(?P<stars>\*+)|(?P<any>\?)|(?P<class>\[[!^]?(?:\\.|[^\]\\])*\])|(?P<open>\[)|.", re.DOTALL
)
_RANGE = re.compile(r"(\\.|.)-(\\.|.)|(\\.|.)", re.DOTALL)
_NEVER = "(?!)"


def compile_pattern(pattern: str, dialect: Dialect = "github") -> Callable[[str], object]:
    """Return the test whether a pattern matches a path (from the root, with slashes, no leading one).

    It gives something true where it does; called for millions of paths, it is not wrapped. Letter
    case matters. Every pattern takes time linear in the path per wildcard.
    """
    return re.compile(_gitlab(pattern) if dialect == "gitlab" else _github(pattern), re.DOTALL).match


def _github(pattern: str) -> str:
    """Return GitHub's meaning: a single name is at any depth, what matches a folder matches all in it."""
    segments = pattern.split("/")
    is_floating = len(segments) == 1 or (len(segments) == 2 and not segments[1])
    if segments[0] == "":
        del segments[0]
        is_floating = False
    if not any(segments):
        return _NEVER
    if segments[-1] == "":
        segments[-1] = "**"
    if is_floating and segments[0] != "**":
        segments.insert(0, "**")
    if segments[-1] == "**":
        return _joined(_runs(segments), r".+\Z", _TOKEN)
    return _joined(_runs(segments), r"\Z" if segments[-1] == "*" else r"(?:/.*)?\Z", _TOKEN)


def _gitlab(pattern: str) -> str:
    """Return GitLab's meaning: without a leading slash at any depth, with one at the end all in the folder."""
    segments = pattern.split("/")
    segments[:1] = ["**", segments[0]] if segments[0] else []
    if segments[-1] == "":
        segments[-1:] = ["**", "*"]
    elif segments[-1] == "**":
        segments[-1] = "*"
    return _joined(_runs(segments), r"\Z", _TOKEN_OR_CLASS)


def _runs(segments: list[str]) -> list[list[str]]:
    """Return the segments between each `**` and the next."""
    runs: list[list[str]] = [[]]
    for segment in segments:
        if segment == "**":
            runs.append([])
        else:
            runs[-1].append(segment)
    return runs


def _joined(runs: list[list[str]], end: str, token: re.Pattern[str]) -> str:
    """Return the runs as a regular expression whose every choice is final, so that none is tried twice."""
    *leading, last = runs
    parts: list[str] = []
    for number, run in enumerate(leading):
        if not run:
            continue
        body = "/".join(_segment(segment, token) for segment in run) + "/"
        parts.append(body if number == 0 else f"(?>(?:[^/]+/)*?{body})")
    anywhere = "(?:[^/]+/)*?" if leading and last else ""
    return "".join(parts) + anywhere + "/".join(_segment(segment, token) for segment in last) + end


def _segment(segment: str, token: re.Pattern[str]) -> str:
    """Return one segment as a regular expression: `*` any characters, `?` one, a backslash escapes."""
    if segment == "*":
        return "[^/]+"
    pieces = [""]
    for match in token.finditer(segment):
        if match.lastgroup == "open":
            return _NEVER  # a bracket that nothing closes
        if match.lastgroup == "stars":
            pieces.append("")
        else:
            pieces[-1] += _one(match)
    if len(pieces) == 1:
        return pieces[0]
    middle = "".join(f"(?>[^/]*?{piece})" for piece in pieces[1:-1] if piece)
    last = rf"(?>[^/]*{pieces[-1]}(?=/|\Z))"
    return pieces[0] + middle + last


def _one(match: re.Match[str]) -> str:
    """Return what matches one character as a token of a pattern says."""
    if match.lastgroup == "any":
        return "[^/]"
    return _class(match[0][1:-1]) if match.lastgroup == "class" else re.escape(match[0][-1])


def _class(inside: str) -> str:
    """Return a character class without its brackets as a regular expression."""
    is_negated = inside[:1] in ("!", "^")
    spans = [
        (single or low, single or high) for low, high, single in _RANGE.findall(inside[1:] if is_negated else inside)
    ]
    listed = "".join(f"{re.escape(low[-1])}-{re.escape(high[-1])}" for low, high in spans if low[-1] <= high[-1])
    if not listed:
        return "[^/]" if is_negated else _NEVER
    return f"[^/{listed}]" if is_negated else f"(?!/)[{listed}]"
