"""The index of names that completion offers: a small file in the cache, written by scan and check.

It is a convenience and never evidence: whatever is wrong with it, it is as if it were not there.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from trueline.settings.places import cache_directory, repository_directory

if TYPE_CHECKING:
    from trueline.model.finding import Finding

    from .definitions import Definitions

FILE = "names.json"
SCHEMA = 1

Names = Mapping[str, Mapping[str, str]]
"""By sort (rules, metrics, findings, kinds): name -> what it is."""


def write_names(cache: Path, definitions: Definitions, findings: Iterable[Finding]) -> None:
    """Leave the index in a repository's part of the cache, whole or not at all; never raises for the disk."""
    names: Names = {
        "rules": {rule.id: rule.title for rule in (*definitions.checks, *definitions.metrics)},
        "metrics": {metric.id: metric.title for metric in definitions.metrics},
        "findings": {finding.id: finding.rule for finding in findings},
        "kinds": {kind.name: kind.title for kind in definitions.kinds.values()},
    }
    content = json.dumps({"schema": SCHEMA, **names}, sort_keys=True)
    with suppress(OSError):
        handle, temporary = tempfile.mkstemp(dir=cache, prefix=".names-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        Path(temporary).replace(cache / FILE)


def read_names(start: Path, environ: Mapping[str, str]) -> Names:
    """Return the index of the nearest directory, looking upwards, that has one; else nothing."""
    with suppress(OSError, ValueError, AttributeError):
        cache = cache_directory(environ)
        directory = start.resolve()
        for place in (directory, *directory.parents):
            file = repository_directory(cache, place) / FILE
            if file.is_file():
                content = json.loads(file.read_text(encoding="utf-8"))
                return content if content.get("schema") == SCHEMA else {}
    return {}


def matching(names: Mapping[str, str], start: str) -> Iterator[tuple[str, str]]:
    """Yield the names that begin so, with what each is; a rule also by its bare name where that is unique."""
    bare = Counter(name.rpartition(".")[2] for name in names)
    for name, title in names.items():
        short = name.rpartition(".")[2]
        if name.lower().startswith(start.lower()):
            yield name, title
        elif short.startswith(start) and bare[short] == 1:
            yield short, title
