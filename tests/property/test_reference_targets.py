"""What must hold for any link that a repository may contain."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trueline.analyses.references.links import judge_link
from trueline.analyses.references.mentions import judge_mention
from trueline.analyses.references.target import within
from trueline.analyses.references.tree import Tree
from trueline.analyses.references.verdict import Scene

names = st.text(alphabet="abcA._- ", min_size=1, max_size=4).filter(lambda name: name.strip(". "))
paths = st.lists(names, min_size=1, max_size=4).map("/".join)
trees = st.sets(paths, max_size=8)
written = st.one_of(st.text(max_size=30), paths, paths.map("../{}".format), paths.map("/{}#a".format))


@given(trees, trees, paths, written)
def test_no_text_makes_judging_fail_and_a_broken_path_stands_nowhere(
    now: set[str], before: set[str], document: str, target: str
):
    scene = Scene(Tree(dict.fromkeys(now, "file"), dict.fromkeys(before)), {path: frozenset({"a"}) for path in now})
    for verdict in (
        judge_link(scene, scene.document(document), target),
        judge_mention(scene, scene.document(document), target),
    ):
        if verdict.state == "broken" and verdict.target_anchor is None and verdict.target_path is not None:
            assert scene.tree.entry(verdict.target_path) is None
            assert verdict.cause
        if verdict.moved_to is not None:
            assert scene.tree.entry(verdict.moved_to) is not None


@given(trees, paths)
def test_every_file_of_the_tree_resolves_from_the_root(now: set[str], document: str):
    scene = Scene(Tree(dict.fromkeys(now, "file")), {})
    plain = [path for path in now if path.isalpha()]
    assert all(judge_link(scene, scene.document(document), f"/{path}").target_path == path for path in plain)


@given(paths, st.text(alphabet="ab./", max_size=12))
def test_a_path_seen_from_a_folder_never_climbs(folder: str, path: str):
    seen = within(folder, path)
    assert seen is None or (not seen.startswith(("/", "../")) and seen != "..")
