from __future__ import annotations

import pytest

from trueline.sources.records.yaml_nodes import Mapping, Scalar, Sequence, compose, decode


def problems(text: str) -> list[str]:
    return [str(problem) for problem in compose(text, "x").problems]


def test_texts_stay_texts_and_know_their_place():
    composed = compose("country: NO\nname: é😀\nlist: [on, '2']\n", "x")

    assert composed.problems == ()
    node = composed.documents[0]
    assert isinstance(node, Mapping)
    assert node.get("country") == Scalar("NO", 1, 10)
    assert node.get("name") == Scalar("é😀", 2, 7)
    assert node.get("list") == Sequence([Scalar("on", 3, 8), Scalar("2", 3, 12, is_plain=False)], 3, 7)


def test_every_document_of_a_file_is_kept():
    documents = compose("---\na: 1\n---\nb: 2\n...\n", "x").documents
    assert [(node.line, type(node)) for node in documents] == [(2, Mapping), (4, Mapping)]


def test_lines_are_those_of_an_editor_whatever_yaml_takes_for_a_break():
    node = compose('a: "x\u2028y"\nb: 1\n', "x").documents[0]
    assert isinstance(node, Mapping)
    assert node.get("b") == Scalar("1", 2, 4)


def test_duplicate_keys_are_problems_at_the_second():
    assert problems("a: 1\nb: {c: 1, c: 2}\na: 3\n") == [
        'x:2:11: "c" is already given in line 2. Keep one of the two.',
        'x:3:1: "a" is already given in line 1. Keep one of the two.',
    ]


def test_anchors_aliases_and_tags_are_refused_all_at_once():
    assert problems("a: &x [1]\nb: *x\nc: !!python/object/apply:os.system [x]\n") == [
        'x:1:4: has the anchor "&x". Write values out where they belong.',
        'x:2:4: refers to "*x". Write the value out here.',
        'x:3:4: has the tag "tag:yaml.org,2002:python/object/apply:os.system". Take it away: the kind decides the type.',
    ]


def test_a_tab_is_named_on_every_line_that_it_indents():
    assert problems("a:\n\t- 1\n  \t- 2\n") == [
        "x:2:1: is indented by a tab. Indent with spaces.",
        "x:3:3: is indented by a tab. Indent with spaces.",
    ]


def test_a_tab_inside_a_text_is_no_problem():
    assert problems('a: "x\ty"\nb: |\n  x\n  \ty\n') == []


def test_what_yaml_cannot_read_is_said_in_words():
    assert problems("a: b: c\n") == [
        "x:1:5: a colon here starts a second field on the line. Put the text in quotes, or indent the line as its neighbours."
    ]
    assert problems("a: 'x\n") == ["x:1:7: a quote is never closed. Close it."]
    assert problems("a: 1\nb: \x1b[31m\n") == ["x:2:4: holds a control character. Delete it."]


BOMBS = {
    "flow lists": "[" * 100_000,
    "flow mappings": "{" * 100_000,
    "block lists": "- " * 100_000,
    "many values": "[" + "a," * 300_000 + "]",
    "laughs": "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50_000)),
    "duplicates": "a: 1\n" * 50_000,
    "keys": "? " * 50_000,
    "control characters": "\x01" * 100_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_with_a_bounded_number_of_problems(text: str):
    assert 1 <= len(problems(text)) <= 102


def test_documents_before_a_syntax_error_are_kept():
    composed = compose("a: 1\n---\nb: 'x\n", "x")
    assert len(composed.documents) == 2
    assert len(composed.problems) == 1


def test_a_byte_order_mark_and_windows_newlines_are_taken_away():
    assert decode("\ufeffa: 1\r\nb: 2\r\n".encode(), "x") == ("a: 1\nb: 2\n", ())


def test_what_is_no_utf_8_is_a_problem_at_the_first_bad_byte():
    text, found = decode("a: é\nbé: \xff".encode() + b"\xff", "x")
    assert text == ""
    assert [str(problem) for problem in found] == ["x:2:6: is not UTF-8 text. Save the file as UTF-8."]


def test_a_file_too_large_is_refused_unread():
    assert [str(p) for p in decode(b"a" * 5_000_001, "x")[1]] == [
        "x:1:1: is larger than 5 MB. Split it, one record to a file."
    ]
