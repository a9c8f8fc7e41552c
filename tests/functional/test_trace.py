"""`trueline trace`: every verdict, every cause once, nothing written, and the verdicts of native tools."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Workshop, everything_in


def item(written: str, *, covers: str = "", needs: str = "", text: str = "It must hold.") -> str:
    covering = f"Covers:\n\n* {covers}\n\n" if covers else ""
    return f"`{written}`\n\n{text}\n\n{covering}" + (f"Needs: {needs}\n\n" if needs else "")


def tag(kind: str, cited: str) -> str:
    return f"// [{kind}->{cited}]\n"


GOOD = {
    "doc/spec.md": item("feat~berths~1", needs="req") + item("req~moor~1", covers="feat~berths~1", needs="impl, utest"),
    "src/Berth.java": tag("impl", "req~moor~1"),
    "src/BerthTest.java": tag("utest", "req~moor~1"),
}


@pytest.fixture
def traced(trueline: Callable[..., Any], new_repository: Callable[..., Workshop]) -> Callable[..., Any]:
    """Trace a repository with these files, and return what the command says as JSON."""

    def made(files: dict[str, Any], *words: str) -> Any:
        repository = new_repository("quay")
        repository.commit("Begin", files)
        said = trueline("trace", "-C", repository.path, "--format", "json", *words).is_told_well()
        return said.json | {"status": said.status, "err": said.err, "root": repository.path}

    return made


def causes(said: Any) -> list[tuple[str, str, int]]:
    return [(cause["cause"], cause["subject"], cause["affected"]) for cause in said["causes"]]


def test_a_tree_in_which_all_holds_says_so_with_its_denominator(traced):
    said = traced(GOOD)

    assert (said["items"], said["items_ok"], said["defects"], said["causes"], said["ok"]) == (4, 4, 0, [], True)
    assert said["by_verdict"] == {"covered": 1, "resolved": 2, "verified": 1}
    assert said["by_kind"] == {"feat": 1, "impl": 1, "req": 1, "utest": 1}
    assert said["status"] == 0


def test_one_wrong_tag_is_one_cause_with_all_that_it_makes_incomplete(traced):
    said = traced(GOOD | {"src/BerthTest.java": tag("utest", "req~moor~2")})

    assert said["by_verdict"] == {"incomplete": 1, "predated": 1, "resolved": 1, "unverified": 1}
    assert causes(said) == [("predated", "req~moor~2", 3)]
    assert (said["causes"][0]["path"], said["causes"][0]["line"], said["causes"][0]["col"]) == (
        "src/BerthTest.java",
        1,
        12,
    )
    assert said["status"] == 1


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"src/Berth.java": tag("impl", "req~moor~1") + tag("impl", "req~tide~1")}, [("orphaned", "req~tide~1", 1)]),
        ({"src/More.java": tag("impl", "feat~berths~1")}, [("unwanted", "feat~berths~1 by impl", 2)]),
        ({"src/BerthTest.java": "class BerthTest {}\n"}, [("unverified", "utest~*", 2)]),
        ({"doc/more.md": item("req~moor~1", needs="impl")}, [("duplicate", "req~moor~1", 5)]),
        ({"doc/more.md": item("req~moor~1", needs="impl, utest", text="It may.")}, [("conflicting", "req~moor~1", 5)]),
        ({"doc/more.md": item("feat~pier~1", needs="req")}, [("uncovered", "feat~pier~1", 1)]),
        (
            {
                "doc/more.md": item("req~a~1", covers="req~b~1", needs="req")
                + item("req~b~1", covers="req~a~1", needs="req")
            },
            [("circular", "req~a", 2), ("circular", "req~b", 2)],
        ),
    ],
)
def test_each_cause_is_told_once(traced, files, expected):
    assert causes(traced(GOOD | files)) == expected


def test_a_revision_that_was_raised_is_one_cause_however_many_tags_cite_the_old_one(traced):
    said = traced(
        {
            "doc/spec.md": item("req~moor~2", needs="impl, utest"),
            "src/a.c": tag("impl", "req~moor~1") * 2,
            "src/b.c": tag("utest", "req~moor~1"),
        }
    )
    assert causes(said) == [("outdated", "req~moor~1", 4)]
    assert said["causes"][0]["places"] == ["src/a.c:1", "src/a.c:2", "src/b.c:1"]


def test_tags_without_any_specification_are_one_cause_and_the_missing_importer_is_named(traced):
    said = traced(
        {
            "spec/a.adoc": "= Spec\n\n`req~moor~1`\n",
            "spec/b.adoc": "= Spec\n\n`req~tide~1`\n",
            "src/a.rs": tag("impl", "req~moor~1") + tag("impl", "req~tide~1"),
        }
    )
    assert causes(said) == [("orphaned", "req~*", 2)]
    assert "2 .adoc files state some, and no importer reads these" in said["causes"][0]["message"]
    assert {"state": "no_importer", "rule": ".adoc", "files": 2, "items": 0} in said["files"]


def test_every_file_is_imported_ignored_by_a_rule_or_without_an_importer(traced):
    said = traced(GOOD | {"spec/a.trlc": "package x\n", "logo.png": b"\x89PNG\0", "vendor/x/spec.md": item("req~x~1")})

    assert sum(row["files"] for row in said["files"]) == 6
    assert {row["state"] for row in said["files"]} == {"imported", "ignored", "no_importer"}
    assert any(row["rule"].startswith("vendored") for row in said["files"])
    assert said["items"] == 4


def test_nothing_to_trace_is_not_a_pass(traced):
    said = traced({"readme.md": "# Nothing\n"})
    assert (said["items"], said["ok"], said["status"]) == (0, False, 3)


def test_only_what_lies_below_the_paths_counts(trueline, new_repository):
    repository = new_repository("quay")
    repository.commit("Begin", GOOD | {"other/x.c": tag("impl", "req~tide~1")})

    said = trueline("trace", repository.path / "doc", repository.path / "src", "--format", "json").answers().json
    assert (said["items"], said["defects"]) == (4, 0)
    trueline("trace", repository.path / "none").refuses("does not exist")
    trueline("trace", repository.path / "doc", repository.path.parent).refuses("lies outside")


def test_looking_twice_gives_the_same_bytes_and_leaves_every_byte_as_it_was(trueline, new_repository):
    repository = new_repository("quay")
    repository.commit("Begin", GOOD | {"src/BerthTest.java": tag("utest", "req~moor~2")})
    before = everything_in(repository.path)

    first = trueline("trace", "-C", repository.path)
    second = trueline("trace", "-C", repository.path)

    assert (first.status, first.out) == (second.status, second.out)
    assert everything_in(repository.path) == before
    assert repository.git("status", "--porcelain") == ""


def test_a_changed_file_is_read_again(trueline, new_repository):
    repository = new_repository("quay")
    repository.commit("Begin", GOOD)
    trueline("trace", "-C", repository.path).answers()

    repository.write("src/BerthTest.java", tag("utest", "req~moor~9"))

    assert trueline("trace", "-C", repository.path).status == 1


def test_the_last_line_is_the_verdict_with_its_denominator(trueline, new_repository):
    repository = new_repository("quay")
    repository.commit("Begin", GOOD | {"src/BerthTest.java": tag("utest", "req~moor~2")})

    said = trueline("trace", "-C", repository.path, "--exit-zero").answers()
    assert said.out.splitlines()[-1] == "1 of 4 items hold, 3 defects from 1 cause."
    assert said.out.splitlines()[0] == "predated: req~moor~2 is cited, and its revision is only 1"


def test_openfasttrace_s_own_summary_is_given_for_what_it_would_read(trueline, new_repository):
    repository = new_repository("quay")
    repository.commit("Begin", GOOD | {"src/BerthTest.java": tag("utest", "req~moor~2")})

    said = trueline("trace", "-C", repository.path, "--as", "oft")
    assert said.out.splitlines()[-1] == "not ok - 4 total, 3 defect"
    assert said.status == 1


DOCUMENTS = {
    "reqs/.doorstop.yml": "settings: {digits: 3, prefix: SYS, sep: ''}\n",
    "reqs/tst/.doorstop.yml": "settings: {digits: 3, parent: SYS, prefix: TST, sep: ''}\n",
    "reqs/SYS001.yml": "active: true\nlevel: 1.1\nlinks: []\nnormative: true\nreviewed: AAAA=\ntext: |\n  It must float.\n",
    "reqs/SYS002.yml": "active: true\nlevel: 1.2\nlinks: []\nnormative: true\nreviewed: null\ntext: ''\n",
    "reqs/tst/TST001.yml": "active: true\nlevel: 1.0\nlinks:\n- SYS001: BBBB=\nnormative: true\nreviewed: null\ntext: |\n  Try.\n",
    "reqs/tst/TST002.yml": "active: true\nlevel: 1.1\nlinks: []\nnormative: true\nreviewed: null\ntext: |\n  Try.\n",
    "reqs/tst/TST003.yml": "active: true\nlevel: 1.2\nlinks:\n- SYS009: null\nnormative: true\nreviewed: null\ntext: |\n  Try.\n",
}


def test_doorstop_s_own_warnings_are_given_and_nothing_is_approved_on_the_way(trueline, new_repository):
    repository = new_repository("quay")
    repository.commit("Begin", DOCUMENTS)

    said = trueline("trace", "-C", repository.path, "--as", "doorstop")

    assert said.out.splitlines() == [
        "WARNING: SYS: SYS001: unreviewed changes",
        "WARNING: SYS: SYS002: no text",
        "WARNING: SYS: SYS002: no links from child document: TST",
        "WARNING: TST: TST001: suspect link: SYS001",
        "WARNING: TST: TST002: no links to parent document: SYS",
        "ERROR: TST: TST003: linked to unknown item: SYS009",
    ]
    assert said.status == 1
    assert repository.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        ("reqs/SYS003.yml", b"active: true\nlevel: [1\nlinks: []\n", "reqs/SYS003.yml:3:"),
        ("doc/wide.md", ("x" * 40 + "\n") .encode() * 130_000 + b"req~big~1\n", "doc/wide.md: is larger than"),
        ("doc/long.md", b"req~long~1\n" + b"word word\n" * 120_000, "doc/long.md: is too long"),
        ("doc/odd.md", b"req~odd~1\n\nLiegepl\xe4tze\n", "doc/odd.md: is not UTF-8"),
        ("src/blob.c", b"\0\0" + tag("impl", "req~moor~1").encode(), "src/blob.c: is binary"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_once_with_its_place(traced, path, content, told):
    said = traced(GOOD | DOCUMENTS | {path: content})
    lines = [line for line in said["err"].splitlines() if path in line]
    assert len(lines) == 1
    assert lines[0].startswith(told)
    assert [problem["path"] for problem in said["problems"]] == [path]
    assert all(problem["fix"] for problem in said["problems"])


def test_an_id_that_two_forms_use_is_one_cause(traced):
    said = traced(DOCUMENTS | {"doc/spec.md": item("SYS~float~1"), "more/.doorstop.yml": "settings: {prefix: SYS}\n",
                               "more/SYS001.yml": DOCUMENTS["reqs/SYS001.yml"]})  # fmt: skip
    assert ("duplicate", "SYS001") in [(cause["cause"], cause["subject"]) for cause in said["causes"]]


def test_the_snapshot_of_a_scan_has_the_same_verdicts(trueline, new_repository, tmp_path: Path):
    repository = new_repository("quay")
    repository.commit("Begin", GOOD | {"src/BerthTest.java": tag("utest", "req~moor~2")})

    said = trueline("query", "-C", repository.path, "--format", "json",
                    "select verdict, count(*) as n from requirement_verdicts group by all order by 1").answers()  # fmt: skip

    rows = {row["verdict"]: row["n"] for row in json.loads(said.out)["rows"]}
    assert rows == {"incomplete": 1, "predated": 1, "resolved": 1, "unverified": 1}
