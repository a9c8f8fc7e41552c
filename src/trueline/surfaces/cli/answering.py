"""Deliver an answer: rows or text to standard output or a file, in the form that was asked for."""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trueline.model.errors import UsageError
from trueline.model.run import Moment

from .escape import cells, csv_cell, json_text, visible
from .options import Output
from .plain_values import plain


@dataclass(frozen=True)
class Answer:
    """What a command has to say; each form takes of it what it needs."""

    command: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()
    verdict: str = ""
    """The last line of the text: what it comes to, with the denominator."""
    moment: Moment | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    """Further keys of the JSON object."""
    rows_key: str = "rows"
    text: str | None = None
    """The text where rows alone would not do."""
    objects: Sequence[Mapping[str, Any]] | None = None
    """The rows as JSON has them, where that is more than the columns."""


def deliver(answer: Answer, output: Output) -> None:
    """Print an answer, or write it to the file that was named, whole or not at all."""
    content = _rendered(answer, output)
    if output.file is None:
        sys.stdout.write(content)
        sys.stdout.flush()
    else:
        write_whole(output.file, content)


def write_whole(path: Path, content: str) -> None:
    """Write a file whole or not at all. Raises UsageError."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".trueline-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(content)
            os.chmod(name, 0o644)  # noqa: PTH101 mkstemp gave a name, and 0600
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from error


def _rendered(answer: Answer, output: Output) -> str:
    if output.format == "json":
        return json_text(_envelope(answer), indent=1) + "\n"
    if output.format == "jsonl":
        return "".join(json_text(row) + "\n" for row in _objects(answer))
    if output.format == "csv":
        return _csv(answer)
    if output.format == "md":
        return _markdown(answer)
    if answer.text is not None:
        return answer.text
    return _table(answer, output)


def _objects(answer: Answer) -> list[dict[str, Any]]:
    if answer.objects is not None:
        return [{name: plain(value) for name, value in row.items()} for row in answer.objects]
    return [{name: plain(value) for name, value in zip(answer.columns, row, strict=True)} for row in answer.rows]


def _envelope(answer: Answer) -> dict[str, Any]:
    envelope: dict[str, Any] = {"schema": 1, "command": answer.command, "ok": True}
    if answer.moment is not None:
        envelope |= {"as_of": plain(answer.moment.as_of), "known_at": plain(answer.moment.known_at)}
    envelope |= {name: plain(value) for name, value in answer.payload.items()}
    if answer.columns:
        envelope[answer.rows_key] = _objects(answer)
    return envelope


def _csv(answer: Answer) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([["" if v is None else csv_cell(_exact(v)) for v in row] for row in answer.rows])
    return buffer.getvalue()


def _markdown(answer: Answer) -> str:
    def cell(value: Any) -> str:
        text = visible(shown(value)).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
        return text.replace("\n", " ")

    lines = ["| " + " | ".join(answer.columns) + " |", "|" + "---|" * len(answer.columns)]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in answer.rows]
    return "\n".join(lines) + "\n" + (f"\n{visible(answer.verdict)}\n" if answer.verdict else "")


def _table(answer: Answer, output: Output) -> str:
    """Return rows as columns of text; the last column takes what is left of the width."""
    texts = [[visible(shown(value)) for value in row] for row in answer.rows]
    widths = [max([cells(name), *(cells(row[i]) for row in texts)], default=0) for i, name in enumerate(answer.columns)]
    if widths:
        widths[:-1] = [min(width, 60) for width in widths[:-1]]
    lines = []
    if texts:
        lines.append(output.style.paint("soft", _line(list(answer.columns), widths)))
        lines += [_line(row, widths) for row in texts]
    if answer.verdict:
        lines += ["", output.style.paint("strong", visible(answer.verdict))] if lines else [visible(answer.verdict)]
    return "\n".join(lines) + "\n"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = [text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True)]
    return "  ".join(padded).rstrip()


def _exact(value: Any) -> str:
    """Return a value for programs: no digit of a number is rounded away."""
    return repr(value) if isinstance(value, float) else shown(value)


def shown(value: Any) -> str:
    """Return a value as people read it."""
    if value is None:
        return ""
    value = plain(value)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value).lower() if isinstance(value, bool) else str(value)
