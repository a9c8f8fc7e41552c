"""A Parquet file is read as it is, whatever its name."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from trueline.model.errors import BadInput
from trueline.tables.engine import Database
from trueline.tables.json_lines import text_literal
from trueline.tables.parquet_file import read_parquet


def write(path: Path, select: str) -> Path:
    database = Database.building()
    written = path.with_name("written")
    database.execute(f"copy ({select}) to {text_literal(str(written))} (format parquet)")
    database.close()
    return written.rename(path)


@pytest.mark.parametrize("name", ["a.parquet", "day=1", "what*[is]?this", "it's"])
def test_names_and_typed_rows_come_back(tmp_path: Path, name: str) -> None:
    select = "select 'a' as id, 0.10::decimal(9,2) as paid, timestamptz '2026-01-01 00:00Z' as at"
    path = write(tmp_path / name, select)

    names, rows = read_parquet(path, name)

    assert names == ["id", "paid", "at"]
    assert rows == [("a", Decimal("0.10"), datetime(2026, 1, 1, tzinfo=UTC))]


def test_a_pattern_in_a_name_reads_no_other_file(tmp_path: Path) -> None:
    write(tmp_path / "other.parquet", "select 1 as x")
    path = write(tmp_path / "*.parquet", "select 2 as x")

    assert read_parquet(path, "*.parquet")[1] == [(2,)]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(200) + b"PAR1", b"visit_id\n1\n"])
def test_what_is_no_parquet_is_refused_under_the_user_s_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(content)

    with pytest.raises(BadInput) as told:
        read_parquet(path, "feeds/x.parquet")

    assert str(told.value).startswith("feeds/x.parquet: cannot be read as Parquet: ")
    assert "/tmp" not in str(told.value)
