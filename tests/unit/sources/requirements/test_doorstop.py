from __future__ import annotations

import pytest

from trueline.sources.requirements.doorstop import DOORSTOP
from trueline.sources.requirements.doorstop_text import cleaned, references_text, serialised, stamp
from trueline.sources.requirements.importer import Imported, Link

ITEM = """active: true
derived: false
level: 1.2
links:
- SYS001: qT0vJtBhYQW3uoZVSpRDDGVGqDKOYMJLfXDtnW7rQZ8=
- SYS2
normative: true
ref: ''
reviewed: null
text: |
  The crane must stop.
"""


def read(text: str, path: bytes = b"reqs/REQ007.yml") -> Imported:
    dialect = DOORSTOP.dialect(path)
    assert dialect is not None
    return DOORSTOP.import_(dialect, text.encode())


def test_an_item_has_its_links_with_stamps_and_its_own_fingerprints():
    (item,) = read(ITEM).items

    assert (item.item_id, item.nature, item.title) == ("REQ007", "requirement", "The crane must stop.")
    assert item.links == (
        Link(5, 3, "covers", "SYS001", None, "qT0vJtBhYQW3uoZVSpRDDGVGqDKOYMJLfXDtnW7rQZ8="),
        Link(6, 3, "covers", "SYS2"),
    )
    assert item.fingerprint == stamp("REQ007", "The crane must stop.", "")
    assert item.review_fingerprint == stamp("REQ007", "The crane must stop.", "", "SYS001", "SYS2")
    assert item.reviewed_digest is None


def test_a_stamp_is_the_digest_that_doorstop_stores():
    assert stamp("REQ001", "abc", "") == stamp("REQ001abc")
    assert stamp() == "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU="


def test_what_documents_ask_for_further_is_serialised_with_its_type():
    assert serialised({"b": [1, "x\\"], "a": None}) == (
        "\\D\\T<class 'NoneType'>\\VNone\\L\\T<class 'int'>\\V1\\T<class 'str'>\\Vx\\\\"
    )


def test_references_are_links_to_files():
    (item,) = read(ITEM.replace("ref: ''", "references:\n- {path: src/crane.c, type: file, keyword: stop}")).items

    assert item.links[-1] == Link(9, 10, "references", "src/crane.c")
    assert "keyword=src/crane.c\tstop" in item.attributes


def test_references_are_stamped_as_doorstop_prints_them():
    reference = {"path": " a ", "type": "file", "more": 1}
    assert references_text([reference]) == "[{'type': 'file', 'path': 'a'}]"
    assert references_text([]) == ""


def test_an_item_may_be_markdown_with_front_matter():
    text = "---\nactive: true\nnormative: false\nlevel: 2\n---\n\n# Cranes\n\nThey must stop.\n"
    (item,) = read(text, b"reqs/REQ008.md").items

    assert (item.item_id, item.title, item.is_normative) == ("REQ008", "Cranes", False)
    assert item.fingerprint == stamp("REQ008", "They must stop.", "")


def test_a_document_has_a_prefix_and_a_parent():
    text = "settings:\n  digits: 3\n  parent: SYS\n  prefix: REQ\n  sep: ''\nattributes:\n  reviewed: [type]\n"
    (document,) = read(text, b"reqs/.doorstop.yml").items

    assert (document.nature, document.item_id) == ("document", "REQ")
    assert document.links == (Link(3, 11, "parent", "SYS"),)
    assert "reviewed=type" in document.attributes


@pytest.mark.parametrize(
    ("text", "place"),
    [("active: true\nlevel: [1\nlinks: []\n", (3, 6)), ("active: *a\nlevel: &a 1\n", (1, 9))],
)
def test_broken_yaml_is_told_with_its_place_and_how_to_mend_it(text, place):
    read_ = read(text)
    assert read_.items == ()
    ((line, col, fix),) = [(p.line, p.col, p.fix) for p in read_.problems]
    assert (line, col) == place
    assert "Correct the YAML" in fix


def test_other_yaml_is_left_alone():
    assert read("services:\n  web: {image: x}\n", b"docker-compose.yml") == Imported()
    assert DOORSTOP.dialect(b"mkdocs.yml") is None


def test_space_at_the_ends_of_lines_is_no_text():
    assert cleaned("\n\na  \nb\n\n") == "a\nb"
