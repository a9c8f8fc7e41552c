from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from trueline.model.errors import UsageError
from trueline.model.requirement_tables import PARSED_REQUIREMENT_TABLES
from trueline.sources.requirements.importer import Imported, Importer, Item
from trueline.sources.requirements.parser import REQUIREMENTS, dialect_of, rows_of
from trueline.sources.requirements.registry import BUILT_IN, together
from trueline.sources.requirements.unread import UNREAD

WIDTHS = {table.name: len(table.columns) - 1 for table in PARSED_REQUIREMENT_TABLES}


def _sentences(_: str, content: bytes) -> Imported:
    return Imported((Item(1, 1, "requirement", content.decode(), text="It must."),))


def _failing(_: str, content: bytes) -> Imported:
    raise KeyError(content)


SENTENCES = Importer("sentences", 3, "Sentences", lambda path: "" if path.endswith(b".txt") else None, _sentences)
FAILING = Importer("failing", 1, "Failing", lambda path: "x" if path.endswith(b".txt") else None, _failing)
NO_IMPORTER = "no importer"


def test_importers_that_come_with_us_have_names_of_their_own():
    names = [importer.name for importer in BUILT_IN]
    assert len(names) == len(set(names))


def test_an_importer_of_others_enters_by_its_entry_point():
    point = EntryPoint("sentences", f"{__name__}:SENTENCES", "trueline.importers")
    assert together([point])[-1].name == "sentences"


@pytest.mark.parametrize(
    ("value", "said"),
    [("NO_IMPORTER", "is not an Importer"), ("MISSING", "cannot be loaded")],
)
def test_what_is_no_importer_is_refused_with_its_name(value, said):
    point = EntryPoint("odd", f"{__name__}:{value}", "trueline.importers")
    with pytest.raises(UsageError, match=said):
        together([point])


def test_two_importers_of_one_name_are_refused():
    points = [EntryPoint(name, f"{__name__}:SENTENCES", "trueline.importers") for name in ("a", "b")]
    with pytest.raises(UsageError, match="two importers are named sentences"):
        together(points)


def test_a_new_version_of_an_importer_reads_again_what_it_wants():
    assert dialect_of(b"a.txt", [SENTENCES, FAILING]) == "sentences\t3\t\nfailing\t1\tx"
    assert dialect_of(b"a.bin", [SENTENCES, FAILING]) is None


def test_an_importer_that_fails_is_told_and_costs_the_others_nothing():
    among = {"sentences": SENTENCES, "failing": FAILING}
    rows = rows_of("sentences\t3\t\nfailing\t1\tx", b"REQ-1", among)

    assert rows["requirement_files"] == [("sentences", 1, 0, 0), ("failing", 0, 0, 1)]
    assert [row[6] for row in rows["requirement_items"]] == ["REQ-1"]
    assert rows["requirement_problems"][0][3] == "importer failing failed on it: KeyError"


def test_every_row_fits_its_table():
    dialect = REQUIREMENTS.dialect(b"a.md")
    assert dialect is not None
    parsed = REQUIREMENTS.parse(dialect, b"req~a~1\n\nCovers:\n* feat~b~1\n\nNeeds: impl\n")
    assert {name: {len(row) for row in rows} for name, rows in parsed.items() if rows} == {
        name: {WIDTHS[name]} for name, rows in parsed.items() if rows
    }


@pytest.mark.parametrize(
    ("path", "content", "items"),
    [
        (b"a.adoc", b"= Spec\n\n`req~tide~1`\n", 1),
        (b"a.adoc", b"= Notes\n\nSee [impl-\x3ereq~tide~1].\n", 0),
        (b"a.sdoc", b"[DOCUMENT]\n\n[REQUIREMENT]\n", 1),
        (b"a.trlc", b"package x\n", 1),
        (b"a.rst", b".. req:: Mooring\n   :status: open\n   :id: REQ_12\n", 1),
        (b"a.rst", b".. note::\n   :class: x\n\n   :id: no\n", 0),
        (b"a.md", b"```{req} Mooring\n:id: REQ_12\n```\n", 1),
    ],
)
def test_a_form_that_nobody_reads_is_noticed_by_what_it_states(path, content, items):
    dialect = UNREAD.dialect(path)
    assert dialect is not None
    assert len(UNREAD.import_(dialect, content).items) == items
