from __future__ import annotations

import pytest

from trueline.sources.trees.codeowners_pattern import compile_pattern


@pytest.mark.parametrize(
    ("pattern", "matched", "not_matched"),
    [
        ("*", ["a", "a/b/c.txt", ".x"], []),
        ("*.ts", ["a.ts", "x/y/b.ts", "x.ts/y"], ["a.tsx", "ts", "a.TS"]),
        ("/ledger/out/", ["ledger/out/a", "ledger/out/b/c"], ["ledger/out", "x/ledger/out/a"]),
        ("guides/*", ["guides/a.md"], ["guides/x/a.md", "x/guides/a.md"]),
        ("tools/", ["tools/a", "x/tools/b/c"], ["tools", "mytools/a"]),
        ("/tools/", ["tools/a", "tools/b/c"], ["x/tools/a"]),
        ("tools", ["tools", "tools/a", "x/tools/b"], ["tools2", "atools"]),
        ("/tools", ["tools", "tools/a/b"], ["x/tools"]),
        ("a/b", ["a/b", "a/b/c"], ["x/a/b", "a/bc"]),
        ("**/logs", ["logs", "logs/a", "x/logs/a", "x/y/logs"], ["xlogs", "logs2/a"]),
        ("a/**/z", ["a/z", "a/b/z", "a/b/c/z", "a/b/z/q"], ["z", "x/a/z", "az"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "x/a/b"]),
        ("**", ["a", "a/b"], []),
        ("/*", ["a"], ["a/b"]),
        ("/**/x.md", ["x.md", "a/x.md", "a/b/x.md"], ["ax.md"]),
        ("a?c", ["abc", "x/abc"], ["ac", "a/c", "abbc"]),
        ("a*b*c", ["abc", "axbxc", "abbcc", "x/abxc"], ["ab", "a/bc", "abcd"]),
        ("a*a", ["aa", "aba"], ["a"]),
        ("*a*", ["a", "bab"], ["b"]),
        ("/docs/*/index.md", ["docs/a/index.md"], ["docs/index.md", "docs/a/b/index.md"]),
        ("/docs/*.md", ["docs/a.md"], ["docs/b/a.md"]),
        ("with\\ space.md", ["with space.md"], ["with\\ space.md"]),
        ("a.c", ["a.c"], ["abc"]),
        ("a+(b)", ["a+(b)"], ["aab"]),
        ("/", [], ["a", ""]),
        ("Makefile", ["Makefile", "x/Makefile"], ["makefile"]),
    ],
)
def test_patterns_match_as_the_forge_matches(pattern: str, matched: list[str], not_matched: list[str]):
    matches = compile_pattern(pattern)

    assert [path for path in matched if not matches(path)] == []
    assert [path for path in not_matched if matches(path)] == []


def test_a_hostile_pattern_is_decided_without_trying_every_way():
    matches = compile_pattern("*a" * 200 + "/**/b" * 50 + "/c")

    assert not matches("a" * 2000 + "/b" * 1000)


@pytest.mark.parametrize(
    ("pattern", "matched", "not_matched"),
    [
        ("*", ["a", "a/b/c.txt", ".x", "x/.y"], []),
        ("*.rs", ["a.rs", "x/y/b.rs"], ["a.rsx", "x.rs/y"]),
        ("LOG.md", ["LOG.md", "x/LOG.md", "x/y/LOG.md"], ["XLOG.md", "log.md"]),
        ("berth/LOG.md", ["berth/LOG.md", "x/berth/LOG.md", "x/y/berth/LOG.md"], ["berth/x/LOG.md"]),
        ("/LOG.md", ["LOG.md"], ["x/LOG.md"]),
        ("/berth/LOG.md", ["berth/LOG.md"], ["x/berth/LOG.md"]),
        ("/berth/", ["berth/a", "berth/b/c"], ["berth", "x/berth/a"]),
        ("berth/", ["berth/a", "x/berth/b/c"], ["berth", "myberth/a"]),
        ("berth", ["berth", "x/berth"], ["berth/a", "x/berth/a"]),
        ("/berth", ["berth"], ["berth/a"]),
        ("/berth/*", ["berth/a.md", "berth/.b"], ["berth/x/a.md"]),
        ("/berth/**", ["berth/a.md"], ["berth/x/a.md", "berth"]),
        ("/berth/**/*", ["berth/a.md", "berth/x/a.md"], ["berth"]),
        ("/berth/**/*.md", ["berth/a.md", "berth/x/y/a.md"], ["berth/a.txt"]),
        ("/berth/**/key.md", ["berth/key.md", "berth/x/y/key.md"], ["x/berth/key.md"]),
        ("**/made/**/*", ["made/a", "x/made/y/a"], ["made", "x/made"]),
        ("/berth/*.md", ["berth/a.md"], ["berth/x/a.md"]),
        ("/berth/key.*", ["berth/key.md", "berth/key.toml"], ["berth/key"]),
        ("/berth/*tide*", ["berth/low_tide.rs", "berth/tide", "berth/a.tide"], ["berth/x/tide"]),
        ("/berth/*/LOG.md", ["berth/x/LOG.md"], ["berth/LOG.md", "berth/x/y/LOG.md"]),
        ("\\#wharf.rs", ["#wharf.rs", "x/#wharf.rs"], ["\\#wharf.rs"]),
        ("low\\ tide/", ["low tide/a", "x/low tide/a"], ["low/a"]),
        ("pier[12].rs", ["pier1.rs", "x/pier2.rs"], ["pier3.rs", "pier[12].rs"]),
        ("pier[0-9]*", ["pier7", "pier7b"], ["pierb"]),
        ("pier[!0-9]", ["pierb"], ["pier7", "pier"]),
        ("pier[^a]x", ["pierbx"], ["pierax", "pier/x"]),
        ("pier[z-a]", [], ["pierz", "piera"]),
        ("pier[]", [], ["pier", "pier[]"]),
        ("pier[a", [], ["piera", "pier[a"]),
        ("pier[\\]]", ["pier]"], ["pier\\"]),
        ("pier?", ["pier1"], ["pier", "pier12"]),
        ("{a,b}", ["{a,b}"], ["a", "b"]),
        ("/", ["a", "a/b"], []),
    ],
)
def test_gitlab_matches_by_its_own_rules(pattern: str, matched: list[str], not_matched: list[str]):
    matches = compile_pattern(pattern, "gitlab")

    assert [path for path in matched if not matches(path)] == []
    assert [path for path in not_matched if matches(path)] == []


@pytest.mark.parametrize(
    "pattern", ["*a" * 200 + "/**/b" * 50 + "/c", "[" * 20_000, "[ab" * 5_000, "[[]" * 2_000 + "*"]
)
def test_a_hostile_pattern_is_decided_by_gitlab_s_rules_too(pattern: str):
    matches = compile_pattern(pattern, "gitlab")

    assert not matches("a" * 2000 + "/b" * 1000)
