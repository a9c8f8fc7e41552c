from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from trueline.model.errors import BadInput
from trueline.settings.settings import FeedSetting, Population, RepositorySetting, Settings
from trueline.settings.trueline_toml import read_settings

WHOLE = b"""\
schema = 1
name = "harbour"

[[repository]]
name = "berth"
path = "../berth"
branch = "main"

[[repository]]
url = "git@git.example:harbour/crane.git"

[practices]
paths = ["practices/fleet"]

[records]
"services/*.md" = "service"
"teams/**" = "team"

[feeds.deploys]
table = "deployments"
columns = {deployed_at = "finished", service_id = "app"}
population = {repositories = ["berth"], since = 2025-01-01}
format = "csv"
path = "feeds/deploys.csv"

[lake]
path = "lake"

[rules.late_release]
mode = "advise"
[rules.operations.service_without_on_call]
mode = "block"
"""


def read(content: bytes, name: str = "trueline.toml") -> Settings:
    return read_settings(Path("/handbook") / name, content, name)


def problems(content: bytes, name: str = "trueline.toml") -> list[str]:
    with pytest.raises(BadInput) as raised:
        read(content, name)
    return [str(problem) for problem in raised.value.problems]


def test_every_table_of_the_file_becomes_settings():
    settings = read(WHOLE)

    root = Path("/handbook")
    assert settings.name == "harbour"
    assert settings.repositories == (
        RepositorySetting("berth", root / "../berth", None, "main"),
        RepositorySetting(None, None, "git@git.example:harbour/crane.git", None),
    )
    assert settings.practices == (root / "practices/fleet",)
    assert list(settings.records.items()) == [("services/*.md", "service"), ("teams/**", "team")]
    assert settings.feeds == {
        "deploys": FeedSetting(
            name="deploys",
            table="deployments",
            columns={"deployed_at": "finished", "service_id": "app"},
            population=Population(("berth",), date(2025, 1, 1)),
            format="csv",
            path=root / "feeds/deploys.csv",
        )
    }
    assert settings.lake == root / "lake"
    assert settings.rules == {"late_release": "advise", "operations.service_without_on_call": "block"}


def test_every_setting_knows_the_line_it_comes_from():
    settings = read(WHOLE)

    assert settings.origin("name") == "trueline.toml:2"
    assert settings.origin("lake.path") == "trueline.toml:27"
    assert settings.origin("feeds.deploys") == "trueline.toml:19"
    assert read(b"").origin("lake.path") == "default"


def test_an_unknown_key_is_a_problem_at_its_place_with_a_suggestion():
    assert problems(b'name = "x"\n\n  nmae = "y"\n') == ['trueline.toml:3:3: "nmae" is no setting. Did you mean name?']
    assert problems(b'[[repository]]\npath = "a"\n[[repository]]\npath = "b"\nbrnch = "main"\n') == [
        'trueline.toml:5:1: "brnch" is no setting of repository 2. Did you mean branch?'
    ]


def test_all_problems_are_found_in_one_run():
    found = problems(
        b"""\
schema = 2
name = 7
[practices]
paths = ["a", 3]
[records]
"services/*" = true
[feeds.deploys]
format = "xml"
columns = []
population = {since = "2025"}
[rules.late]
mode = "loud"
[lake]
pth = "x"
[[repository]]
name = "a"
"""
    )

    assert found == [
        "trueline.toml:1:1: schema must be 1. Upgrade Trueline.",
        "trueline.toml:2:1: name must be text, not a number",
        "trueline.toml:4:15: practices.paths 2 must be text, not a number",
        "trueline.toml:6:1: records.services/* must be text, not true or false",
        "trueline.toml:7:1: feeds.deploys names no table. Say which table its rows are for.",
        'trueline.toml:8:1: feeds.deploys.format must be one of csv, jsonl, parquet, not "xml"',
        "trueline.toml:9:1: feeds.deploys.columns must be a table, not a list",
        'trueline.toml:10:15: feeds.deploys.population.since must be a date, not "2025". Write it as 2026-01-31, unquoted.',
        'trueline.toml:12:1: rules.late.mode must be one of off, advise, block, not "loud"',
        'trueline.toml:14:1: "pth" is no setting of lake. Did you mean path?',
        "trueline.toml:15:1: repository 1 has neither path nor url. Say where it is.",
    ]


