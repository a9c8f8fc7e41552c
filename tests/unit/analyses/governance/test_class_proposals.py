from __future__ import annotations

from trueline.analyses.governance.guide import read_guide
from trueline.analyses.governance.proposals import ProposedClass, propose_classes
from trueline.analyses.governance.states import of_meaning
from trueline.sources.trees.documents import parse_document

GUIDE = """# Documentation lifecycle guide

## States

- **Draft**: being written
- **Canonical**: prevails

Lifecycle: Draft → In review → Canonical → Superseded

## Required header fields

- Status
- Owner

Files are named in kebab-case.
"""


def spec(status: str = "Canonical", version: str = "1.0") -> str:
    return f"# A\n\n**Status:** {status}\n**Owner:** role:specs\n**Version:** {version}\n\nText.\n"


def proposed(files: dict[str, str]) -> list[ProposedClass]:
    return propose_classes([(path, parse_document(text.encode()).rows) for path, text in files.items()])


def test_a_guide_says_states_transitions_fields_and_names():
    guide = read_guide("docs/lifecycle.md", parse_document(GUIDE.encode()).rows)

    assert guide.states == ["Draft", "Canonical", "In review", "Superseded"]
    assert guide.transitions == ["Draft > In review", "In review > Canonical", "Canonical > Superseded"]
    assert guide.required_fields(["status", "owner"]) == ["status", "owner"]
    assert of_meaning(guide.states, "canonical", {}) == ["Canonical"]
    assert of_meaning(guide.states, "final", {}) == ["Superseded"]
    assert guide.name_pattern is not None


def test_a_folder_whose_documents_share_a_header_is_a_class():
    files = {f"specs/{name}.md": spec() for name in ("cart", "total", "refund")}
    files["specs/README.md"] = "[a](cart.md) [b](total.md)\n"

    (one,) = proposed(files)

    assert one.id == "spec"
    assert one.values["required_fields"] == ["status", "owner", "version"]
    assert one.values["states"] == ["Canonical"]
    assert one.values["version_form"] == "semver"
    assert one.values["index"] == "specs/README.md"
    assert one.values["name_pattern"] == "[a-z0-9][a-z0-9-]*[.]md"


def test_the_states_of_the_guide_count_where_they_are_in_use():
    files = {f"specs/{name}.md": spec("Draft") for name in ("cart", "total", "refund")}

    (one,) = proposed({**files, "docs/lifecycle.md": GUIDE})

    assert one.values["states"] == ["Draft", "Canonical", "In review", "Superseded"]
    assert one.values["transitions"][0] == "Draft > In review"
    assert "docs/lifecycle.md" in one.why


def test_few_documents_or_headers_without_a_state_are_no_habit():
    assert proposed({"specs/a.md": spec(), "specs/b.md": spec()}) == []
    assert proposed({f"notes/{n}.md": "---\nauthor: x\n---\n# A\n" for n in range(9)}) == []


def test_other_chains_of_arrows_are_no_states():
    guide = read_guide("a.md", parse_document(b"# Document process\n\nclient -> server -> database\n").rows)

    assert guide.states == []
