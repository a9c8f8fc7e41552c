from __future__ import annotations

from pathlib import Path

import pytest

from trueline.model.errors import UsageError
from trueline.settings.places import cache_directory, config_directory, ready, repository_directory


def test_variables_prevail_over_the_platform(tmp_path: Path):
    environ = {"TRUELINE_CACHE_DIR": str(tmp_path / "cache"), "TRUELINE_CONFIG_DIR": str(tmp_path / "config")}
    assert cache_directory(environ) == tmp_path / "cache"
    assert config_directory(environ) == tmp_path / "config"
    assert cache_directory({"TRUELINE_CACHE_DIR": ""}).name == "trueline"
    assert config_directory({}).is_absolute()


def test_a_repository_keeps_its_directory_however_it_is_reached(tmp_path: Path):
    (tmp_path / "berth").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "berth")
    direct = repository_directory(tmp_path, tmp_path / "berth")
    assert repository_directory(tmp_path, tmp_path / "link") == direct
    assert repository_directory(tmp_path, tmp_path / "x/../berth") == direct
    assert direct.name.startswith("berth-")


def test_repositories_of_one_name_do_not_share_a_directory(tmp_path: Path):
    names = {repository_directory(tmp_path, tmp_path / parent / "berth").name for parent in ("a", "b")}
    assert len(names) == 2


@pytest.mark.parametrize("name", ["a b\nc", "..hidden", "ünï", "x" * 200, "\udcff"])
def test_hostile_folder_names_give_a_plain_directory_name(tmp_path: Path, name: str):
    made = repository_directory(tmp_path, tmp_path / name)
    assert made.parent == tmp_path
    assert made.name.isascii()
    assert made.name.isprintable()
    assert " " not in made.name
    assert len(made.name) <= 60


def test_a_directory_is_made_for_its_user_alone(tmp_path: Path):
    made = ready(tmp_path / "a" / "b")
    assert made.is_dir()
    assert made.stat().st_mode & 0o077 == 0
    assert list(made.iterdir()) == []


def test_a_directory_that_cannot_be_used_names_the_variable_to_set(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError) as raised:
        ready(tmp_path / "file" / "cache")
    assert "not a directory" in raised.value.message
    assert raised.value.fix == "Set TRUELINE_CACHE_DIR to a directory that you can read and write."
