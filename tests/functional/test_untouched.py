"""A repository under judgement is never changed, never runs a program, and never says where we write."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop, everything_in

Run = Callable[..., Said]
Make = Callable[..., Workshop]

READING = [
    ("scan", "."),
    ("scan", ".", "--as-of", "2026-02-01"),
    ("collect",),
    ("check",),
    ("finding", "list"),
    ("duties",),
    ("query", "select count(*) as n from files"),
    ("metric", "list"),
    ("rule", "list"),
    ("rule", "show", "broken_reference"),
    ("rule", "run", "broken_reference"),
    ("doctor",),
]

CONFIGURED = """
[core]
    fsmonitor = CANARY
    sshCommand = CANARY
    pager = CANARY
    editor = CANARY
    gitProxy = CANARY
    askPass = CANARY
    hooksPath = HOOKS
    attributesFile = HOOKS/attributes
    alternateRefsCommand = CANARY
    untrackedCache = true
    splitIndex = true
[diff]
    external = CANARY
[diff "evil"]
    command = CANARY
    textconv = CANARY
    cachetextconv = true
[filter "evil"]
    clean = CANARY
    smudge = CANARY
    process = CANARY
    required = true
[merge "evil"]
    driver = CANARY
[gpg]
    program = CANARY
[gpg "ssh"]
    program = CANARY
[log]
    showSignature = true
[format]
    pretty = "%G? %GS"
[alias]
    log = !CANARY
    cat-file = !CANARY
    rev-parse = !CANARY
    ls-files = !CANARY
    config = !CANARY
[credential]
    helper = !CANARY
[include]
    path = HOOKS/included
[remote "origin"]
    url = ext::CANARY
    promisor = true
    partialclonefilter = blob:none
    uploadpack = CANARY
[uploadpack]
    packObjectsHook = CANARY
[pager]
    log = CANARY
    config = CANARY
[interactive]
    diffFilter = CANARY
[mailmap]
    file = HOOKS/mailmap
[trace2]
    eventTarget = HOOKS/trace
    normalTarget = HOOKS/trace
"""


@pytest.fixture
def trap(new_repository: Make, tmp_path: Path) -> tuple[Workshop, Path]:
    """Return a repository whose configuration runs a program wherever git has a place for one, and the program's mark."""
    repository = new_repository("trap")
    repository.commit(
        files={
            ".gitattributes": "* filter=evil diff=evil merge=evil text eol=crlf\n",
            "README.md": "# R\n\n[a](docs/a.md)\n",
            "docs/a.md": "# A\n",
            "src/a.py": "x = 1\n",
            "CODEOWNERS": "* @a\n",
        }
    )
    repository.commit(files={"docs/a.md": "# B\n"})
    repository.git("tag", "-a", "v1", "-m", "one")
    hooks, ran = tmp_path / "hooks", tmp_path / "ran"
    hooks.mkdir()
    canary = hooks / "canary"
    canary.write_text(f'#!/bin/sh\necho "$0 $@" >> {ran}\ncat\n')
    canary.chmod(0o755)
    for hook in ("post-index-change", "pre-commit", "post-checkout", "reference-transaction", "fsmonitor-watchman"):
        (hooks / hook).symlink_to(canary)
        (repository.path / ".git" / "hooks" / hook).unlink(missing_ok=True)
        (repository.path / ".git" / "hooks" / hook).symlink_to(canary)
    (hooks / "included").write_text(f"[core]\n    fsmonitor = {canary}\n[diff]\n    external = {canary}\n")
    with (repository.path / ".git" / "config").open("a") as file:
        file.write(CONFIGURED.replace("CANARY", str(canary)).replace("HOOKS", str(hooks)))
    repository.write("src/a.py", "x = 2\n")  # changed: git would have to run the clean filter
    repository.write("new.py", "x = 2\n")
    repository.write("docs/a.md", "# B\n")  # same content, other times: git would refresh its index
    os.utime(repository.path / "README.md", (1, 1))
    return repository, ran


