"""What was read of the findings of document governance, and what the rules claim of themselves."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from evidence.governance import Reading, check, commits, counted, drawn, governed, readings

from trueline.model.rule import Check
from trueline.practices.loader import built_in, load

DOCUMENT = "---\nstatus: {status}\n---\n\n# Title\n\n## Decision\n\nBerths are let by the day.\n"


def rules() -> dict[str, Check]:
    return {rule.name: rule for practice in load(built_in()) for rule in practice.checks}


def test_every_rule_that_was_read_exists() -> None:
    assert {one.rule for one in readings()} <= rules().keys()


def test_a_rule_is_exact_or_in_preview_or_keeps_the_bar_with_what_was_read() -> None:
    known = rules()
    too_bold = [one.rule for one in readings() if not (known[one.rule].exact or known[one.rule].status == "preview")]

    assert [one.rule for one in readings() if one.rule in too_bold and not one.is_kept] == []


def test_a_rule_claims_the_precision_that_was_read() -> None:
    claimed = {name: rule.precision for name, rule in rules().items() if rule.precision is not None}
    read = {one.rule: (one.right, one.n) for one in readings()}

    assert {(name, one.right, one.n) for name, one in claimed.items() if name in read} == {
        (name, *read[name]) for name in claimed if name in read
    }


@pytest.mark.parametrize(("right", "n", "is_kept"), [(29, 29, False), (30, 30, True), (28, 31, False)])
def test_few_findings_or_a_low_end_do_not_keep_the_bar(right: int, n: int, is_kept: bool) -> None:
    assert Reading("document_misnamed", right, n).is_kept is is_kept


def test_repositories_are_read_at_a_whole_commit() -> None:
    assert all(len(commit) == 40 for commit in commits().values())


def test_the_same_seed_draws_the_same_findings() -> None:
    found = [{"rule": "conformance.a", "path": f"{n}.md", "line": n, "subject": n, "message": "x"} for n in range(9)]

    assert drawn({"findings": found}, ["a"], 3, 1) == drawn({"findings": found}, ["a"], 3, 1)
    assert len(drawn({"findings": found}, ["a", "b"], 3, 1)) == 3


def test_a_repository_is_checked_at_its_commit_with_the_classes_that_init_proposes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUELINE_CACHE_DIR", str(tmp_path / "cache"))
    source = tmp_path / "source"
    commit = history(source)

    root = governed(source, commit, tmp_path / "copy")
    answer = check(root)

    found = {
        one["id"]: (one["examined"], one["violations"]) for one in counted(json.loads(answer), ["document_misnamed"])
    }
    assert found == {"conformance.document_misnamed": (4, 0)}
    assert check(root) == answer
    assert not (source / "trueline.toml").exists()


def history(source: Path) -> str:
    """Write four proposals that say their state, and commit them."""
    for number in range(1, 5):
        path = source / "proposals" / f"000{number}-berths.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(DOCUMENT.format(status="Accepted" if number > 1 else "Proposed"), encoding="utf-8")
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for command in (("init", "-q"), ("add", "."), (*identity, "commit", "-q", "-m", "Propose")):
        subprocess.run(["git", "-C", str(source), *command], check=True)
    said = subprocess.run(
        ["git", "-C", str(source), "rev-parse", "HEAD"], check=True, stdout=subprocess.PIPE, text=True
    )
    return said.stdout.strip()
