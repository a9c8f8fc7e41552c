"""Read public repositories that state requirements in several forms, and count a second way.

The second way is a search of lines, or for Gherkin what behave's own parser finds (docs/explanation/evidence.md says how).
A repository that is not under the corpus is left out.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from .asking import TRUELINE, Figure

Compare = Callable[[Path], Iterator[Figure]]


def requirement_forms(corpus: Path) -> Iterator[tuple[Path, list[Figure]]]:
    """Yield the figures of each repository of the corpus that has such a form: ours, theirs."""
    for name, commit, compare in FORMS:
        found = next((path for path in sorted(corpus.iterdir()) if path.name.split("+")[-1] == name), None)
        if found is not None:
            with tempfile.TemporaryDirectory(prefix="trueline-evidence-") as folder:
                root = _checkout(found, commit, Path(folder) / name)
                figures = [*compare(root)]
                yield found, [*figures, ("the same bytes again", _trace(root) == _trace(root), True), _untouched(root)]


def _openspec(root: Path) -> Iterator[Figure]:
    kinds = _traced(root, "openspec")["by_kind"]
    specs = sorted((root / "openspec/specs").glob("**/spec.md"))
    yield "requirements", kinds["requirement"], _lines(specs, r"^### Requirement:")
    yield "scenarios", kinds["scenario"], _lines(specs, r"^#### Scenario:")
    rows = _query(
        root, "select operation, count(*) as n from spec_deltas where path like 'openspec/%' group by all order by 1"
    )
    changes = [path for path in (root / "openspec/changes").glob("*/specs/**/spec.md") if "archive" not in path.parts]
    yield "entries of open changes", sum(int(row["n"]) for row in rows), _lines(changes, r"^### Requirement:")


def _behave(root: Path) -> Iterator[Figure]:
    kinds = _traced(root)["by_kind"]
    yield "features, as behave's own parser", kinds["feature"], 229
    yield "scenarios and outlines, as behave's own parser", kinds["scenario"] + kinds["outline"], 873
    yield "rules, as behave's own parser", kinds["rule"], 69
    rows = _query(root, "select sum(len(attributes)) as n from requirement_items where importer = 'gherkin'")
    yield "lines of tags, as behave's own parser", int(rows[0]["n"]), 557


def _speckit(root: Path) -> Iterator[Figure]:
    rows = _query(
        root, "select count(*) as n from requirement_items where importer = 'speckit' and kind in ('fr', 'sc')"
    )
    stated = [*sorted((root / "specs").glob("*/spec.md")), *sorted((root / "specs").glob("[0-9]*.md"))]
    yield "FR and SC", int(rows[0]["n"]), _lines(stated, r"^(?:\s*[-*] \*\*|\| *)(?:FR|SC)-\d+")


def _ears(root: Path) -> Iterator[Figure]:
    kinds = _traced(root)["by_kind"]
    stated = sorted(root.glob(".kiro/specs/**/requirements.md"))
    yield "requirements", kinds["requirement"], _lines(stated, r"^### Requirement \d")
    yield "criteria", kinds["criterion"], _lines(stated, r"^\d+\. .*(?:SHALL|shall)")


def _openapi(root: Path) -> Iterator[Figure]:
    rows = _query(
        root,
        "select path, count(*) as n from requirement_items where importer = 'openapi' and path like 'examples/%' group by all",
    )
    described = sorted((root / "examples").glob("**/openapi.y*ml"))
    yield (
        "operations of the examples",
        sum(int(row["n"]) for row in rows),
        _lines(described, r"^    (?:get|put|post|delete|patch):"),
    )
    planted = root / "spec/data/sinatra-duplicate-operation-id.yaml"
    said = [problem for problem in _traced(root)["problems"] if problem["path"].endswith(planted.name)]
    yield "problems of a description with one operationId twice", len(said), 1


FORMS: tuple[tuple[str, str, Compare], ...] = (
    ("OpenSpec", "f1b521df", _openspec),
    ("behave", "43d0a932", _behave),
    ("CommunityManagement-Sample-Spec-Kit", "5d3dfe7", _speckit),
    ("SpaceWeirdos", "1666df8", _ears),
    ("openapi_first", "08c2558", _openapi),
)


def _lines(files: Iterable[Path], pattern: str) -> int:
    """Return how many lines outside fences match."""
    texts = (re.sub(r"^```.*?^```", "", file.read_text(encoding="utf-8"), flags=re.M | re.S) for file in files)
    return sum(len(re.findall(pattern, text, re.MULTILINE)) for text in texts)


def _checkout(repository: Path, commit: str, target: Path) -> Path:
    source = repository / "repo" if (repository / "repo").is_dir() else repository
    subprocess.run(["git", "clone", "-q", "--shared", "--no-checkout", str(source), str(target)], check=True)
    subprocess.run(["git", "-C", str(target), "checkout", "-q", commit], check=True)
    return target


def _untouched(root: Path) -> Figure:
    said = subprocess.run(["git", "-C", str(root), "status", "--short"], check=True, stdout=subprocess.PIPE, text=True)
    return "files changed by looking", said.stdout, ""


def _trace(root: Path, *paths: str) -> bytes:
    words = [str(root / path) for path in paths]
    command = [*TRUELINE, "trace", "-C", str(root), "--format", "json", "--quiet", "--exit-zero", *words]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def _traced(root: Path, *paths: str) -> Any:
    return json.loads(_trace(root, *paths))


def _query(root: Path, sql: str) -> list[dict[str, Any]]:
    command = [*TRUELINE, "query", "-C", str(root), "--format", "json", "--quiet", sql]
    found: list[dict[str, Any]] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["rows"]
    return found
