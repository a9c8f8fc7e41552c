from __future__ import annotations

from pathlib import Path

import pytest

from trueline.model.errors import UsageError
from trueline.settings.discovery import find_file, load_settings


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearest_file_upward_is_read(tmp_path: Path):
    write(tmp_path / "trueline.toml", 'name = "far"')
    near = write(tmp_path / "a/trueline.toml", 'name = "near"')
    (tmp_path / "a/b").mkdir()

    settings = load_settings(tmp_path / "a/b", {})

    assert settings.file == near
    assert (settings.name, settings.origin("name")) == ("near", "../trueline.toml:1")
    assert settings.root == tmp_path / "a"


def test_a_pyproject_that_does_not_speak_to_trueline_is_passed_over_even_when_broken(tmp_path: Path):
    above = write(tmp_path / "trueline.toml", "")
    write(tmp_path / "a/pyproject.toml", "[project\n")

    assert find_file(tmp_path / "a") == above


def test_trueline_toml_prevails_over_pyproject_beside_it(tmp_path: Path):
    write(tmp_path / "pyproject.toml", '[tool.trueline]\nname = "second"')
    assert load_settings(tmp_path, {}).name == "second"

    write(tmp_path / "trueline.toml", 'name = "first"')
    assert load_settings(tmp_path, {}).name == "first"


def test_a_flag_prevails_over_the_environment_over_the_file_over_the_default(tmp_path: Path):
    environ = {"TRUELINE_LAKE_PATH": "from-environment"}
    assert load_settings(tmp_path, {}).origin("lake.path") == "default"

    write(tmp_path / "trueline.toml", '[lake]\npath = "from-file"')
    of_file = load_settings(tmp_path, {})
    of_environment = load_settings(tmp_path, environ)
    of_flag = load_settings(tmp_path, environ, {"lake.path": "from-flag"})

    assert [(s.lake, s.origin("lake.path")) for s in (of_file, of_environment, of_flag)] == [
        (tmp_path / "from-file", "trueline.toml:2"),
        (tmp_path / "from-environment", "environment TRUELINE_LAKE_PATH"),
        (tmp_path / "from-flag", "flag --lake"),
    ]


def test_without_files_only_flags_and_environment_count(tmp_path: Path):
    write(tmp_path / "trueline.toml", 'name = "x"')
    settings = load_settings(tmp_path, {"TRUELINE_PRACTICES_PATHS": "a:b"}, use_file=False)
    assert (settings.name, settings.practices) == (None, (tmp_path / "a", tmp_path / "b"))


def test_a_file_that_the_user_names_must_be_there(tmp_path: Path):
    with pytest.raises(UsageError, match="no such file"):
        load_settings(tmp_path, {}, config=Path("gone.toml"))


def test_a_pyproject_that_the_user_names_must_speak_to_trueline(tmp_path: Path):
    write(tmp_path / "pyproject.toml", "[project]\n")
    with pytest.raises(UsageError, match=r"has no \[tool.trueline\]"):
        load_settings(tmp_path, {}, config=Path("pyproject.toml"))
