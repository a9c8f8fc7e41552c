from __future__ import annotations

from datetime import UTC, datetime

from trueline.analyses.references.mentions import judge_mention
from trueline.analyses.references.tree import Tree
from trueline.analyses.references.verdict import Scene, Verdict

REMOVED_AT = datetime(2026, 3, 1, tzinfo=UTC)

SCENE = Scene(
    Tree(
        {"src/shop/cart.py": "file", "a/conf.yml": "file", "b/conf.yml": "file", "docs/x.md": "file"},
        gone=dict.fromkeys(
            ["src/shop/basket.py", "src/old/deep/tax.py", "setup.py", "docs/kept/one.txt", "app/AGENTS.md"], REMOVED_AT
        ),
        renames=[("src/shop/basket.py", "src/shop/cart.py")],
    ),
    {"docs/x.md": frozenset()},
    changed_at={
        "docs/x.md": [datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)],
        "docs/young.md": [datetime(2026, 3, 20, tzinfo=UTC)],
        "docs/revised.md": [datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)],
    },
)


def judged(name: str, at: str = "docs/x.md", is_planned: bool = False) -> Verdict:
    return judge_mention(SCENE, SCENE.document(at), name, is_planned)


def test_a_mention_resolves_from_the_root_the_document_or_by_its_unique_end():
    for name in ("src/shop/cart.py", "../src/shop/cart.py", "shop/cart.py", "cart.py"):
        assert judged(name) == Verdict("resolves", target_path="src/shop/cart.py")


def test_a_mention_that_several_files_answer_is_unknown():
    assert judged("conf.yml").state == "unknown"


def test_a_path_of_this_repository_that_is_gone_is_broken():
    verdict = judged("src/shop/basket.py")
    assert (verdict.state, verdict.moved_to) == ("broken", "src/shop/cart.py")
    assert judged("deep/tax.py").cause == "src/old/"
    assert judged("kept/one.txt").target_path == "docs/kept/one.txt"


def test_a_path_that_never_was_is_unknown():
    assert judged("other/project.py").state == "unknown"


def test_a_bare_or_very_common_name_is_too_weak_to_be_broken():
    assert judged("setup.py").state == "unknown"
    assert judged("app/AGENTS.md").state == "unknown"


def test_a_document_that_speaks_of_a_moment_may_name_what_is_gone():
    for document in (
        "CHANGELOG.md",
        "docs/decisions/0001-basket.md",
        "relnotes/v1.md",
        "docs/2026-03-01-x.md",
        "docs/upgrade-guide.md",
    ):
        assert judged("src/shop/basket.py", at=document).state == "ignored"


def test_a_planned_path_is_planned_only_where_it_once_was_or_unknown():
    assert judged("src/shop/basket.py", is_planned=True).state == "planned"
    assert judged("src/shop/later.py", is_planned=True).state == "unknown"


def test_a_document_that_was_written_or_revised_when_the_path_went_names_it_knowingly():
    for document in ("docs/young.md", "docs/revised.md"):
        assert judged("src/shop/basket.py", at=document).state == "unknown"
        assert judged("src/old/", at=document).state == "unknown"
    assert judged("src/old/").state == "broken"
