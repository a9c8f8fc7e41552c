"""Installing the gate: files that forges understand, never over what is there, and hooks that work."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from .conftest import Said, Workshop, git_environment
from .test_gate import CART

Trueline = Callable[..., Said]


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    shop = new_repository("shop")
    shop.commit("Begin", {"tests/test_cart.py": CART})
    return shop


@pytest.mark.parametrize(
    ("where", "file", "depth"),
    [
        ("github", ".github/workflows/trueline-gate.yml", "fetch-depth: 0"),
        ("gitlab", ".gitlab/trueline-gate.yml", 'GIT_DEPTH: "0"'),
    ],
)
def test_a_forge_gets_one_file_that_states_the_fetch_depth(shop, trueline, where, file, depth):
    said = trueline("gate", "-C", shop.path, "--install", where).answers()

    content = (shop.path / file).read_text()
    assert yaml.safe_load(content)
    assert depth in content
    assert depth.split(":")[0] in said.out


def test_installing_twice_changes_nothing(shop, trueline):
    trueline("gate", "-C", shop.path, "--install", "github").answers()

    assert "is there already" in trueline("gate", "-C", shop.path, "--install", "github").answers().out


@pytest.mark.parametrize("where", ["github", "pre-commit"])
def test_what_is_there_is_never_written_over(shop, trueline, where):
    own = shop.path / {"github": ".github/workflows/trueline-gate.yml", "pre-commit": ".git/hooks/pre-commit"}[where]
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("mine\n")

    trueline("gate", "-C", shop.path, "--install", where).refuses("is there already")

    assert own.read_text() == "mine\n"


def test_a_link_out_of_the_repository_is_not_written_through(shop, trueline, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (shop.path / ".github").symlink_to(tmp_path / "elsewhere")

    trueline("gate", "-C", shop.path, "--install", "github").refuses("is a link")

    assert not list((tmp_path / "elsewhere").iterdir())


def test_pre_receive_is_for_bare_repositories(shop, trueline):
    trueline("gate", "-C", shop.path, "--install", "pre-receive").refuses("bare")


def push(shop: Workshop, cache: Path, ref: str) -> subprocess.CompletedProcess[bytes]:
    """Push to origin, with the program on the path of the hook."""
    environment = git_environment() | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "TRUELINE_CACHE_DIR": str(cache),
    }
    command = ["git", "push", "-q", "origin", ref]
    return subprocess.run(command, cwd=shop.path, env=environment, capture_output=True, check=False)


def test_a_push_that_blocks_is_refused_by_the_server_and_a_clean_one_is_taken(shop, trueline, own_places, tmp_path):
    shop.commit("Settings", {"trueline.toml": 'schema = 1\n[rules."gate.rules_changed"]\nmode = "block"\n'})
    shop.git("clone", "-q", "--bare", str(shop.path), str(tmp_path / "server.git"))
    trueline("gate", "-C", tmp_path / "server.git", "--install", "pre-receive").answers()
    shop.git("remote", "add", "origin", str(tmp_path / "server.git"))

    shop.git("checkout", "-q", "-b", "bad")
    shop.commit("Loosen", {"trueline.toml": "schema = 1\n"})
    refused = push(shop, own_places, "bad")
    shop.git("checkout", "-q", "-b", "good", "main")
    shop.commit("Good", {"shop.py": "x = 1\n"})
    taken = push(shop, own_places, "good")

    assert refused.returncode != 0
    assert b"goes from block to advise" in refused.stderr
    assert taken.returncode == 0, taken.stderr


@pytest.mark.parametrize("ci", ["", "true"])
def test_the_pre_commit_hook_stops_what_blocks(shop, trueline, own_places, ci):
    shop.commit("Settings", {"trueline.toml": 'schema = 1\n[rules."gate.rules_changed"]\nmode = "block"\n'})
    shop.git("checkout", "-q", "-b", "change")
    trueline("gate", "-C", shop.path, "--install", "pre-commit").answers()
    shop.write("trueline.toml", "schema = 1\n")
    shop.git("add", "-A")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    done = subprocess.run(
        ["git", "commit", "-q", "-m", "Loosen"],
        cwd=shop.path,
        env=git_environment() | {"PATH": path, "TRUELINE_CACHE_DIR": str(own_places), "CI": ci},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert shop.git("log", "-1", "--format=%s") == "Settings"
