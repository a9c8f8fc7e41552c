from __future__ import annotations

import pytest

from trueline.analyses.references.links import judge_link
from trueline.analyses.references.tree import Tree
from trueline.analyses.references.verdict import Document, Scene, Verdict

FILES = ["README.md", "docs/index.md", "docs/guide/intro.md", "docs/Setup.md", "src/app.py", "img/a b.png"]


def scene(*more: str, entries: dict[str, str] | None = None, **history: list) -> Scene:
    paths = dict.fromkeys((*FILES, *more), "file") | (entries or {})
    anchors = {path: frozenset({"usage", "setup-1"}) for path in paths if path.endswith(".md")}
    return Scene(
        Tree(paths, **history), anchors, {"third/README.md": ("vendored", "vendored_directory")}, {"docs/page.md"}
    )


def judged(target: str, *, at: str = "docs/index.md", inside: Scene | None = None, is_planned: bool = False) -> Verdict:
    where = inside or scene()
    return judge_link(where, where.document(at), target, is_planned)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("guide/intro.md", "docs/guide/intro.md"),
        ("./guide/../guide/intro.md", "docs/guide/intro.md"),
        ("/src/app.py", "src/app.py"),
        ("../src/app.py?raw=true", "src/app.py"),
        ("guide/", "docs/guide"),
        ("..", ""),
        ("../img/a b.png", "img/a b.png"),
    ],
)
def test_a_target_is_looked_for_from_the_document_or_the_root(target: str, path: str):
    assert judged(target) == Verdict("resolves", target_path=path)


@pytest.mark.parametrize("target", ["guide/intro", "guide/intro/", "guide/intro.html"])
def test_the_address_of_a_page_resolves_to_its_file(target: str):
    assert judged(target).target_path == "docs/guide/intro.md"


def test_a_missing_target_is_broken_and_its_cause_is_the_highest_missing_folder():
    verdict = judged("tutorials/first/one.md")
    assert (verdict.state, verdict.reason, verdict.cause) == ("broken", "no such file or folder", "docs/tutorials/")


def test_all_links_into_a_renamed_folder_share_their_cause():
    verdicts = [judged(f"guides/{name}.md") for name in ("intro", "other")]
    assert {verdict.cause for verdict in verdicts} == {"docs/guides/"}
    assert [verdict.moved_to for verdict in verdicts] == ["docs/guide/intro.md", None]


def test_a_target_that_differs_in_case_is_broken_and_said_to_stand_there():
    verdict = judged("setup.md")
    assert (verdict.state, verdict.moved_to) == ("broken", "docs/Setup.md")


def test_links_of_a_document_that_was_moved_share_the_document_as_cause():
    moved = scene("docs/deep/page2.md", renames=[("docs/page2.md", "docs/deep/page2.md")])
    verdict = judged("guide/intro.md", at="docs/deep/page2.md", inside=moved)
    assert (verdict.state, verdict.cause, verdict.moved_to) == ("broken", "docs/deep/page2.md", "docs/guide/intro.md")


def test_an_address_without_its_scheme_is_broken():
    verdict = judged("github.com/example/example")
    assert (verdict.state, verdict.target_path) == ("broken", None)


def test_a_missing_target_that_is_still_to_come_is_planned():
    assert judged("later.md", is_planned=True).state == "planned"
    assert judged("guide/intro.md", is_planned=True).state == "resolves"


@pytest.mark.parametrize("target", ["../../issues/12", "../../../wiki", "/issues/new", "../wiki/Home"])
def test_what_the_forge_answers_is_outside(target: str):
    assert judged(target).state == "outside"


@pytest.mark.parametrize("target", ["link", "T", "vec[i].len", "build/report.txt/x", "see below"])
def test_what_may_be_no_path_is_unknown(target: str):
    assert judged(target).state == "unknown"


def test_a_file_that_is_there_by_custom_is_broken_without_ending():
    assert judged("../LICENSE").state == "broken"


def test_a_template_for_another_place_is_unknown():
    assert judged("../CONTRIBUTING.md", at=".github/PULL_REQUEST_TEMPLATE.md").state == "unknown"


def test_documents_that_others_wrote_are_ignored_and_the_rule_is_named():
    assert judged("gone.md", at="third/README.md") == Verdict("ignored", "vendored: vendored_directory")
    assert judged("gone.md", at="tests/fixtures/a.md").reason == "test data: fixtures/"


def test_a_target_in_a_submodule_is_outside_and_behind_a_link_unknown():
    where = scene(entries={"lib": "submodule", "docs/now": "link"})
    assert judged("../lib/a.md", inside=where).state == "outside"
    assert judged("now/a.md", inside=where).state == "unknown"


@pytest.mark.parametrize("config", ["mkdocs.yml", "docs/_config.yml", "docs/.vitepress/config.ts", "hugo.toml"])
def test_root_addresses_of_a_site_are_unknown(config: str):
    assert judged("/guide/none.md", inside=scene(config)).state == "unknown"
    assert judged("/guide/none.md").state == "broken"


def test_a_missing_neighbour_is_broken_on_a_site_too():
    assert judged("guide/none.md", inside=scene("mkdocs.yml")).state == "broken"
    assert judged("made/none.md", inside=scene("mkdocs.yml")).state == "unknown"


def test_the_readme_outside_the_pages_is_no_page_of_the_site():
    assert judged("/none.md", at="README.md", inside=scene("mkdocs.yml")).state == "broken"


def test_a_page_with_front_matter_may_be_published_elsewhere():
    assert judged("/community/groups", at="docs/page.md", inside=scene("docs/page.md")).state == "unknown"


def test_anchors_are_found_whatever_their_case():
    assert judged("#Usage").state == "resolves"
    assert judged("guide/intro.md#user-content-usage").state == "resolves"
    assert judged("../README.md#readme").state == "resolves"


def test_an_anchor_without_a_section_is_broken():
    verdict = judged("guide/intro.md#none")
    assert (verdict.state, verdict.target_path, verdict.target_anchor) == ("broken", "docs/guide/intro.md", "none")
    assert verdict.cause == "docs/guide/intro.md#none"


def test_an_anchor_that_a_site_may_spell_otherwise_is_unknown():
    assert judged("guide/intro.md#setup--1", inside=scene("mkdocs.yml")).state == "unknown"
    assert judged("guide/intro.md#setup--1").state == "broken"


def test_lines_of_code_resolve_and_other_anchors_of_code_are_unknown():
    assert judged("/src/app.py#L10-L20").state == "resolves"
    assert judged("/src/app.py#main").state == "unknown"


def test_a_document_in_no_folder_is_at_the_root():
    assert Document("README.md").folder == ""
