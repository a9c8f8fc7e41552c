from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from trueline.model.errors import GitRefused
from trueline.sources.git import Git, open_repository


def _everything(path: Path) -> dict[str, tuple[int, int]]:
    return {str(item): (item.stat().st_mtime_ns, item.stat().st_size) for item in path.rglob("*") if item.is_file()}


def _program(path: Path, trace: Path) -> str:
    path.write_text(f"#!/bin/sh\necho ran >> {trace}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_output_returns_all_that_git_prints(new_repository):
    shop = new_repository()
    commit_id = shop.commit()
    assert Git(shop.path).output("rev-parse", "HEAD") == commit_id.encode() + b"\n"


def test_stream_yields_in_chunks_what_output_returns_at_once(new_repository):
    shop = new_repository()
    shop.commit(files={"big.txt": "x" * 1_000_000})
    asked = ("cat-file", "--batch")

    chunks = list(Git(shop.path).stream(*asked, stdin=b"HEAD:big.txt\nHEAD^{tree}\n"))

    assert len(chunks) > 1
    assert b"".join(chunks) == Git(shop.path).output(*asked, stdin=b"HEAD:big.txt\nHEAD^{tree}\n")


def test_a_failure_says_what_git_said(new_repository):
    shop = new_repository()
    shop.commit()
    with pytest.raises(GitRefused, match=r"git log ended with status 128: .*nonsense"):
        Git(shop.path).output("log", "nonsense")


def test_a_stream_that_fails_raises_after_its_last_chunk(new_repository):
    shop = new_repository()
    first = shop.commit(files={"a": "1"})
    shop.commit(files={"a": "2"})
    shop.commit(files={"a": "3"})
    (shop.path / ".git" / "objects" / first[:2] / first[2:]).unlink()
    seen = []

    with pytest.raises(GitRefused, match="git log"):
        seen.extend(Git(shop.path).stream("log", "--format=%s"))

    assert b"".join(seen) == b"Change something\n"


def test_a_stream_left_early_stops_git_without_complaint(new_repository):
    shop = new_repository()
    shop.commit(files={"big.txt": os.urandom(3_000_000)})
    stream = Git(shop.path).stream("cat-file", "blob", "HEAD:big.txt")
    assert len(next(stream)) > 0
    stream.close()


def test_an_accepted_status_is_an_answer(new_repository):
    shop = new_repository()
    assert Git(shop.path).output("rev-parse", "--verify", "--quiet", "HEAD", accept=(0, 1)) == b""


@pytest.mark.parametrize("command", ["commit", "fetch", "status", "diff", "gc", "update-ref"])
def test_a_command_that_writes_or_runs_filters_is_not_let_through(tmp_path, command):
    with pytest.raises(ValueError, match="only reads"):
        Git(tmp_path).output(command)


def test_control_characters_in_what_git_said_reach_nobody(new_repository):
    shop = new_repository()
    shop.commit()
    with pytest.raises(GitRefused) as raised:
        Git(shop.path).output("log", "\x1bred")
    assert "\x1b" not in raised.value.message


def test_the_configuration_of_a_repository_starts_no_program_and_changes_no_output(new_repository, tmp_path):
    shop = new_repository()
    shop.commit(files={"a.txt": "1\n", ".gitattributes": "* diff=evil filter=evil\n"})
    shop.commit(files={"a.txt": "2\n"})
    asked = ("log", "--raw", "--numstat", "-z", "-M", "--format=%H %s")
    before = Git(shop.path).output(*asked)
    trace = tmp_path / "trace"
    program = _program(tmp_path / "evil.sh", trace)
    for name in (
        "core.fsmonitor", "diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean",
        "filter.evil.smudge", "core.pager", "pager.log", "gpg.program", "core.sshCommand", "alias.log",
        "core.alternateRefsCommand", "core.askPass", "credential.helper", "core.editor", "sequence.editor",
    ):  # fmt: skip
        shop.git("config", name, program)
    for name, value in (
        ("core.hooksPath", str(tmp_path)), ("log.showSignature", "true"), ("log.follow", "true"),
        ("log.showRoot", "false"), ("diff.renames", "false"), ("diff.noprefix", "true"), ("log.date", "relative"),
        ("diff.orderFile", str(tmp_path / "none")), ("diff.relative", "true"), ("log.mailmap", "false"),
    ):  # fmt: skip
        shop.git("config", name, value)

    assert Git(shop.path).output(*asked) == before
    assert not trace.exists()
    shop.git("-c", f"diff.orderFile={os.devnull}", "status")
    assert trace.exists(), "the trap was never armed"


def test_the_environment_of_the_user_changes_nothing(new_repository, tmp_path, monkeypatch):
    shop = new_repository()
    commit_id = shop.commit()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'log.showroot=false'")
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert Git(shop.path).output("rev-parse", "HEAD").decode().strip() == commit_id
    assert not (tmp_path / "trace").exists()


def test_reading_writes_nothing_into_the_repository(new_repository):
    shop = new_repository()
    shop.commit(files={"a": "1"})
    (shop.path / "a").touch()
    before = _everything(shop.path)

    repository = open_repository(shop.path)
    repository.main_line()
    Git(shop.path).output("ls-files", "--stage", "--others")
    list(Git(shop.path).stream("log", "--raw", "-M"))

    assert _everything(shop.path) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs the right to give files away")
def test_the_checkout_of_another_user_is_readable(new_repository):
    shop = new_repository()
    commit_id = shop.commit()
    for path in (shop.path, *shop.path.rglob("*")):
        os.chown(path, 12345, 12345)
    assert open_repository(shop.path).main_line().commit_id == commit_id


def test_without_git_the_error_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitRefused, match=r"not installed.*Install git"):
        Git(tmp_path).output("version")