@pytest.mark.parametrize("url", ["ext::sh -c true", "--upload-pack=true", "-x@host:path", "https://a b"])
def test_a_url_that_could_make_git_run_a_program_is_refused(url: str):
    found = problems(f'[[repository]]\nurl = "{url}"\n'.encode())
    assert len(found) == 1
    assert found[0].startswith("trueline.toml:2:1: repository 1, url must be a https, ssh, git or file URL")


def test_a_branch_that_git_would_take_for_an_option_is_refused():
    assert len(problems(b'[[repository]]\npath = "."\nbranch = "--all"\n')) == 1


def test_two_repositories_of_one_name_are_a_problem_at_the_second():
    assert problems(b'[[repository]]\nname="a"\npath="x"\n[[repository]]\nname="a"\npath="y"\n') == [
        'trueline.toml:5:1: a repository is or was named "a" above. Give each its own name.'
    ]


def test_a_syntax_error_has_its_own_place():
    assert problems(b'name = "x"\nlake = = 1\n')[0].startswith("trueline.toml:2:8: is not valid TOML: ")
    assert problems(b'name = "x\n')[0].startswith("trueline.toml:1:")
    assert problems(b"[lake]\npath = [\n")[0].startswith("trueline.toml:2:1: is not valid TOML: ")


def test_what_is_no_utf_8_is_a_problem_at_the_first_bad_byte():
    assert problems(b'name = "x"\nb = "\xff"\n') == ["trueline.toml:2:6: is not UTF-8 text. Save the file as UTF-8."]


def test_a_byte_order_mark_and_windows_newlines_change_nothing():
    plain = read(WHOLE)
    assert read(b"\xef\xbb\xbf" + WHOLE.replace(b"\n", b"\r\n")) == plain


@pytest.mark.parametrize(
    "content",
    [b"a = " + b"[" * 100_000, b"a = " + b"9" * 10_000, b"#" * 1_000_001],
    ids=["deep", "long number", "large"],
)
def test_a_bomb_is_one_problem_and_no_traceback(content: bytes):
    assert len(problems(content)) == 1


def test_pyproject_speaks_in_its_own_table_and_has_its_own_lines():
    content = b'[project]\nname = "x"\n\n[tool.trueline]\nname = "harbour"\n[tool.trueline.lake]\npath = "lake"\n'

    settings = read(content, "pyproject.toml")

    assert settings.name == "harbour"
    assert settings.origin("lake.path") == "pyproject.toml:7"
    assert problems(content + b"size = 3\n", "pyproject.toml") == [
        'pyproject.toml:8:1: "size" is no setting of tool.trueline.lake. Known: path.'
    ]


def test_a_feed_may_leave_columns_out_and_give_times_a_zone():
    text = b'[feeds.deploys]\ntable = "deployments"\nignore = ["url"]\nzone = "Europe/Lisbon"\n'

    assert read(text).feeds["deploys"] == FeedSetting("deploys", "deployments", ignore=("url",), zone="Europe/Lisbon")
    assert problems(text.replace(b'["url"]', b'"url"')) == [
        'trueline.toml:3:1: feeds.deploys.ignore must be a list, not "url"'
    ]


def test_a_former_name_belongs_to_one_repository():
    assert problems(
        b'[[repository]]\nname="a"\npath="x"\n[[repository]]\nname="b"\npath="y"\nformer_names=["c", "a"]\n'
    ) == [
        (
            'trueline.toml:7:20: "a" is the name of a repository, now or formerly, above. '
            "A former name belongs to one repository, and is no current one."
        )
    ]
