"""The classes that count: declared by records or, where there are none, the usual ones (`classes.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LISTS = (
    "paths",
    "required_fields",
    "states",
    "canonical_states",
    "final_states",
    "fixed_states",
    "transitions",
    "may_own",
)
TEXTS = ("title", "marked_by", "name_pattern", "version_form", "index", "derived_from")


@dataclass(frozen=True)
class DocumentClass:
    """One class of documents."""

    id: str
    stated: Mapping[str, Any]
    """What its record, or the usual set, says; lists are never missing."""
    repository: str | None = None
    """Of its record; None for the usual ones, which hold everywhere."""
    source_path: str | None = None
    source_line: int | None = None

    @property
    def is_declared(self) -> bool:
        return self.source_path is not None

    def listed(self, name: str) -> list[str]:
        return [str(item).strip() for item in self.stated.get(name) or ()]

    def text(self, name: str) -> str | None:
        value = self.stated.get(name)
        return str(value).strip() or None if value is not None else None

    def mark(self) -> tuple[str, str] | None:
        """Return the header field and the value, both in lower case, that make a document one of this class."""
        name, equals, value = (self.text("marked_by") or "").partition("=")
        return (key_of(name), value.strip().lower()) if equals else None


def usual_classes() -> list[DocumentClass]:
    """Return the classes as most teams keep them."""
    return [DocumentClass(stated["id"], stated) for stated in loaded("classes.yaml")]


def loaded(name: str) -> Any:
    """Return the content of a data file of this analysis."""
    import yaml

    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def matcher(one: DocumentClass) -> Callable[[str], bool]:
    """Return whether a path is where documents of a class lie. A pattern that is none matches nothing."""
    from pathspec import GitIgnoreSpec

    homes = GitIgnoreSpec.from_lines(line.lower() for line in one.listed("paths"))
    left_out = GitIgnoreSpec.from_lines(line.lower() for line in one.listed("except"))

    def is_home(path: str) -> bool:
        lowered = path.lower()
        return homes.match_file(lowered) and not left_out.match_file(lowered)

    return is_home


def state_of(written: str, states: Sequence[str]) -> str | None:
    """Return the state that a text begins with, the longest that fits: `Superseded by ADR-7` is `superseded`.

    Hyphens and spaces are alike: `last-call` is `Last call`.
    """
    said = _GAPS.sub(" ", _WORDS.sub(" ", written)).strip().lower()
    fitting = [one.lower() for one in states if re.match(re.escape(_GAPS.sub(" ", one.lower())) + r"(?!\w)", said)]
    return max(fitting, key=len, default=None)


def class_rows(classes: Iterable[DocumentClass]) -> list[tuple[Any, ...]]:
    """Return the rows of table `document_classes`."""
    return [
        (
            one.id,
            one.text("title"),
            one.is_declared,
            one.listed("paths"),
            one.text("name_pattern"),
            [key_of(name) for name in one.listed("required_fields")],
            *([state.lower() for state in one.listed(name)] for name in LISTS[2:6]),
            [
                " > ".join(part.strip().lower() for part in re.split(r"->|→|>", line))
                for line in one.listed("transitions")
            ],
            one.text("version_form"),
            one.listed("may_own"),
            one.text("index"),
            one.stated.get("precedence"),
            one.text("derived_from"),
            one.repository,
            one.source_path,
            one.source_line,
        )
        for one in classes
    ]


_GAPS = re.compile(r"[\s_-]+")
_WORDS = re.compile(r"[*_`~\[\]()\"'“”‘’]|^[^\w]+")


def key_of(name: str) -> str:
    """Return the name of a field as table `document_fields` has it."""
    return re.sub(r"[\s/_-]+", "_", re.sub(r"[^\w\s/-]", "", name)).strip("_").lower()
