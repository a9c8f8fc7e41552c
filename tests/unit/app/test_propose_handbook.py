"""What `init` proposes from what it finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trueline.app.handbook import handbook_of
from trueline.app.init import Proposal, propose, write
from trueline.settings.trueline_toml import read_settings

Opened = Callable[..., Any]

CODEOWNERS = "* @acme/platform @ana\n/services/billing/ @acme/payments\n/web/ @bea tom@acme.test\nbad[ @acme/skipped\n"
READABLE = "---\ntitle: Whole cents\nstatus: accepted\n---\n# Whole cents\n"
UNREADABLE = "# Whole cents\n\n## Status\n\nAccepted\n"


def paths(proposal: Proposal) -> list[str]:
    return [file.path for file in proposal.files]


def content(proposal: Proposal, path: str) -> str:
    return next(file.content for file in proposal.files if file.path == path)


def test_an_empty_directory_gets_settings_and_a_charter(opened: Opened):
    proposal = propose(*opened())

    assert paths(proposal) == ["trueline.toml", "handbook/charters/head-of-engineering.md"]


def test_what_is_proposed_is_read_without_a_problem_and_gives_rows(opened: Opened):
    files = {".github/CODEOWNERS": CODEOWNERS, "services/billing/Dockerfile": "FROM x\n", "web/package.json": "{}"}
    files |= {"docs/adr/0001-cents.md": READABLE, "rfcs/0001-other.md": UNREADABLE}
    workspace, definitions = opened(**files)

    write(propose(workspace, definitions))

    workspace, definitions = opened()
    read = handbook_of(workspace).records(definitions.kinds, {})
    assert read.problems == ()
    counts = {table: len(rows) for table, rows in read.rows.items() if rows}
    assert counts == {"charters": 1, "teams": 2, "services": 2, "decisions": 1}


def test_teams_come_from_codeowners_and_persons_never(opened: Opened):
    proposal = propose(*opened(CODEOWNERS=CODEOWNERS))

    teams = [path for path in paths(proposal) if path.startswith("handbook/teams/")]
    assert teams == ["handbook/teams/platform.md", "handbook/teams/payments.md"]
    text = "".join(file.content + file.why for file in proposal.files)
    assert not [name for name in ("@ana", "@bea", "tom@", "skipped") if name in text]


def test_two_teams_of_one_name_get_ids_of_their_own(opened: Opened):
    proposal = propose(*opened(CODEOWNERS="/a @acme/web\n/b @north/web\n"))

    teams = [path for path in paths(proposal) if path.startswith("handbook/teams/")]
    assert teams == ["handbook/teams/web.md", "handbook/teams/north-web.md"]


def test_a_service_has_the_one_team_that_owns_its_files_and_its_stage_is_never_guessed(opened: Opened):
    files = {"CODEOWNERS": CODEOWNERS, "services/billing/Dockerfile": "", "web/package.json": "{}"}
    proposal = propose(*opened(**files))

    billing = content(proposal, "handbook/services/billing.md")
    assert "\nteam: payments\n" in billing
    assert "\npaths: [services/billing/**]\n" in billing
    assert "\n# lifecycle:\n" in billing
    assert "\n# team:\n" in content(proposal, "handbook/services/web.md")


def test_examples_and_tests_are_no_services_and_the_root_is_one_only_where_no_folder_is(opened: Opened):
    files = {"pyproject.toml": "", "examples/shop/package.json": "{}", "tests/pyproject.toml": ""}
    proposal = propose(*opened(**files))

    services = [path for path in paths(proposal) if path.startswith("handbook/services/")]
    assert services == ["handbook/services/home.md"]
    assert '\npaths: ["**"]\n' in content(proposal, services[0])


def test_of_many_folders_a_few_are_proposed_and_the_rest_is_said(opened: Opened):
    proposal = propose(*opened(**{f"apps/s{n}/package.json": "{}" for n in range(9)}, **{"zoo/Dockerfile": ""}))

    services = [path for path in paths(proposal) if path.startswith("handbook/services/")]
    assert services[0] == "handbook/services/zoo.md"
    assert len(services) == 5
    assert "10 folders could be services; 5 are proposed" in proposal.notes


def test_decisions_that_can_be_read_get_a_glob_and_others_a_comment(opened: Opened):
    files = {"docs/adr/0001-a.md": READABLE, "rfcs/0001-b.md": UNREADABLE, "rfcs/0002-c.md": READABLE}
    workspace, definitions = opened(**files)
    text = content(propose(workspace, definitions), "trueline.toml")

    settings = read_settings(workspace.targets[0].path / "trueline.toml", text.encode(), "trueline.toml")
    assert dict(settings.records) == {"docs/adr/[0-9]*.md": "decision"}
    assert "# 1 of 2 files in rfcs lack" in text
    assert '# "rfcs/[0-9]*.md" = "decision"' in text


def test_a_folder_whose_name_needs_quoting_is_not_written_into_settings(opened: Opened):
    proposal = propose(*opened(**{'a"\nb = 1 #/adr/0001-a.md': READABLE}))

    assert "b = 1" not in content(proposal, "trueline.toml")


def test_what_exists_is_left_and_said(opened: Opened):
    files = {"trueline.toml": "schema = 1\n", "handbook/charters/head-of-engineering.md": "mine\n"}
    workspace, definitions = opened(**files)
    proposal = propose(workspace, definitions)

    write(proposal)

    assert [file.path for file in proposal.files if file.is_there] == list(files)
    assert proposal.new == ()
    root = workspace.targets[0].path
    assert {path: (root / path).read_text() for path in files} == files


def test_a_record_that_lies_elsewhere_is_not_proposed_again(opened: Opened):
    charter = "---\nkind: charter\nid: head-of-engineering\n---\n"
    proposal = propose(*opened(**{"charters/hoe.md": charter}))

    assert paths(proposal) == ["trueline.toml"]
    assert "charter head-of-engineering is a record already" in proposal.notes


def test_proposing_again_after_writing_finds_nothing_new(opened: Opened):
    files = {"CODEOWNERS": CODEOWNERS, "services/billing/Dockerfile": "", "docs/adr/0001-a.md": READABLE}
    write(propose(*opened(**files)))

    assert propose(*opened()).new == ()


def test_settings_that_exist_are_left_and_what_they_could_say_is_said(opened: Opened):
    files = {"pyproject.toml": "[tool.trueline]\nschema = 1\n", "docs/adr/0001-a.md": READABLE}
    proposal = propose(*opened(**files))

    assert "trueline.toml" not in paths(proposal)
    assert '[records] of pyproject.toml could say "docs/adr/[0-9]*.md" = "decision"' in proposal.notes


def test_a_glob_that_the_settings_have_is_not_mentioned_again(opened: Opened):
    files = {"trueline.toml": 'schema = 1\n[records]\n"docs/adr/*" = "decision"\n', "docs/adr/0001-a.md": READABLE}

    assert propose(*opened(**files)).notes == ()
