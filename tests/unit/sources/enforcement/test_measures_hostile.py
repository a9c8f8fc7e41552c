"""Files that are malformed or made to do harm: they give a problem, never a failure and never a wait."""

from __future__ import annotations

import pytest

from trueline.sources.enforcement import (
    floors,
    github_actions,
    gitlab_ci,
    goldens,
    makefile,
    other_ci,
    settings,
    suppressions,
    task_runners,
)
from trueline.sources.enforcement.commands import checks_of, commands_of
from trueline.sources.enforcement.configs import Unreadable, parse_ini, parse_json, parse_xml, parse_yaml

BOMB = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
)


@pytest.mark.parametrize(
    ("reader", "path", "content"),
    [
        (github_actions, ".github/workflows/ci.yml", b"jobs: [unclosed"),
        (github_actions, ".github/workflows/ci.yml", BOMB.encode()),
        (github_actions, ".github/workflows/ci.yml", b"a: " + b"[" * 500),
        (gitlab_ci, ".gitlab-ci.yml", b"test:\n\t- x: y: z"),
        (other_ci, ".travis.yml", b"script: 'open"),
        (other_ci, "Taskfile.yml", BOMB.encode()),
        (task_runners, "package.json", b'{"scripts": {'),
        (task_runners, "composer.json", b'{"scripts": ['),
        (settings, "pyproject.toml", b"[tool.ruff\nselect = "),
        (settings, "tsconfig.json", b'{"compilerOptions": ' + b"[" * 100_000),
        (floors, "setup.cfg", b"fail_under = 3\n[coverage:report"),
        (floors, "pom.xml", b"<project><minimum></project>"),
    ],
)
def test_a_malformed_file_is_a_problem_and_no_measure(reader, path, content):
    ledger = reader.read(path, content)

    assert ledger.problem
    assert ledger.measures == ()


@pytest.mark.parametrize(
    ("reader", "path", "content"),
    [
        (github_actions, ".github/workflows/ci.yml", b""),
        (github_actions, ".github/workflows/ci.yml", b"- just\n- a list\n"),
        (
            github_actions,
            ".github/workflows/ci.yml",
            b"on: [1, {a: b}]\njobs: {a: 3, b: {steps: {x: y}}, c: {steps: [1, null]}}\n",
        ),
        (gitlab_ci, ".gitlab-ci.yml", b"a: {extends: a, script: [[pytest], {x: y}]}\n"),
        (gitlab_ci, ".gitlab-ci.yml", b"a: {extends: b, script: [tox]}\nb: {extends: a, rules: [x]}\n"),
        (makefile, "Makefile", b"A = $(A)$(A)\ntest:\n\t$(A) \\"),
        (task_runners, ".pre-commit-config.yaml", b"repos: [1, {hooks: 3}, {hooks: [x, {id: [y]}]}]\n"),
        (task_runners, "package.json", b'{"scripts": [1]}'),
        (settings, "pyproject.toml", b"[tool]\nruff = 3\nmypy = {overrides = [1]}\n"),
        (settings, "eslint.config.js", b"export default [...a, {rules: {[x]: 'off', y: f(), z: [...q]}}, ((("),
        (floors, "jest.config.js", b"module.exports = { coverageThreshold: null"),
        (floors, "codecov.yml", b"coverage: {status: {project: [1], patch: off}}\n"),
        (goldens, "tests/goldens/logo.png", b"\x89PNG\x00\x01"),
        (suppressions, "a.py", b"'''never closed # noqa\n\xff\xfe # type: ignore[ \n"),
        (suppressions, "a.js", b"`" + b"\\" * 1_000 + b"// eslint-disable"),
    ],
)
def test_an_odd_file_is_read_as_far_as_it_goes(reader, path, content):
    ledger = reader.read(path, content)

    assert ledger.path == path
    assert ledger.problem is None


def test_aliases_count_as_often_as_they_are_used():
    with pytest.raises(Unreadable, match="more than"):
        parse_yaml(BOMB)


def test_tags_of_yaml_make_nothing():
    assert parse_yaml("a: !!python/object/apply:os.system ['echo']\n") == {"a": ["echo"]}


def test_merge_keys_and_anchors_are_written_out():
    value = parse_yaml("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n")

    assert value["b"] == {"x": "1", "y": "3"}


def test_entities_of_xml_are_refused():
    with pytest.raises(Unreadable, match="entities"):
        parse_xml(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def test_json_may_hold_comments_and_trailing_commas_but_texts_stay():
    assert parse_json('{"a": "// no, }", /* x */ "b": [1, 2,], // y\n}') == {"a": "// no, }", "b": [1, 2]}


def test_percent_signs_of_ini_files_mean_nothing():
    assert parse_ini("[a]\nb = %(c)s\n") == {"a": {"b": "%(c)s"}}


@pytest.mark.parametrize(
    ("script", "never_fails"),
    [
        ("pytest || true", True),
        ("pytest || :", True),
        ("pytest && echo fine || true", True),
        ("pytest || echo failed", True),
        ("pytest || exit 1", False),
        ("pytest || (cat log; exit 1)", False),
        ("pytest; true", True),
        ("pytest || true && flake8", False),
        ("set +e\npytest\n", True),
        ("set +e\npytest\ncode=$?\nexit $code\n", False),
        ("echo '|| true'; pytest", False),
        ("pytest # || true", False),
    ],
)
def test_a_script_says_whether_its_first_check_can_fail(script, never_fails):
    assert checks_of(script)[0].never_fails is never_fails


def test_text_of_here_documents_and_quotes_is_no_command():
    script = "cat > run.sh <<EOF\npytest\nEOF\necho 'flake8 src'\n"

    assert checks_of(script) == []


def test_commands_know_their_lines():
    assert [(one.text, one.line) for one in commands_of("a \\\n  b\n\nc && d\n", 5)] == [
        ("a    b", 5),
        ("c", 8),
        ("d", 8),
    ]


def test_what_others_wrote_is_not_ours():
    assert not makefile.selects("vendor/lib/Makefile")
    assert not suppressions.selects("web/node_modules/a/index.js")
