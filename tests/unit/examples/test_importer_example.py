"""The outside importer is an importer like any other."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from typing import Any

import pytest

from trueline.sources.requirements.importer import Importer
from trueline.sources.requirements.registry import GROUP

PACKAGE = Path(__file__).parents[3] / "examples" / "importer-example"


@pytest.fixture(scope="module")
def pledges() -> Importer:
    file = PACKAGE / "src" / "trueline_importer_example" / "__init__.py"
    spec = importlib.util.spec_from_file_location("trueline_importer_example", file)
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Importer = module.PLEDGES
    return found


def test_the_entry_point_names_the_importer():
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"][GROUP] == {"pledges": "trueline_importer_example:PLEDGES"}


def test_the_example_of_its_page_is_read(pledges: Importer):
    text = (PACKAGE / "README.md").read_text(encoding="utf-8").split("```")[1].lstrip("\n")
    (item,) = pledges.import_("", text.encode()).items
    assert (item.item_id, item.title, item.owner, item.line, item.col) == (
        "PLEDGE-3", "Lights on the quay", "harbour master", 1, 8,
    )  # fmt: skip
    assert item.text == "The quay must be lit from dusk to dawn."
    assert [(link.role, link.to_id, link.line, link.col) for link in item.links] == [("covers", "REQ-12", 3, 11)]


def test_a_pledge_that_says_nothing_is_told_with_its_place(pledges: Importer):
    (problem,) = pledges.import_("", b"pledge A-1 x\n  It must.\npledge A-2\n").problems
    assert (problem.line, problem.col, problem.message) == (3, 8, "pledge A-2 says nothing")


def test_other_files_and_other_texts_cost_nothing(pledges: Importer):
    assert pledges.dialect(b"a.md") is None
    assert pledges.import_("", b"no pledges here\n").items == ()
