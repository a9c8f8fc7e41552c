"""Every exit status, and which one prevails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from trueline.surfaces.cli import exit_status
from trueline.surfaces.cli.main import COMMANDS

from .conftest import Said, Workshop

Run = Callable[..., Said]
Make = Callable[..., Workshop]

BLOCKS = '[rules.broken_reference]\nmode = "block"\n'
UNKNOWN_BLOCKS = '[rules.finished_work_without_release]\nmode = "block"\n'
BROKEN = '[practices]\npaths = ["p"]\n'


@pytest.fixture
def repository(new_repository: Make) -> Workshop:
    repository = new_repository()
    repository.commit(files={"README.md": "# R\n\n[gone](docs/gone.md)\n"})
    return repository


def break_a_rule(repository: Workshop) -> None:
    repository.write("p/practice.yaml", "title: P\npurpose: P.\naccountable: role:x\nduties: [ownership]\n")
    repository.write(
        "p/checks/broken.sql",
        "/* ---\ntitle: T\nwhy: W\nduty: ownership\nweight: supports\nexamines: select 1\nseverity: low\nexact: true\n--- */\n"
        "select 'a' as subject, cast('x' as integer) as message\n",
    )


def test_a_scan_is_0_unless_asked(trueline: Run, repository: Workshop):
    assert trueline("scan", repository.path).answers().status == exit_status.CLEAN
    assert trueline("scan", repository.path, "--exit-code").is_told_well().status == exit_status.BLOCKED


def test_findings_that_do_not_block_are_0_and_those_that_do_are_1(trueline: Run, repository: Workshop):
    trueline("scan", repository.path, "-q").answers()
    assert trueline("check", "-C", repository.path).is_told_well().status == 0
    repository.write("trueline.toml", BLOCKS)
    assert trueline("check", "-C", repository.path).is_told_well().status == 1
    assert trueline("check", "-C", repository.path, "--exit-zero").is_told_well().status == 0


def test_a_blocking_rule_without_evidence_is_3_and_findings_prevail(trueline: Run, repository: Workshop):
    repository.write("trueline.toml", UNKNOWN_BLOCKS)
    assert trueline("check", "-C", repository.path).is_told_well().status == 3
    trueline("scan", repository.path, "-q").answers()
    repository.write("trueline.toml", UNKNOWN_BLOCKS + BLOCKS)
    assert trueline("check", "-C", repository.path).is_told_well().status == 1


def test_a_rule_that_failed_is_2_and_prevails_over_all(trueline: Run, repository: Workshop):
    break_a_rule(repository)
    repository.write("trueline.toml", BROKEN + UNKNOWN_BLOCKS + BLOCKS)

    said = trueline("check", "-C", repository.path).is_told_well()

    assert said.status == 2
    assert "broken" in said.err
    assert trueline("check", "-C", repository.path, "--exit-zero").is_told_well().status == 2
    assert trueline("scan", repository.path, "--exit-code").is_told_well().status == 2


def test_nothing_examined_is_3(trueline: Run, new_repository: Make):
    empty = new_repository("empty")
    assert trueline("check", "-C", empty.path).is_told_well().status == 3
    assert trueline("scan", empty.path, "--exit-code").is_told_well().status == 3


@pytest.mark.parametrize(
    "words",
    [
        ("no-such-command",), ("scan", "--no-such-option"), ("scan", "a", "b"), ("scan", "--format", "xml"), ("query",),
        ("finding", "show"), ("finding", "show", "F-none"), ("rule", "show", "none"), ("rule", "run", "none"),
        ("rule", "test", "none"), ("metric", "show", "none"), ("duties", "none"), ("finding", "list", "--rule", "none"),
        ("rule", "list", "--duty", "none"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_2_and_says_what_to_do(
    trueline: Run, repository: Workshop, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(repository.path)

    said = trueline(*words).refuses()

    assert len(said.err) > 20
    assert said.out == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_refuses_what_it_does_not_know(trueline: Run, command: str):
    assert trueline(command, "--help").answers().out.startswith("Usage: trueline " + command)
    assert trueline(command, "--no-such-option").is_told_well().status == 2


def test_an_interrupt_is_130_and_leaves_nothing_half_done(own_places: Path, repository: Workshop):
    program = str(Path(sys.executable).parent / "trueline")
    endless = "with recursive a(n) as (select 1 union all select n + 1 from a) select count(*) from a"
    with subprocess.Popen(
        [program, "query", endless, "-C", str(repository.path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ, start_new_session=True,
        # Where the tests run in the background of a shell, interrupts are ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        while not list(own_places.glob("*/snapshots/*.duckdb")):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert process.returncode == exit_status.INTERRUPTED, err
    assert b"Traceback" not in err
    assert out == b""


def test_a_reader_that_goes_away_is_no_error(own_places: Path, repository: Workshop):
    program = Path(sys.executable).parent / "trueline"
    done = subprocess.run(
        ["sh", "-c", f'"{program}" query "select range from range(200000)" --limit 0 -C "{repository.path}"; echo "$?" >&2'],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=os.environ, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr.decode().split()[-1] == "0"
    piped = subprocess.run(
        ["bash", "-c", f'"{program}" query "select range from range(200000)" --limit 0 -C "{repository.path}" | head -1; echo "${{PIPESTATUS[0]}}" >&2'],
        capture_output=True, env=os.environ, timeout=60, check=False,
    )  # fmt: skip
    assert piped.stderr.decode().split() == ["0"]
