from __future__ import annotations

import pytest

from trueline.sources.requirements.gherkin import GHERKIN, keywords


def read(text: str, dialect: str = ""):
    return GHERKIN.import_(dialect, text.encode())


TEXT = '''@harbour
Feature: Mooring
  As a master

  Background:
    Given a quay

  @REQ-12 @slow
  Scenario: By day
    Given a text:
      """
      Scenario: quoted
      @REQ-13
      """
  Rule: At night
    @REQ-14
    Scenario Outline: By <lamp>
      Given <lamp>

      @REQ-15
      Examples:
        | lamp |
        | oil  |
'''


def test_features_rules_and_scenarios_are_items_and_what_is_quoted_is_not():
    assert [(i.kind, i.title, i.line) for i in read(TEXT).items] == [
        ("feature", "Mooring", 2),
        ("scenario", "By day", 9),
        ("rule", "At night", 15),
        ("outline", "By <lamp>", 17),
    ]


def test_tags_that_hold_an_id_verify_and_those_of_examples_belong_to_the_outline():
    items = read(TEXT).items
    assert [[(link.role, link.to_id, link.line) for link in item.links] for item in items] == [
        [],
        [("verifies", "REQ-12", 8)],
        [],
        [("verifies", "REQ-14", 16), ("verifies", "REQ-15", 20)],
    ]
    assert items[1].attributes == ("tags=@REQ-12 @slow",)


@pytest.mark.parametrize("tag", ["@REQ-12", "@req:REQ-12", "@verifies=REQ-12", "@requirement(REQ-12)"])
def test_an_id_may_stand_behind_a_name(tag):
    assert [link.to_id for link in read(f"{tag}\nFeature: x\n").items[0].links] == ["REQ-12"]


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        (
            "de",
            "Funktionalität: a\nSzenario: b\nSzenariogrundriss: c\nBeispiele:\n",
            ["feature", "scenario", "outline"],
        ),
        ("fr", "Fonctionnalité: a\nRègle: r\nScénario: b\n", ["feature", "rule", "scenario"]),
        ("ja", "機能: a\nシナリオ: b\n", ["feature", "scenario"]),
        ("en", "Ability: a\nExample: b\nScenario Template: c\nScenarios:\n", ["feature", "scenario", "outline"]),
        ("pt-BR", "Funcionalidade: a\nCenário: b\n", ["feature", "scenario"]),
    ],
)
def test_a_language_brings_its_words(language, text, kinds):
    assert [item.kind for item in read(f"# language: {language}\n{text}").items] == kinds


def test_every_language_has_a_word_of_every_sort():
    sorts = {"feature", "background", "scenario", "outline", "examples"}
    assert {language for language, words in keywords().items() if not sorts <= set(words.values())} == set()


def test_markdown_has_gherkin_in_its_headings():
    text = "# Feature: Mooring\n\nFeature: not one\n\n`@REQ-12` `@slow`\n## Scenario: By day\n\n* Given a quay\n"
    assert [(i.kind, [link.to_id for link in i.links]) for i in read(text, "markdown").items] == [
        ("feature", []),
        ("scenario", ["REQ-12"]),
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Scenario: x\n  Given y\n", 1, "has no feature before what it states"),
        ("some text\n", 1, "has no feature before what it states"),
        ("Feature: a\nFeature: b\n", 2, "begins a second feature"),
        ("# language: xx\nFeature: a\n", 1, "Gherkin in the language xx is not read"),
    ],
)
def test_what_is_wrong_is_told_once_with_its_place(text, line, said):
    assert [(problem.line, problem.message) for problem in read(text).problems] == [(line, said)]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_a_file_that_says_nothing_is_no_problem(text):
    assert read(text).problems == ()
