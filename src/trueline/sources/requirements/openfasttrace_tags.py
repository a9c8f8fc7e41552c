"""Tags of OpenFastTrace in code and tests, `[KIND->ID]`: in the files and forms that its own importer reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .importer import NOTHING, Imported, Importer, Item, Link
from .openfasttrace_id import ID, NAME, role_of, taken_apart
from .scanning import Text, text_with

_ENDINGS = frozenset(
    b"ads adb bat c C cc cpp c++ h H h++ hh hpp c# cs cfg conf ini feature go groovy json htm html xhtml xml yaml yml"
    b" fxml java clj kt kts scala js mjs cjs ejs ts lua m mm php proto pl pm py robot pu puml plantuml r rs sh bash zsh"
    b" sv v inc swift toml tf tfvars sql pls".split()
)
"""As in TagImporterFactory of version 4.5.0; capitals count."""

_CANDIDATE = re.compile(rb"->[ \t]*[A-Za-z]+~")
_TAG = re.compile(
    rf"\[\s*(?P<kind>[A-Za-z]+)(?:~(?P<name>{NAME})?~(?P<revision>\d+))?\s*->\s*(?P<covered>{ID})"
    r"\s*(?:>>\s*(?P<needs>[A-Za-z]+(?:\s*,\s*[A-Za-z]+)*)\s*)?\]"
)


def _dialect(path: bytes) -> str | None:
    folder, dot, ending = path.rpartition(b".")
    return "" if dot and folder and ending in _ENDINGS else None


def _import(_: str, content: bytes) -> Imported:
    text = text_with(_CANDIDATE, content)
    return NOTHING if text is None else Imported(tuple(_tags(text)), text.problems)


def _tags(text: Text) -> Iterator[Item]:
    for found in _TAG.finditer(text.text):
        if "\n" in found[0]:
            continue
        line, col = text.place(found.start())
        kind, needs = found["kind"], found["needs"]
        covered_kind, covered, revision = taken_apart(found["covered"])
        name = found["name"] or (covered.removeprefix(f"{covered_kind}~") if needs else None)
        yield Item(
            line,
            col,
            "tag",
            f"{kind}~{name}" if name else None,
            kind,
            revision=str(int(found["revision"] or 0)),
            needs=tuple(re.split(r"\s*,\s*", needs)) if needs else (),
            links=(Link(line, text.place(found.start("covered"))[1], role_of(kind), covered, revision),),
        )


OPENFASTTRACE_TAGS = Importer("openfasttrace_tags", 1, "OpenFastTrace tags in code and tests", _dialect, _import)
