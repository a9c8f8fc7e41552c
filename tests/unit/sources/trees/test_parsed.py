from __future__ import annotations

from trueline.model.table import Row
from trueline.model.tree_tables import PARSED_DOCUMENT_TABLES
from trueline.sources.trees.documents import DOCUMENTS
from trueline.sources.trees.parsed import MIN_PARALLEL, Blob, parse_blobs, parse_chunk


def blob(key: str, content: bytes) -> Blob:
    return Blob(key, "", content)


def collected(blobs: list[Blob]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {table.name: [] for table in PARSED_DOCUMENT_TABLES}
    for table, found in parse_blobs(DOCUMENTS, iter(blobs)):
        assert all(len(row) == len(table.columns) for row in found)
        rows[table.name].extend(found)
    return rows


def test_rows_begin_with_the_blob():
    rows = collected([blob("b1", b"# A\n"), blob("b2", b"[x](y)\n")])

    assert [row[0] for row in rows["documents"]] == ["b1", "b2"]
    assert [row[:2] for row in rows["links"]] == [("b2", 1)]


def test_the_same_blob_is_parsed_once():
    assert len(collected([blob("b1", b"# A\n"), blob("b1", b"# A\n")])["documents"]) == 1


def test_nothing_to_parse_gives_no_rows():
    assert list(parse_blobs(DOCUMENTS, [])) == []


def test_many_blobs_in_processes_give_the_same_rows_in_the_same_order_as_one_alone():
    blobs = [
        blob(f"b{number}", f"# Heading {number}\n\n[x](y{number})\n".encode()) for number in range(MIN_PARALLEL + 60)
    ]

    assert collected(blobs) == parse_chunk(DOCUMENTS, blobs)