def test_no_command_runs_a_program_of_the_repository_or_changes_a_byte(trueline: Run, trap: tuple[Workshop, Path]):
    repository, ran = trap
    before = everything_in(repository.path)

    for words in READING:
        place = ("scan", repository.path, *words[2:]) if words[0] == "scan" else (*words, "-C", repository.path)
        said = trueline(*place).is_told_well()
        assert said.status in (0, 3), (words, said)
        assert not ran.exists(), (words, ran.read_text())

    assert everything_in(repository.path) == before


@pytest.mark.parametrize("place", ["a bare one", "a worktree", "a folder inside"])
def test_other_ways_in_change_nothing_either(trueline: Run, trap: tuple[Workshop, Path], tmp_path: Path, place: str):
    repository, ran = trap
    start = repository.path / ("docs" if "inside" in place else ".git")
    if "worktree" in place:
        plain = [
            "-c",
            "core.fsmonitor=false",
            "-c",
            f"core.hooksPath={os.devnull}",
            "-c",
            "filter.evil.process=",
            "-c",
            "core.splitIndex=false",
        ]
        repository.git(*plain, "worktree", "add", "-q", "--no-checkout", "--detach", str(tmp_path / "side"))
        start = tmp_path / "side"
    ran.unlink(missing_ok=True)
    before = everything_in(repository.path)

    trueline("scan", start).answers()

    assert not ran.exists()
    assert everything_in(repository.path) == before


def test_a_scan_started_inside_leaves_nothing_behind(installed: Run, new_repository: Make, tmp_path: Path):
    repository = new_repository()
    repository.commit(files={"README.md": "# R\n"})
    (tmp_path / "home").mkdir()
    before = everything_in(repository.path)
    temporary = tmp_path / "temporary"
    temporary.mkdir()

    installed("scan", cwd=repository.path, HOME=str(tmp_path / "home"), TMPDIR=str(temporary)).answers()
    installed(
        "query", "select 1 as n", cwd=repository.path, HOME=str(tmp_path / "home"), TMPDIR=str(temporary)
    ).answers()

    assert everything_in(repository.path) == before
    assert everything_in(temporary) == {}
    assert everything_in(tmp_path / "home") == {}


def test_a_scan_does_not_write_where_the_settings_of_the_repository_point(
    trueline: Run, new_repository: Make, tmp_path: Path
):
    victim, repository = new_repository("victim"), new_repository("hostile")
    victim.commit(files={"README.md": "# V\n"})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    repository.commit(
        files={
            "README.md": "# R\n",
            "trueline.toml": f'[lake]\npath = "{elsewhere}/lake"\n\n[[repository]]\nname = "v"\npath = "{victim.path}"\n\n'
            '[practices]\npaths = ["p"]\n\n[feeds.f]\ntable = "commits"\npath = "/etc/passwd"\n\n[records]\n"**" = "decision"\n',
            "p/practice.yaml": "title: P\npurpose: P.\naccountable: role:x\nduties: [ownership]\n",
        }
    )
    before = {place: everything_in(place) for place in (victim.path, repository.path, elsewhere)}

    for form in ("text", "json", "html"):
        said = trueline("scan", repository.path, "--format", form).is_told_well()
        assert "root:" not in said.out + said.err

    assert {place: everything_in(place) for place in before} == before


def test_an_answer_is_written_where_the_user_says_and_nowhere_else(trueline: Run, new_repository: Make, tmp_path: Path):
    repository = new_repository()
    repository.commit(files={"README.md": "# R\n"})

    assert trueline("scan", repository.path, "--format", "html", "-o", tmp_path / "page.html").answers().out == ""
    assert (tmp_path / "page.html").read_text().startswith("<!")
    trueline("scan", repository.path, "-o", tmp_path / "no" / "page.txt").refuses("cannot be written")
    trueline("query", "select 1 as n", "-C", repository.path, "-o", tmp_path / "no" / "x").refuses("cannot be written")
