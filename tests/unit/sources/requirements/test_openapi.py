from __future__ import annotations

import json

import pytest

from trueline.sources.requirements.normative import normative_digest
from trueline.sources.requirements.openapi import OPENAPI, pointed

YAML = """openapi: 3.1.0
info: {title: Quay, version: "1"}
paths:
  /berths/{id}:
    parameters:
      - $ref: '#/components/parameters/id'
    get:
      operationId: getBerth
      summary: Get a berth
      responses:
        "200":
          description: It is there
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Berth'}
    delete:
      responses: {"204": {description: Gone}}
components:
  parameters:
    id: {name: id, in: path, required: true, schema: {type: integer}}
  schemas:
    Berth:
      type: object
      required: [length]
      properties:
        length: {type: number, maximum: 300, description: In metres}
        next: {$ref: '#/components/schemas/Berth'}
"""


def read(text: str, dialect: str = "yaml"):
    return OPENAPI.import_(dialect, text.encode())


def digest_of(text: str, number: int = 0) -> str:
    return normative_digest(read(text).items[number].text or "")


def test_each_operation_is_an_item_by_its_id_or_by_method_and_path():
    assert [(i.item_id, i.title, i.line) for i in read(YAML).items] == [
        ("getBerth", "Get a berth", 7),
        ("DELETE /berths/{id}", "DELETE /berths/{id}", 16),
    ]


@pytest.mark.parametrize(
    ("old", "new", "is_other"),
    [
        ("maximum: 300", "maximum: 200", True),
        ("required: [length]", "required: [length, next]", True),
        ("in: path", "in: query", True),
        ('"200":', '"201":', True),
        ("description: In metres", "description: In m", False),
        ("summary: Get a berth", "summary: Get one berth", False),
        ("description: It is there", "description: Here it is", False),
        ("Berth'", "Place'", None),
    ],
)
def test_what_an_operation_demands_follows_references_and_leaves_prose_out(old, new, is_other):
    text = YAML.replace(old, new)
    if is_other is None:
        text = text.replace("    Berth:", "    Place:")
    assert (digest_of(text) != digest_of(YAML)) is bool(is_other)


def test_another_operation_is_not_touched_by_that():
    assert digest_of(YAML.replace("maximum: 300", "maximum: 200"), 1) == digest_of(YAML, 1)


def test_json_is_read_alike():
    text = json.dumps({"swagger": "2.0", "paths": {"/a": {"get": {"operationId": "a", "responses": {}}}}}, indent="\t")
    (item,) = read(text, "json").items
    assert (item.item_id, item.line) == ("a", 5)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("openapi: 3.0.0\npaths:\n  /a:\n    get:\n      x: {$ref: '#/components/B'}\n", 5, "refers to #/components/B, which is not there"),
        ("openapi: 3.0.0\npaths:\n  /a:\n    get: {operationId: x}\n    put: {operationId: x}\n", 5, "operationId x is that of line 4 too"),
        ("openapi: 3.0.0\npaths: [\n", 3, "broken YAML"),
        ("openapi: 3.0.0\na: &a 1\nb: *a\n", 3, "uses an alias"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_once_with_its_place(text, line, said):
    (problem,) = read(text).problems
    assert problem.line == line
    assert said in problem.message


def test_broken_json_is_told_with_its_place():
    (problem,) = read('{"openapi": "3.0.0",\n "paths": {,}}', "json").problems
    assert (problem.line, problem.message.startswith("broken JSON")) == (2, True)


def test_a_text_that_nests_without_end_is_refused():
    (problem,) = read("openapi: 3.0.0\na: " + "[" * 300).problems
    assert "nests more than" in problem.message


@pytest.mark.parametrize(
    "text", ["a: 1\n", "x:\n  openapi: 3.0.0\n", "# openapi: 3.0.0\n", "openapi: true\n", "- openapi: 3.0.0\n"]
)
def test_what_does_not_say_openapi_at_its_top_is_none(text):
    assert read(text).items == ()
    assert read(text).problems == ()


def test_references_to_other_files_are_not_judged():
    assert read("openapi: 3.0.0\npaths:\n  /a: {get: {x: {$ref: 'b.yaml#/c'}}}\n").problems == ()


@pytest.mark.parametrize(
    ("reference", "there"), [("#/a~1b/0", True), ("#/c%20d", True), ("#", True), ("#/none", False), ("#/a~1b/9", False)]
)
def test_a_pointer_leads_through_names_and_places(reference, there):
    assert pointed({"a/b": [1], "c d": 2}, reference)[0] is there


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_of_encodings_and_line_ends_change_nothing(encoding):
    assert OPENAPI.import_("yaml", YAML.replace("\n", "\r\n").encode(encoding)) == read(YAML)


def test_other_yaml_in_utf_16_is_nobodys_business():
    assert OPENAPI.import_("yaml", "a: [".encode("utf-16")).problems == ()
