from __future__ import annotations

from trueline.analyses.references.tree import Tree

TREE = Tree(
    {"README.md": "file", "docs/new/guide.md": "file", "src/app/main.py": "file", "lib": "submodule", "now": "link"},
    gone=dict.fromkeys(["docs/guide.md", "old/one.md", "old/two.md", "README.md"]),
    renames=[("docs/guide.md", "docs/moved.md"), ("docs/moved.md", "docs/new/guide.md")],
)


def test_folders_stand_where_files_stand_below():
    assert TREE.entry("src/app") == "folder"
    assert TREE.entry("") == "folder"
    assert TREE.entry("src/other") is None


def test_a_path_of_the_past_that_stands_again_is_not_gone():
    assert TREE.was_here("docs/guide.md")
    assert TREE.was_here("old")
    assert not TREE.was_here("README.md")


def test_renames_are_followed_to_the_end():
    assert TREE.stands_now("docs/guide.md") == "docs/new/guide.md"
    assert TREE.former_names("docs/new/guide.md") == ("docs/moved.md", "docs/guide.md")


def test_the_only_file_of_the_same_name_is_where_it_stands_now():
    assert TREE.stands_now("elsewhere/main.py") == "src/app/main.py"
    assert Tree({"a/x.md": "file", "b/x.md": "file"}).stands_now("c/x.md") is None


def test_renames_in_a_circle_end():
    circle = Tree({"c.md": "file"}, renames=[("a.md", "b.md"), ("b.md", "a.md")])
    assert circle.stands_now("a.md") is None
    assert circle.former_names("a.md") == ("b.md",)


def test_the_missing_part_is_the_highest_missing_folder():
    assert TREE.missing_part("docs/tutorials/first/one.md") == "docs/tutorials/"
    assert TREE.missing_part("docs/none.md") == "docs/none.md"


def test_submodules_and_links_hide_what_lies_behind():
    assert TREE.hidden_behind("lib/a/b.md") == "lib"
    assert TREE.hidden_behind("src/app/x.py") is None


def test_a_suffix_matches_at_the_border_of_a_folder():
    assert TREE.ending_with("app/main.py") == ["src/app/main.py"]
    assert TREE.ending_with("pp/main.py") == []
