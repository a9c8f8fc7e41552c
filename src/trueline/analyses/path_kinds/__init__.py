"""What kind of file each path is: written by the team as source or test, or something else.

The rules are data (`rules.yaml`), looked at in order; each row names the rule that decided. Paths alone are
judged, never content, so a generated file with an ordinary name counts as source. A record is never vendored: somebody
here answers for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trueline.analyses.base import Analysis, Read
from trueline.model.table import Column, Row, Table

from .classify import Classifier, load_rules

PATH_KINDS = Table(
    name="path_kinds",
    title="Kinds of files",
    grain="one row per file of the tree",
    key=("repository", "path"),
    origin="analysis",
    columns=(
        Column("repository", "varchar", "Name of the repository.", required=True),
        Column("path", "varchar", "Display path of the file.", required=True),
        Column(
            "kind",
            "varchar",
            "vendored, generated, documentation, test, configuration, data, binary_asset, source or other.",
            required=True,
        ),
        Column("rule", "varchar", "Name of the rule that decided.", required=True),
        Column("language", "varchar", "Programming language by the extension; null where it is none."),
    ),
)


def build(read: Read) -> Mapping[str, Iterable[Row]]:
    """Return one row of `path_kinds` per file."""
    classifier = Classifier(load_rules())
    files = read("select repository, path, entry from files")
    records = set(read("select repository, path from record_files"))
    return {
        "path_kinds": [
            (repository, path, *classifier.classify(path, entry, is_ours=(repository, path) in records))
            for repository, path, entry in sorted(files)
        ]
    }


ANALYSIS = Analysis(
    name="path_kinds",
    version=2,
    title="Kinds of files",
    reads=("files", "record_files"),
    writes=(PATH_KINDS,),
    build=build,
)
