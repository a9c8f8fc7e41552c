"""What exists is documented, what is linked is there, and what ARCHITECTURE.md names exists."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from docs_build.commands import every_command
from docs_build.declared import declared
from docs_build.markdown import anchor
from docs_build.settings import ENVIRONMENT, SETTINGS

from trueline.app.gate_rules import is_gate_rule, known_gate_rule
from trueline.rules.registry import find_rule
from trueline.settings import trueline_toml
from trueline.surfaces.cli import exit_status

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
DEFINITIONS = declared()
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "handbook/**/*.md", "changelog.d/README.md", "examples/*/README.md")
    for path in ROOT.glob(pattern)
)
FENCE = re.compile(r"^( *)(`{3,}).*?^\1\2 *$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
TOML = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"`([\w.<>*/-]+/[\w.<>*/-]*|[A-Z]+\.md|\.importlinter|[a-z]+\.toml)`")
VARIABLE = re.compile(r"\bTRUELINE_[A-Z_]+\b")


def reference(page: str) -> str:
    return (REFERENCE / page).read_text(encoding="utf-8")


def test_every_command_and_option_is_documented():
    sections = re.split(r"^## ", reference("commands.md"), flags=re.MULTILINE)
    by_command = {section.split("\n")[0].strip("`"): section for section in sections}
    missing = [
        f"trueline {' '.join(words)} {option}"
        for words, command in every_command()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option not in by_command.get(" ".join(("trueline", *words)), "")
    ]
    assert missing == []


def test_every_command_tells_what_it_is_for_and_gives_an_example():
    silent = [" ".join(words) for words, command in every_command() if not command.help]
    without = [
        " ".join(words)
        for words, command in every_command()
        if not isinstance(command, click.Group)
        and "`trueline " not in (command.epilog or "")
        and f"(trueline {' '.join(words)}" not in (command.epilog or "")
    ]
    assert (silent, without) == ([], [])


def test_every_exit_status_is_documented():
    assert [status for status in exit_status.MEANING if f"| `{status}` |" not in reference("exit-status.md")] == []


def test_every_rule_and_thing_is_documented():
    names = [rule.id for rule in (*DEFINITIONS.rules, *DEFINITIONS.things)]
    assert [name for name in names if f"`{name}`" not in reference("rules.md")] == []


def test_every_table_and_column_is_documented():
    page = reference("tables.md")
    sections = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", page, flags=re.MULTILINE | re.DOTALL))
    missing = [
        f"{table.name}.{column.name}"
        for table in DEFINITIONS.tables.values()
        for column in table.columns
        if f"| `{column.name}` |" not in sections.get(table.name, "")
    ]
    assert missing == []


def test_every_duty_and_need_is_documented():
    page = reference("duties.md")
    assert [duty.id for duty in DEFINITIONS.duties if f"### `{duty.id}`" not in page] == []
    needs = {need.id for duty in DEFINITIONS.duties for need in duty.needs}
    assert [need for need in needs if f"`{need}`" not in page] == []


def test_every_kind_and_field_is_documented():
    page = reference("records.md")
    missing = [
        f"{kind.name}.{field.name}"
        for kind in DEFINITIONS.kinds.values()
        for field in kind.fields
        if f"| `{field.name}` |" not in page.partition(f"## `{kind.name}`")[2].partition("\n## ")[0]
    ]
    assert missing == []


def test_every_key_of_the_settings_file_is_documented_and_no_other():
    known = {
        *(
            key
            for key in trueline_toml._TOP
            if key not in ("repository", "practices", "records", "feeds", "lake", "rules", "gate")
        ),
        *(f"repository[].{key}" for key in trueline_toml._REPOSITORY),
        *(f"feeds.NAME.{key}" for key in trueline_toml._FEED if key != "population"),
        *("feeds.NAME.population.repositories", "feeds.NAME.population.since"),
        *(f"gate.{key}" for key in trueline_toml._GATE),
        *("practices.paths", "records.GLOB", "lake.path", "rules.NAME.mode"),
    }
    assert set(SETTINGS) == known


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_settings_file_that_a_page_shows_is_accepted_and_names_rules_that_exist(path: Path):
    for block in TOML.findall(path.read_text(encoding="utf-8")):
        if "[project" in block:
            continue
        settings = trueline_toml.read_settings(ROOT / "trueline.toml", block.encode(), path.name)
        of_gate = [name for name in settings.rules if is_gate_rule(name)]
        others = [name for name in settings.rules if name not in of_gate]
        assert [known_gate_rule(name) for name in of_gate] == of_gate
        assert [find_rule(name, DEFINITIONS.rules).name for name in others] == others


def test_every_environment_variable_is_documented():
    sources = (ROOT / "src" / "trueline").rglob("*.py")
    read = {name for path in sources for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    assert read - ENVIRONMENT.keys() == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(path: Path):
    dead = [
        target
        for target in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
        if not re.match(r"[a-z]+:", target) and not leads_somewhere(path, target)
    ]
    assert dead == []


def leads_somewhere(path: Path, target: str) -> bool:
    name, _, fragment = target.partition("#")
    goal = (path.parent / name).resolve() if name else path
    if not goal.exists():
        return False
    return not fragment or fragment in anchors(goal)


def anchors(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    written = re.findall(r'<a id="([^"]+)">', text)
    return {*written, *(anchor(heading) for heading in HEADING.findall(FENCE.sub("", text)))}


def test_the_architecture_fits_on_two_screens():
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 80


def test_every_path_that_the_architecture_names_exists():
    text = FENCE.sub("", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    patterns = {re.sub(r"<\w+>", "*", place) for place in PLACE.findall(text)}
    bases = ("", "src/trueline/", "tests/", "src/trueline/practices/*/")
    gone = [pattern for pattern in patterns if not any(any(ROOT.glob(base + pattern.rstrip("/"))) for base in bases)]
    assert gone == []


def test_every_folder_of_the_package_is_a_layer_of_the_architecture():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    layers = {path.parent.name for path in (ROOT / "src" / "trueline").glob("*/__init__.py")}
    assert {layer for layer in layers if f"| `{layer}/` |" not in text} == set()
