from __future__ import annotations

import pytest

from trueline.sources.trees.documents import parse_document
from trueline.sources.trees.mentions import path_in_code, path_in_text


def mentions(text: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in parse_document(text.encode()).rows["named_paths"]]


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("src/ledger/book.py", "src/ledger/book.py"),
        ("docs/guide.md:12", "docs/guide.md"),
        ("docs/guide.md:12-20", "docs/guide.md"),
        ("docs/guide.md#start", "docs/guide.md"),
        ("docs/guide.md#L4", "docs/guide.md"),
        ("./Makefile", "./Makefile"),
        ("../other/run.sh", "../other/run.sh"),
        ("ledger/", "ledger/"),
        (".github/workflows/", ".github/workflows/"),
        ("setup.cfg", "setup.cfg"),
        (".editorconfig", None),
        ("build/Dockerfile", "build/Dockerfile"),
        ("größe/maß.md", "größe/maß.md"),
    ],
)
def test_inline_code_that_is_a_path_is_one(code: str, path: str | None):
    assert path_in_code(code) == path


@pytest.mark.parametrize(
    "code",
    [
        "https://example.org/a.md",
        "example.org/a.html",
        "docs.rs/crate/index.html",
        "src/*.py",
        "src/{a,b}.py",
        "<name>/a.md",
        "$HOME/a.md",
        "src/.../a.py",
        "/etc/hosts.conf",
        "~/.config/a.toml",
        "and/or",
        "application/json",
        "origin/main",
        "1/2",
        "v1.2/3.4",
        "os.path",
        "std::fs",
        "node.length",
        "a.c",
        "obj.h",
        "path/to/file.md",
        "po/XX.po",
        "docs/YYYY-MM-DD.md",
        "make docs/a.md",
        "C:\\a\\b.py",
        "Makefile",
        "",
        "/",
        "./",
    ],
)
def test_inline_code_that_may_be_something_else_is_no_path(code: str):
    assert path_in_code(code) is None


@pytest.mark.parametrize("word", ["docs/guide.md", "docs/guide.md:3", "./tools/run.sh"])
def test_a_plain_word_with_a_slash_and_an_ending_is_a_path(word: str):
    assert path_in_text(word) == word.partition(":")[0]


@pytest.mark.parametrize("word", ["README.md", "docs/", "and/or", "input/output", "example.com/a.html", "2024/25.5"])
def test_other_plain_words_are_no_paths(word: str):
    assert path_in_text(word) is None


def test_mentions_have_place_and_plan_and_are_not_found_in_links():
    text = "# On `a/b.py`\n\nSee (docs/c.md), *x/d.py* and [`e/f.py`](e/f.py).\n\n| `g/h.py:3` | planned |\n|-|-|\n"

    assert mentions(text) == [
        (1, 7, "a/b.py", False),
        (3, 6, "docs/c.md", False),
        (3, 19, "x/d.py", False),
        (5, 4, "g/h.py", True),
    ]


def test_a_part_of_a_pattern_or_address_is_not_a_path():
    assert mentions("src/*foo/x.md docs/**/a.md https://example.org/x/y.md {a,b}/c.py <d>/e.md\n") == []
