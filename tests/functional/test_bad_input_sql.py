"""Hostile SQL of strangers, in a query, a rule, a view or a case: refused or stopped, never harmful."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from trueline.app.asking import ask_query
from trueline.app.snapshots import Taken
from trueline.model.errors import QueryRefused
from trueline.model.rule import Check, Parameter
from trueline.rules.run import run_check
from trueline.surfaces.cli.opening import open_given, snapshot_of
from trueline.surfaces.cli.options import Given

from .conftest import Said, Workshop, everything_in

Run = Callable[..., Said]
Make = Callable[..., Workshop]

OUTSIDE = "OUTSIDE"
"""Stands for a folder beside the repository that holds a file with a secret."""

REFUSED = {
    "reads a file": "select * from read_csv('OUTSIDE/secret.csv')",
    "reads a file as text": "select content from read_text('OUTSIDE/secret.csv')",
    "reads a file by its name": "select * from 'OUTSIDE/secret.csv'",
    "reads a file by a quoted name": 'select * from "OUTSIDE/secret.csv"',
    "reads a parquet file": "select * from parquet_scan('OUTSIDE/*.parquet')",
    "reads a file in a subquery": "select (select count(*) from read_blob('OUTSIDE/secret.csv')) as n",
    "lists files": "select * from glob('OUTSIDE/*')",
    "writes": "copy files to 'OUTSIDE/made.csv'",
    "exports": "export database 'OUTSIDE/made'",
    "attaches": "attach 'OUTSIDE/made.duckdb'",
    "loads an extension": "load 'OUTSIDE/x.duckdb_extension'",
    "installs": "install httpfs",
    "sets": "set enable_external_access = true",
    "pragma": "pragma database_list",
    "pragma function": "select * from pragma_version()",
    "settings": "select * from duckdb_settings()",
    "secrets": "select * from duckdb_secrets()",
    "schema of all": "select * from information_schema.tables",
    "own tables": "select * from sqlite_master",
    "getenv": "select getenv('HOME') as home",
    "current_setting": "select current_setting('home_directory') as home",
    "query function": "select * from query('select 1')",
    "query_table": "select * from query_table(['files'])",
    "insert in a with": "with a as (insert into files values ('x','x','x','file',false,1) returning *) select * from a",
    "delete in a with": "with a as (delete from files returning *) select * from a",
    "two statements": "select 1; drop table files",
    "two selects": "select 1; select 2",
    "closes the wrapper": "select 1 as subject) select 2 from (select 3",
    "closes the wrapper after a comment": "select 1 -- )\n) select * from rule; select (1",
    "comment that never ends": "select 1 /* and no end",
    "quote that never ends": "select 'and no end",
    "dollar quote that never ends": "select $a$ and no end",
    "NUL": "select 1 \0 drop table files",
    "nothing": "-- nothing",
    "explain": "explain analyze select 1",
    "prepare": "prepare a as select 1",
    "call": "call pragma_version()",
    "update": "update files set path = 'x'",
    "create": "create table x as select 1",
    "temporary": "create temp table x as select 1",
    "vacuum": "vacuum",
    "checkpoint": "checkpoint",
    "unknown table": "select * from filez",
    "unknown column": "select nothing_such from files",
    "too deep": "select " + "(" * 30_000 + "1" + ")" * 30_000,
    "too deep a sum": "select " + "1+" * 30_000 + "1",
    "nested subqueries": "select * from (" * 3_000 + "select 1" + ")" * 3_000,
    "surrogate": "select '\udcff'",
}

EXPENSIVE = {
    "huge repeat": "select repeat('x', 900000000000) as x",
    "large repeat": "select length(repeat(repeat('x', 1000000), 4000)) as x",
    "endless recursion": "with recursive a(n) as (select 1 union all select n + 1 from a) select count(*) from a",
    "cross join": "select count(*) from range(1000000) a, range(1000000) b, range(1000000) c where a.range + b.range = c.range",
    "large series": "select list(range) from range(10000000000)",
    "slow pattern": "select regexp_matches(repeat('a', 100000000), '(a*)*b') from range(1000)",
}


@pytest.fixture
def repository(new_repository: Make) -> Workshop:
    repository = new_repository()
    repository.commit(files={"README.md": "# R\n", "a.py": "x = 1\n"})
    return repository


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.csv").write_text("word\nxyzzy-secret\n")
    return tmp_path / "outside"


@pytest.fixture
def asked(repository: Workshop, own_places: Path) -> Iterator[Taken]:
    """Return an open snapshot: hundreds of questions would each pay for a start of the program."""
    given = Given(repository.path, None, False, None, None, True)
    taken = snapshot_of(given, *open_given(given))
    yield taken
    taken.close()


def test_a_query_that_is_not_one_harmless_select_is_refused(asked: Taken, outside: Path):
    before = everything_in(outside)
    for sql in REFUSED.values():
        with pytest.raises(QueryRefused) as refused:
            ask_query(asked, sql.replace(OUTSIDE, str(outside)), seconds=5, at_most=10)
        assert "xyzzy" not in str(refused.value)
        assert len(str(refused.value)) < 2_000
    assert everything_in(outside) == before


@pytest.mark.parametrize(
    "name", ["reads a file by its name", "insert in a with", "two statements", "too deep", "NUL", "surrogate"]
)
def test_a_refused_query_ends_with_2(trueline: Run, repository: Workshop, outside: Path, name: str):
    said = trueline("query", REFUSED[name].replace(OUTSIDE, str(outside)), "-C", repository.path).refuses()
    assert "xyzzy" not in said.err


@pytest.mark.parametrize("name", EXPENSIVE)
def test_a_query_without_end_is_stopped(trueline: Run, repository: Workshop, name: str):
    started = time.monotonic()
    said = trueline("query", EXPENSIVE[name], "--seconds", "0.5", "-C", repository.path).refuses()

    assert "stopped" in said.err or "out of range" in said.err.lower()

    assert time.monotonic() - started < 25


def test_harmless_queries_are_answered(trueline: Run, repository: Workshop):
    for sql in (
        "with a as (select 1 as n) select * from a",
        "select count(*) as n from files -- a comment at the end",
        "select path from files /* why not */ ;",
        "with recursive a(n) as (select 1 union all select n + 1 from a where n < 9) select max(n) as n from a",
        "select as_of from run",
    ):
        trueline("query", sql, "-C", repository.path).answers()


def test_numbers_that_make_no_sense_are_refused(trueline: Run, repository: Workshop):
    for words in (["--limit", "-1"], ["--seconds", "-1"], ["--seconds", "inf"], ["--seconds", "0"], ["--limit", "x"]):
        said = trueline("query", "select 1 as a", *words, "-C", repository.path).is_told_well()
        assert said.status == 2, (words, said)


# A practice of strangers


CHECK = """/* ---
title: Attack
why: To see what happens.
duty: ownership
weight: supports
examines: EXAMINES
severity: low
exact: true
fix: "Mend {subject}: {path} {nothing!r}"
--- */
"""
VIEW = "/* ---\ntitle: Attack\ngrain: one row\nkey: [n]\ncolumns:\n  n: {type: varchar, doc: Anything., required: true}\n--- */\n"


def practice(
    root: Path, check: str = "", view: str = "", case: str = "", examines: str = "select 1", fix: str = "Mend it."
) -> Path:
    folder = root / "attack"
    for place in ("checks", "views", "cases"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    (folder / "practice.yaml").write_text(
        "title: Attack\npurpose: To see what happens.\naccountable: role:head-of-engineering\nduties: [ownership]\n"
    )
    if check:
        head = CHECK.replace("EXAMINES", examines).replace('"Mend {subject}: {path} {nothing!r}"', fix)
        (folder / "checks" / "attack.sql").write_bytes((head + check).encode("utf-8", "surrogatepass"))
        (folder / "cases" / "attack.yaml").write_text(case or "it does nothing:\n  expect: []\n")
    if view:
        (folder / "views" / "attack_rows.sql").write_bytes((VIEW + view).encode("utf-8", "surrogatepass"))
    return folder


def with_practice(repository: Workshop) -> None:
    repository.write("trueline.toml", '[practices]\npaths = ["attack"]\n')


@pytest.mark.parametrize("has_parameters", [True, False])
def test_a_hostile_rule_fails_alone_and_harms_nothing(asked: Taken, outside: Path, has_parameters: bool):
    before = everything_in(outside)
    parameters = (Parameter(name="days", default=7, type="integer", why="Why not."),) if has_parameters else ()
    sql = "select 'a' as subject, 'b' as message"
    good = Check(
        practice="attack", name="attack", title="T", why="W", duties=("ownership",), sql=sql,
        path="a.sql", parameters=parameters, examines="select 1",
    )  # fmt: skip
    bench = asked.bench({}, trusted=False)
    assert run_check(good, bench).result == "violated"
    for sql in REFUSED.values():
        hostile = sql.replace(OUTSIDE, str(outside))
        for rule in (replace(good, sql=hostile), replace(good, examines=hostile), replace(good, applies=hostile)):
            result = run_check(rule, bench)
            assert result.result == "error", hostile
            assert "xyzzy" not in result.detail
    assert everything_in(outside) == before


@pytest.mark.parametrize("name", ["reads a file by its name", "closes the wrapper", "two statements", "too deep"])
def test_a_hostile_rule_ends_with_2(trueline: Run, repository: Workshop, outside: Path, name: str):
    with_practice(repository)
    practice(repository.path, REFUSED[name].replace(OUTSIDE, str(outside)))

    said = trueline("rule", "run", "attack.attack", "-C", repository.path).is_told_well()

    assert said.status == 2
    assert "xyzzy" not in said.out + said.err


def test_a_rule_without_end_is_stopped_and_the_others_still_run(trueline: Run, repository: Workshop):
    with_practice(repository)
    practice(repository.path, "select 'a' as subject, repeat('x', 900000000000) as message")

    said = trueline("check", "-C", repository.path, "--format", "json").is_told_well()

    assert said.status == 2
    results = {check["id"]: check["result"] for check in said.json["checks"]}
    assert results.pop("attack.attack") == "error"
    assert "error" not in results.values()
    assert trueline("scan", repository.path).answers()


@pytest.mark.parametrize(
    "name",
    [
        "reads a file",
        "reads a file by its name",
        "getenv",
        "insert in a with",
        "closes the wrapper",
        "unknown column",
        "NUL",
        "too deep",
    ],
)
def test_a_hostile_view_is_refused_before_it_runs(trueline: Run, repository: Workshop, outside: Path, name: str):
    with_practice(repository)
    before = everything_in(outside)
    practice(repository.path, view=REFUSED[name].replace(OUTSIDE, str(outside)))

    said = trueline("scan", repository.path).is_told_well()

    assert said.status == 2, said
    assert "attack" in said.err
    assert "xyzzy" not in said.out + said.err
    assert everything_in(outside) == before


@pytest.mark.parametrize("name", ["endless recursion", "cross join"])
def test_a_view_without_end_is_stopped(trueline: Run, repository: Workshop, name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("trueline.app.definitions.VIEW_SECONDS", 0.5)
    with_practice(repository)
    practice(repository.path, view=f"select cast(v as varchar) as n from ({EXPENSIVE[name]}) as expensive(v)")

    trueline("scan", repository.path).refuses("attack", "stopped")


def test_hostile_cases_are_refused_all_at_once(trueline: Run, repository: Workshop, outside: Path):
    with_practice(repository)
    check = "select r.path as subject, 'x' as message from files as r order by subject"
    for case in (
        "a: &a [1]\nb: *a\n",
        "bomb: &a [x,x]\n"
        + "".join(
            f"b{i}: &b{i} [*{'a' if not i else f'b{i - 1}'}, *{'a' if not i else f'b{i - 1}'}]\n" for i in range(40)
        ),
        "one:\n\tfiles: []\n",
        "one: {expect: []}\none: {expect: []}\n",
        "one: !!python/object/apply:os.system [echo]\n",
        "one:\n  filez: []\n  expect: []\n",
        "one:\n  files: [{nothing: 1}]\n  expect: []\n",
        "one:\n  files: [{repository: [1, {a: b}], path: {}}]\n  expect: []\n",
        "one:\n  files: {a: b}\n  expect: []\n",
        "one:\n  run: [{as_of: never}]\n  expect: []\n",
        "one:\n  run: 5\n  expect: []\n",
        "one:\n  run: []\n  expect: 5\n",
        'one:\n  files: [{repository: r, path: "\'; drop table files; --", entry: file}]\n  expect: [x]\n',
        "one:\n  files: [{size_bytes: not-a-number}]\n  expect: []\n",
        "[1, 2]\n",
        "5\n",
        "# nothing\n",
        "\x00",
        "? {a: b}\n: {expect: []}\n",
        "a: " + "[" * 3000,
    ):
        practice(repository.path, check, case=case)
        said = trueline("rule", "test", "attack.attack", "-C", repository.path).is_told_well()
        assert said.status == 2, (case[:60], said)


def test_a_fix_is_filled_with_text_only(trueline: Run, repository: Workshop):
    repository.write("docs/{subject}{path.__class__}%s{0}.md", "# x\n")
    repository.write("docs/\x1b[31m<b>.md", "# x\n")
    with_practice(repository)
    practice(
        repository.path,
        "select f.path as subject, 'is <script>' as message, f.path as source_path, '=1+1' as evil, f.path from files as f order by subject",
        fix='"Open {path} and {evil}."',
    )
    for form in ("text", "csv"):
        said = trueline("check", "-C", repository.path, "--format", form).is_told_well()
        assert said.status == 0, said
    found = trueline("scan", repository.path, "--format", "json").json["findings"]
    assert [f for f in found if f["rule"] == "attack.attack" and "{subject}{path.__class__}%s{0}" in f["fix"]]


def test_a_fix_that_is_no_template_is_told(trueline: Run, repository: Workshop):
    with_practice(repository)
    practice(
        repository.path,
        "select f.path as subject, 'x' as message from files as f order by subject",
        fix='"{a!r} {subject.__class__} {nothing}"',
    )

    trueline("rule", "test", "attack.attack", "-C", repository.path).refuses("fix", "nothing")
    assert trueline("rule", "run", "attack.attack", "-C", repository.path).is_told_well().status == 2
