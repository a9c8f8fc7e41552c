"""Cut scripts of a shell into simple commands, and say which of them cannot fail their script.

Nothing is run, and no shell is imitated beyond that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

LONGEST_SCRIPT = 200_000
LONGEST_COMMAND = 2_000

_NEVER_FAILS = re.compile(
    r"(true|:|exit 0|echo\b.*|printf\b.*|/bin/true|cd \.|continue|ver>nul|\(exit 0\)|return 0)\s*\)?$"
)
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1[^\n]*\n.*?^\s*\2\s*$", re.DOTALL | re.MULTILINE)
_EXPRESSION = re.compile(r"\$\{\{.*?\}\}")


@dataclass(frozen=True)
class Command:
    """A simple command of a script."""

    text: str
    line: int
    never_fails: bool = False


def commands_of(script: str, line: int = 1) -> list[Command]:
    """Return the simple commands of a script."""
    script = _EXPRESSION.sub(lambda m: "$" + "_" * (len(m[0]) - 1), script[:LONGEST_SCRIPT])
    script = _HEREDOC.sub(lambda m: "\n" * m[0].count("\n"), script)
    parts = [part for part in _split(script) if part[0]]
    commands: list[Command] = []
    forgiving = False
    rest_exits = [False] * (len(parts) + 1)
    for index in range(len(parts) - 1, -1, -1):
        rest_exits[index] = rest_exits[index + 1] or bool(
            re.match(r"(exit|return) (?!0)|set -\w*e|test ", parts[index][0])
        )
    for index, (text, offset, operator) in enumerate(parts):
        if re.match(r"set \+\w*e", text):
            forgiving = not rest_exits[index + 1]
        elif re.match(r"set -\w*e", text):
            forgiving = False
        caught = forgiving or _is_caught(parts, index, operator)
        commands.append(Command(text[:LONGEST_COMMAND], line + offset, caught))
    return commands


def _is_caught(parts: Sequence[tuple[str, int, str]], index: int, operator: str) -> bool:
    """Say whether the failure of a command is swallowed by what follows it on its line."""
    while operator == "&&" and index + 1 < len(parts):
        index += 1
        operator = parts[index][2]
    if operator not in ("||", ";") or index + 1 >= len(parts):
        return False
    following, _, after = parts[index + 1]
    if operator == ";":
        return bool(re.fullmatch(r"true|:|exit 0|/bin/true", following)) and index + 2 >= len(parts)
    if following.startswith(("echo", "printf")):
        return after in ("", "\n") and "exit" not in following
    return bool(_NEVER_FAILS.match(following)) and after != "&&"


@dataclass
class _Cutting:
    script: str
    parts: list[tuple[str, int, str]] = field(default_factory=list)
    word: list[str] = field(default_factory=list)
    line: int = 0
    begun: int = 0

    def end(self, operator: str) -> None:
        self.parts.append(("".join(self.word).strip(), self.begun, operator))
        self.word.clear()
        self.begun = self.line


_PIECE = re.compile(
    r"\\\n|\\.|'[^']*'|\"(?:\\.|[^\"\\])*\"|(?<![^\s;&|(])#[^\n]*|\|\||&&|[|;\n]|[^\\'\"#|&;\n]+|.", re.DOTALL
)


def _split(script: str) -> list[tuple[str, int, str]]:
    """Return (command, lines before it, operator behind it) of a script."""
    cutting = _Cutting(script)
    for match in _PIECE.finditer(script):
        piece = match[0]
        if piece == "\\\n":
            cutting.word.append(" ")
        elif piece in ("||", "&&", "|", ";", "\n"):
            cutting.line += piece == "\n"
            cutting.end(piece)
            continue
        elif not piece.startswith("#"):
            if not "".join(cutting.word).strip():
                cutting.begun = cutting.line
            cutting.word.append(piece)
        cutting.line += piece.count("\n")
    cutting.end("")
    return cutting.parts
