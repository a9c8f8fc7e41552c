"""What somebody gets wrong in a first practice: each mistake is told once, at its place, with how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Said, Workshop

Run = Callable[..., Said]
Make = Callable[..., Workshop]

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-practice.md"
BLOCK = re.compile(r"^```(?:yaml|sql|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CHECK, CASES = "checks/flag_past_removal.sql", "cases/flag_past_removal.yaml"
METRIC, THING, VIEW = "metrics/open_flag_count.sql", "things/flags_outlived.sql", "views/open_flags.sql"
CHART = "charts/open_flag_count.vl.json"
FILES = (
    "practice.yaml",
    "records.yaml",
    VIEW,
    CHECK,
    CASES,
    METRIC,
    "cases/open_flag_count.yaml",
    CHART,
    THING,
    "cases/things/flags_outlived.yaml",
)
FLAG = "---\nkind: flag\nid: old\nowner: role:web\nremove_by: 2020-01-01\n---\nOld.\n"


class Flags:
    """The practice of the how-to in a repository with one flag, and the command line in it."""

    def __init__(self, repository: Workshop, run: Run) -> None:
        self.repository, self._run = repository, run
        self.folder = repository.path / "practices/flags"

    def change(self, file: str, old: str, new: str) -> int:
        """Put text in the place of other text, and return the line of it."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, (file, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def set(self, value: str, rule: str = "flags.flag_past_removal", parameter: str = "grace_days") -> None:
        self.repository.write(
            "settings/grace.md",
            f"---\nkind: rule_setting\nid: grace\nrule: {rule}\nparameter: {parameter}\nvalue: {value}\n"
            "reason: Ours are slow.\napproved_by: role:web\n---\nSo.\n",
        )

    def __call__(self, *words: str) -> Said:
        return self._run(*words, "-C", self.repository.path).is_told_well()


@pytest.fixture
def flags(new_repository: Make, trueline: Run) -> Flags:
    repository = new_repository()
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    for name, block in zip(FILES, blocks, strict=True):
        repository.write(f"practices/flags/{name}", block)
    repository.write("trueline.toml", 'schema = 1\n\n[practices]\npaths = ["practices/flags"]\n')
    repository.write("flags/old.md", FLAG)
    repository.commit(files={"README.md": "# R\n"})
    return Flags(repository, trueline)


def test_the_practice_of_the_how_to_is_clean(flags: Flags):
    assert flags("rule", "test", "flag_past_removal", "open_flag_count", "flags_outlived").status == 0
    assert flags("doctor").status == 0


def test_a_thing_that_names_what_it_does_not_select_is_left_out_and_told(flags: Flags):
    line = flags.change(THING, 'figure: "{value:,}"', 'figure: "{costs:,}"')

    scanned = flags("scan")

    assert scanned.status == 0
    assert f"{THING}:{line}: flags.flags_outlived is left out: figure names costs" in scanned.err
    for words in (("doctor",), ("rule", "test", "flags_outlived"), ("rule", "test")):
        said = flags(*words)
        assert f"{THING}:{line}: figure names costs" in said.out, said


def test_a_thing_is_shown_and_its_cases_run_by_name(flags: Flags):
    path = "practices/flags/cases/things/flags_outlived.yaml"
    flags.repository.write(path, "one open flag is told:\n  flags: [{flag_id: a}]\n  expect: [{value: 7}]\n")

    assert "{value|flag is|flags are}" in flags("rule", "show", "flags_outlived").out
    tested = flags("rule", "test", "flags_outlived")

    assert tested.status == 2
    assert "flags.flags_outlived, one open flag is told" in tested.out


@pytest.mark.parametrize("surprise", ["1.5", "-0.5", "1 + 0.5"])
def test_a_surprise_beyond_its_bounds_is_refused(flags: Flags, surprise: str):
    flags.change(THING, "0.5 as surprise", f"{surprise} as surprise")

    said = flags("scan")

    assert said.status == 0
    assert "surprise is" in said.err
    assert surprise == "1 + 0.5" or "from 0 to 1" in flags("rule", "test", "flags_outlived").out


def test_every_problem_of_a_case_file_is_told_in_one_run(flags: Flags):
    flags.repository.write(
        f"practices/flags/{CASES}",
        "no such day:\n  run: [{as_of: 2026-02-30}]\n  expect: []\n"
        "no day at all:\n  flags:\n    - {flag_id: a, remove_by: soon}\n    - {flag_id: a, remove_bye: 2026-01-01}\n"
        "  flgs: []\n  expect: []\n  result: hold\n",
    )

    said = flags("rule", "test", "flag_past_removal")

    assert said.status == 2
    for told in (
        f"{CASES}:2:17: case 'no such day': \"2026-02-30\" is not a date",
        f"{CASES}:6:31: case 'no day at all': remove_by must be of type date, not \"soon\"",
        f"{CASES}:7:20: case 'no day at all': table flags has no column remove_bye. Did you mean remove_by?",
        f"{CASES}:8:3: case 'no day at all': there is no table flgs. Did you mean flags?",
        f"{CASES}:10:11: case 'no day at all': there is no result \"hold\"",
    ):
        assert told in said.out, (told, said.out)


