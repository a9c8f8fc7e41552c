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


PREAMBLE = """# How a proposal lives

## Header

- `number`: its number
- `title`: a few words
- `status`: Draft, Review, Final, Withdrawn
- `replaces`: another one (optional)

## Process

**Draft** - being written

**Review** - being read

**Final** - it prevails
"""


def proposal(number: int, status: str) -> str:
    return f"---\nnumber: {number}\ntitle: A\nstatus: {status}\n---\n# A\n"


def test_a_guide_is_told_by_what_it_lists_and_its_required_fields_count():
    files = {f"p-{n}.md": proposal(n, state) for n, state in enumerate(("Draft", "Final", "Review"), 1)}

    (one,) = proposed({**files, "p-0.md": PREAMBLE})

    assert one.values["required_fields"] == ["number", "title", "status"]
    assert one.values["states"] == ["Draft", "Review", "Final", "Withdrawn"]
    assert one.values["paths"] == ["/p-*.md"]
    assert "does not say what that is" in one.why


def test_states_of_a_section_called_status_count():
    files = {f"adr/{n:04}-x.md": "# X\n\n## Status\n\n2020-01-01 Accepted by all\n" for n in range(4)}

    (one,) = proposed(files)

    assert one.values["states"] == ["Accepted"]
    assert "required_fields" not in one.values


def test_documents_of_one_name_in_folders_side_by_side_are_a_class():
    files = {f"features/{n:04}-x/README.md": proposal(n, "Draft") for n in range(4)}

    (one,) = proposed(files)

    assert one.values["paths"] == ["/features/*/README.md"]


def test_a_table_from_to_says_transitions():
    text = b"# States\n\n- **Draft**: a\n- **Final**: b\n\n| From | To |\n|---|---|\n| Draft | Final |\n"

    assert read_guide("a.md", parse_document(text).rows).transitions == ["Draft > Final"]


def test_a_path_through_an_unknown_state_is_a_contradiction():
    text = b"# States\n\n- **Draft**: a\n- **Final**: b\n\nDraft -> Review -> Final\n"

    (said,) = read_guide("a.md", parse_document(text).rows).contradictions
    assert said == (6, "leads through review, which it does not name as a state")


def test_a_way_out_of_an_end_is_a_contradiction():
    text = b"# States\n\n- **Draft**: a\n- **Withdrawn**: terminal\n- **Final**: b\n\nDraft -> Final\n\nWithdrawn -> Draft\n"

    (said,) = read_guide("a.md", parse_document(text).rows).contradictions
    assert said == (9, "leads from withdrawn to draft, and says that withdrawn is an end")


def test_a_table_says_what_comes_next_and_what_is_an_end():
    rows = b"| Draft | Review, Withdrawn | no |\n| Review | Final | no |\n| Final | Draft | yes |\n| Withdrawn | - | yes |\n"
    text = b"# States\n\n| State | Next | Terminal |\n|---|---|---|\n" + rows

    guide = read_guide("a.md", parse_document(text).rows)

    assert guide.transitions == ["Draft > Review", "Draft > Withdrawn", "Review > Final", "Final > Draft"]
    assert guide.contradictions == [(7, "leads from final to draft, and says that final is an end")]


def test_the_header_of_a_guide_asks_for_nothing():
    header = "Status: Final\nOwner: role:specs\nForm: text\n"
    states = "## States\n\n- **Draft**: a\n- **Final**: b\n"
    fields = "## Header fields\n\n- Status: where it stands\n- Owner: a role\n- Form (optional): how it is written\n"

    guide = read_guide("a.md", parse_document(f"# A\n\n{header}\n{states}\n{fields}".encode()).rows)

    assert guide.states == ["Draft", "Final"]
    assert guide.contradictions == []


def test_sentences_under_status_are_no_habit():
    files = {f"design/{n}.md": f"# D\n\n## Status\n\nDate created: 2024-01-0{n}\n" for n in range(1, 6)}

    assert proposed(files) == []


def test_folders_numbered_with_other_letters_are_another_class():
    files = {f"CIP-{n:04}/README.md": proposal(n, "Draft") for n in range(4)}
    files |= {f"CPS-{n:04}/README.md": f"---\nproblem: {n}\nstatus: Open\n---\n# A\n" for n in range(3)}

    found = {one.id: one.values["paths"] for one in proposed(files)}

    assert found == {"cip": ["/CIP-*/README.md"], "cps": ["/CPS-*/README.md"]}


def test_the_usual_path_of_a_guide_is_not_taken_for_every_transition():
    files = {f"specs/{name}.md": spec("Draft") for name in ("cart", "total", "refund")}
    guide = GUIDE + "\nStatus: Draft | In review | Canonical | Superseded | Withdrawn\n"

    (one,) = proposed({**files, "docs/lifecycle.md": guide})

    assert "Withdrawn" in one.values["states"]
    assert "transitions" not in one.values


def test_what_a_template_calls_optional_in_its_header_is_not_required():
    template = "# Title\n\n* Status: [proposed | accepted | rejected | superseded]\n* Date: [day]\n* Deciders: [all] <!-- optional -->\n"
    own = "# A\n\n* Status: accepted\n* Date: 2020-01-01\n* Deciders: board\n"
    files = {f"adr/{n:04}-x.md": own for n in range(4)}

    (one,) = proposed({**files, "adr/template.md": template})

    assert one.values["required_fields"] == ["status", "date"]
