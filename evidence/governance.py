"""What the rules of document governance find in every repository of a corpus: examined and violations per rule.

Whether a finding is right was read by hand and stands in docs/explanation/evidence.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from .asking import repositories_in, trueline

RULES = (
    "document_",
    "fixed_",
    "gap_",
    "index_lists_",
    "meaning_",
    "reporting_lines_",
    "signed_",
    "superse",
    "supporting_",
    "term_",
    "version_cited_",
)


def governance(repository: Path) -> Iterator[tuple[str, int, int]]:
    """Yield rule, examined and violations of each rule that examined something."""
    trueline("collect", "-C", str(repository))
    answer = json.loads(trueline("check", "-C", str(repository), "--format", "json", "--exit-zero"))
    for check in answer["checks"]:
        practice, _, name = check["id"].partition(".")
        if practice == "conformance" and name.startswith(RULES) and check["examined"]:
            yield name, check["examined"], check["violations"] or 0


def main(corpus: Path) -> int:
    """Print one line per repository and rule."""
    for repository in repositories_in(corpus):
        for name, examined, violations in governance(repository):
            print(f"{repository.name:<32} {name:<40} {examined:>8} {violations:>8}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