@pytest.mark.parametrize("command", [("check",), ("finding", "list")], ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (("ten",), 'must be a whole number, not "ten"'),
        (("10", "flags.flag_past_removal", "grace_dayz"), "Did you mean grace_days?"),
        (("10", "flags.flag_past_remova"), "Did you mean flags.flag_past_removal?"),
    ],
    ids=["value", "parameter", "rule"],
)
def test_a_setting_that_cannot_be_used_is_told_at_its_record(
    flags: Flags, command: tuple[str, ...], setting: tuple[str, ...], told: str
):
    flags.set(*setting)

    said, doctor = flags(*command), flags("doctor")

    assert said.status == 2
    assert "settings/grace.md:2" in said.err
    assert told in said.err
    assert doctor.status == 2
    assert told in doctor.out
    assert "Mend its SQL" not in doctor.out


def test_the_value_that_a_record_sets_is_shown_with_the_default(flags: Flags):
    flags.set("5")

    shown = flags("rule", "show", "flag_past_removal")

    assert "grace_days = 5 (default 14, set by settings/grace.md:2): A release" in shown.out


def test_a_misspelt_column_is_told_at_its_line_and_column(flags: Flags):
    line = flags.change(CHECK, "    o.owner,", "    o.ownr,")

    tested, ran = flags("rule", "test", "flag_past_removal"), flags("rule", "run", "flag_past_removal")

    assert f"{CHECK}:{line}:5: there is no column ownr. Did you mean owner?" in tested.out
    assert f"line {line}, column 5: there is no column ownr" in ran.out
    assert ran.status == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "col", "told"),
    [
        (CHECK, "from open_flags as o", "from open_flag as o", 6, "there is no table open_flag. Did you mean open_flags?"),
        (CHECK, "o.remove_by < run.as_of - to_days(parameters.grace_days)", "run.as_of - o.remove_by > 3", 17, "date minus date"),
        (CHECK, "o.remove_by < run.as_of - to_days(parameters.grace_days)", "o.remove_by + 30 < run.as_of", 19, "Use to_days(n)"),
        (CHECK, "    o.owner,", "    owner,", 5, "owner is written without its table"),
        (CHECK, "duty: standards", "duty: standard", 0, "there is no duty standard. Did you mean standards?"),
        (THING, "rule: flags.open_flag_count", "rule: flags.open_flags_count", 0, "Did you mean flags.open_flag_count?"),
    ],
    ids=["table", "date minus date", "date plus number", "unqualified", "duty", "rule of a thing"],
)  # fmt: skip
def test_lint_tells_the_place(flags: Flags, file: str, old: str, new: str, col: int, told: str):
    line = flags.change(file, old, new)
    place = f"{file}:{line}:" + (f"{col}:" if col else "")

    said = flags("rule", "test", Path(file).stem)

    assert said.status == 2
    (problem,) = [text for text in (said.out + said.err).splitlines() if told in text]
    assert place in problem


def test_a_misspelt_column_of_a_view_is_told_at_its_place_by_every_command(flags: Flags):
    line = flags.change(VIEW, "    f.owner,", "    f.ownr,")

    assert f"{VIEW}:{line}:5: there is no column ownr. Did you mean owner?" in flags("scan").err
    assert f"{VIEW}:{line}:5:" in flags("rule", "test", "flag_past_removal").out


def test_a_column_too_many_of_a_view_is_told_for_the_rule_that_reads_it(flags: Flags):
    flags.change(VIEW, "    f.owner,", "    f.owner,\n    f.reach,")

    assert "its header declares" in flags("rule", "test", "flag_past_removal").out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [('"mark": "bar"', '"mark": "barr"', "cannot be drawn"), ('"field": "value"', '"field": "valu"', "Did you mean value?")],
)  # fmt: skip
def test_a_chart_that_cannot_be_drawn_is_told(flags: Flags, old: str, new: str, told: str):
    pytest.importorskip("vl_convert")
    flags.change(CHART, old, new)

    said = flags("rule", "test", "open_flag_count")

    assert said.status == 2
    assert CHART in said.out
    assert told in said.out


def test_a_rule_of_another_sort_names_the_command_for_it(flags: Flags):
    assert (
        "is a metric, not a check. trueline metric show open_flag_count" in flags("rule", "run", "open_flag_count").err
    )
    assert "is a check, not a metric. trueline rule run" in flags("metric", "show", "flag_past_removal").err


@pytest.mark.parametrize(
    ("file", "old", "new", "places", "told"),
    [
        (VIEW, "owner: {type: varchar", "owner: {type: decimal", [f"{VIEW}:6:1:"], "Known: varchar"),
        (CHECK, "--- */", "", [f"{CHECK}:1:1:"], "not closed"),
        (VIEW, "from flags as f", "from open_flags as f", [f"{VIEW}:20:6:"], "reads itself"),
        ("practice.yaml", "duties: [standards]", "duties: [standards", ["practice.yaml:"], "not YAML"),
    ],
    ids=["type", "header", "itself", "practice"],
)  # fmt: skip
def test_one_mistake_is_one_problem(flags: Flags, file: str, old: str, new: str, places: list[str], told: str):
    flags.change(file, old, new)

    said = flags("check")

    assert said.status == 2
    (problem,) = said.err.strip().splitlines()
    assert all(place in problem for place in places), problem
    assert told in problem


def test_a_missing_folder_of_a_practice_is_told_at_the_settings(flags: Flags):
    flags.repository.write("trueline.toml", 'schema = 1\n\n[practices]\npaths = ["practices/flag"]\n')

    said = flags("scan")

    assert said.status == 2
    assert "trueline.toml:4: practices.paths names" in said.err


def test_one_of_something_is_told_in_the_singular(flags: Flags):
    assert "1 flag;" in flags("metric", "show", "open_flag_count").out
    assert "1 kind, 1 check, 1 metric" in flags("doctor").out
