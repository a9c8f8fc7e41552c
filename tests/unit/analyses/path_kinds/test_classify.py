"""Which kind a path is, and that the rules themselves are sound."""

from __future__ import annotations

import pytest

from trueline.analyses.path_kinds import ANALYSIS
from trueline.analyses.path_kinds.classify import Classifier, load_rules

KINDS = {
    "vendored",
    "generated",
    "documentation",
    "test",
    "configuration",
    "data",
    "binary_asset",
    "source",
    "other",
}


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(load_rules())


@pytest.mark.parametrize(
    ("path", "kind", "language"),
    [
        ("src/billing/invoice.py", "source", "Python"),
        ("Invoice.JAVA", "source", "Java"),
        ("web/templates/home.html", "source", None),
        ("tests/unit/test_invoice.py", "test", "Python"),
        ("pkg/ledger_test.go", "test", "Go"),
        ("src/ledger.spec.ts", "test", "TypeScript"),
        ("src/latest/contest.py", "source", "Python"),
        ("tests/data/expected.json", "data", None),
        ("vendor/lib/thing.go", "vendored", "Go"),
        ("vendors/acme.md", "documentation", None),
        ("static/jquery-3.6.0.js", "vendored", "JavaScript"),
        ("static/app.min.js", "vendored", "JavaScript"),
        ("api/ledger.pb.go", "generated", "Go"),
        ("uv.lock", "generated", None),
        ("docs/conf.py", "documentation", "Python"),
        ("packages/a/docs/guide.txt", "documentation", None),
        ("packages/a/docs/render.ts", "source", "TypeScript"),
        ("LICENSE-MIT", "documentation", None),
        ("README", "documentation", None),
        ("security.yml", "configuration", None),
        ("license.py", "source", "Python"),
        ("Makefile", "configuration", None),
        ("Rakefile", "source", None),
        ("setup.py", "source", "Python"),
        ("examples/till.py", "documentation", "Python"),
        ("src/examples/till.py", "source", "Python"),
        ("spec/views/receipt.erb", "test", None),
        ("features/pay.feature", "test", "Gherkin"),
        ("manual/pages.rb", "source", "Ruby"),
        ("Dockerfile.dev", "configuration", None),
        ("build.sh", "source", "Shell"),
        (".github/workflows/ci.yml", "configuration", None),
        (".gitignore", "configuration", None),
        ("logo.png", "binary_asset", None),
        ("rates.csv", "data", None),
        ("strange", "other", None),
    ],
)
def test_a_path_has_the_kind_that_its_first_matching_rule_gives(
    classifier: Classifier, path: str, kind: str, language: str | None
) -> None:
    decided = classifier.classify(path)
    assert (decided.kind, decided.language) == (kind, language)


def test_a_submodule_is_vendored_and_a_link_is_nothing_of_its_own(classifier: Classifier) -> None:
    assert classifier.classify("libs/ledger.c", "submodule")[:2] == ("vendored", "submodule")
    assert classifier.classify("current.py", "link") == ("other", "link", None)


def test_every_rule_has_a_name_of_its_own_a_known_kind_and_a_reason() -> None:
    rules = load_rules()["rules"]
    assert len({rule["rule"] for rule in rules}) == len(rules)
    assert {rule["kind"] for rule in rules} == KINDS
    assert all(rule["why"].endswith(".") for rule in rules)


def test_rules_state_only_conditions_that_are_understood() -> None:
    known = {"entries", "directories", "top", "names", "stems", "extensions", "pattern", "in_language"}
    for rule in load_rules()["rules"]:
        for condition in rule.get("any_of", [rule]):
            assert set(condition) - {"rule", "kind", "why"} <= known, rule["rule"]


def test_no_extension_belongs_to_two_languages() -> None:
    extensions = [extension for held in load_rules()["languages"].values() for extension in held]
    assert len(extensions) == len(set(extensions))


def test_the_last_rule_takes_whatever_is_left(classifier: Classifier) -> None:
    assert classifier.classify("\udcff/odd name.").rule == "nothing_known"


def test_the_analysis_gives_one_row_per_file() -> None:
    rows = ANALYSIS.build(
        lambda sql: [] if "record_files" in sql else [("shop", "b.py", "file"), ("shop", "a.md", "file")]
    )
    assert list(rows["path_kinds"]) == [
        ("shop", "a.md", "documentation", "documentation_extension", None),
        ("shop", "b.py", "source", "programming_language", "Python"),
    ]


def test_a_record_is_never_vendored() -> None:
    files = [("shop", "third_party/a.md", "file"), ("shop", "third_party/b.md", "file")]
    rows = ANALYSIS.build(lambda sql: [("shop", "third_party/a.md")] if "record_files" in sql else files)
    assert [row[2] for row in rows["path_kinds"]] == ["documentation", "vendored"]
