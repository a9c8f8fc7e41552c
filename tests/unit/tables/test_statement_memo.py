from __future__ import annotations

from pathlib import Path

import pytest

from trueline.model.errors import QueryRefused
from trueline.tables import statement_memo
from trueline.tables.statement import parse
from trueline.tables.statement_memo import StatementMemo, remember_in

SQL = "select a.x, y, 3 as n from t as a inner join s as b on a.i = b.i order by y"


@pytest.fixture
def remembered(tmp_path: Path):
    remember_in(tmp_path)
    parse.cache_clear()
    yield tmp_path
    statement_memo._folders.clear()
    statement_memo._memos.clear()
    parse.cache_clear()


def test_an_answer_that_is_remembered_is_the_answer(remembered: Path):
    first = parse(SQL)
    remember_in(remembered)
    parse.cache_clear()

    assert parse(SQL) == first
    assert first.reads == {"t", "s"}
    assert next(file.read_text() for file in remembered.iterdir()).count("\n") == 1


def test_a_refusal_is_refused_again(remembered: Path):
    for _ in range(2):
        with pytest.raises(QueryRefused):
            parse("delete from t")

    assert list(remembered.iterdir()) == []


def test_the_text_itself_is_not_kept(remembered: Path):
    parse("select 'a secret' as x from t")

    assert "a secret" not in next(remembered.iterdir()).read_text()


def test_a_damaged_file_is_as_if_it_were_not_there(remembered: Path):
    parse(SQL)
    file = next(remembered.iterdir())
    file.write_text("{not json\n" + file.read_text()[:40])
    remember_in(remembered)
    parse.cache_clear()

    assert parse(SQL).reads == {"t", "s"}


def test_another_version_does_not_see_it(tmp_path: Path):
    StatementMemo(tmp_path, "1").add("select 1", {"places": []})

    assert StatementMemo(tmp_path, "1").get("select 1") == {"places": []}
    assert StatementMemo(tmp_path, "2").get("select 1") is None


def test_a_disk_that_cannot_be_written_is_no_error(tmp_path: Path):
    (tmp_path / "file").write_text("")

    memo = StatementMemo(tmp_path / "file" / "below", "1")
    memo.add("select 1", {})

    assert memo.get("select 1") == {}
