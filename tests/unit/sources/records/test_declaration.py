from __future__ import annotations

import duckdb
import pytest
from record_kinds import KINDS, RECORDS_YAML, SERVICE, TEAM

from trueline.model.errors import BadInput
from trueline.model.record import Field
from trueline.sources.records.declaration import Declaration, read_kinds
from trueline.sources.records.sql_words import RESERVED_WORDS


def problems(*texts: str) -> list[str]:
    declarations = [Declaration(f"p{n}", f"p{n}/records.yaml", text.encode()) for n, text in enumerate(texts)]
    with pytest.raises(BadInput) as raised:
        read_kinds(declarations)
    return [str(problem) for problem in raised.value.problems]


def test_every_kind_of_the_file_is_declared():
    assert list(KINDS) == ["service", "team"]
    assert (SERVICE.table, SERVICE.title, SERVICE.location) == ("services", "Service", "services/{id}.md")
    assert SERVICE.practice == "operations"
    assert SERVICE.fields[0] == Field("tier", "integer", "How much it matters.", enum=("1", "2", "3"))
    assert SERVICE.fields[1].required
    assert SERVICE.fields[-1].pattern == "[A-Z]{2}"
    assert TEAM.fields[0].privacy == "public"
    assert TEAM.fields[1].reference == "team"


def test_all_problems_of_all_files_are_found_in_one_run():
    first = """\
Service:
  table: order
  titel: Service
  fields:
    name: {type: string, doc: x}
    name: {type: text, doc: x}
    id: {type: text, doc: x}
    Service_id: {type: text, doc: x, requird: true}
    owner: {type: text, doc: x, reference: taem}
    size: {type: integer, doc: x, enum: [1, big], pattern: "("}
    cost: {type: decimal, doc: x, reference: team, required: yes, privacy: secret}
    empty: {}
bare:
"""
    second = "team: {table: commits, title: Team, location: teams.md, fields: {source_line: {type: text, doc: x}}}\n"

    second += "team2: {table: commits, title: T, fields: [a]}\n"

    assert (
        "\n".join(problems(first, second))
        == """\
p0/records.yaml:1:1: "Service" cannot name a kind. Use lower-case letters, digits and underscores, a letter first.
p0/records.yaml:1:1: "Service" has no title. Add title:.
p0/records.yaml:2:10: "order" is a word of SQL and cannot name a table. Choose another name.
p0/records.yaml:3:3: "titel" means nothing in kind Service. Did you mean title?
p0/records.yaml:5:18: "string" is no type. Known: boolean, date, decimal, instant, integer, list, text.
p0/records.yaml:6:5: "name" is already given in line 5. Keep one of the two.
p0/records.yaml:7:5: "id" is there without being declared. Take it away or rename it.
p0/records.yaml:8:5: "Service_id" cannot name a field. Use lower-case letters, digits and underscores, a letter first.
p0/records.yaml:8:5: "Service_id" is there without being declared. Take it away or rename it.
p0/records.yaml:8:38: "requird" means nothing in field Service_id. Did you mean required?
p0/records.yaml:9:44: no kind is named "taem". Did you mean team?
p0/records.yaml:10:45: "big" is not of type integer. Mend the value or the type.
p0/records.yaml:10:60: only texts are held against a pattern. Take it away.
p0/records.yaml:10:60: pattern is no regular expression: missing ), unterminated subpattern at position 0
p0/records.yaml:11:46: only a text or a list can refer to a record. Make it text or list.
p0/records.yaml:11:62: required must be true or false, not "yes"
p0/records.yaml:11:76: privacy must be one of public, internal, people, not "secret"
p0/records.yaml:12:5: "empty" has no doc. Add doc:.
p0/records.yaml:12:5: "empty" has no type. Add type:.
p0/records.yaml:13:1: "bare" has no table. Add table:.
p0/records.yaml:13:1: "bare" has no title. Add title:.
p0/records.yaml:13:1: kind bare has no fields. Add fields:.
p0/records.yaml:13:6: kind bare must map names to what they mean. Write `name:` and indent the rest.
p1/records.yaml:1:15: "commits" is a table of Trueline's own. Choose another name.
p1/records.yaml:1:47: location has no {id}. Write it as services/{id}.md.
p1/records.yaml:1:66: "source_line" is there without being declared. Take it away or rename it.
p1/records.yaml:2:16: "commits" is a table of Trueline's own. Choose another name.
p1/records.yaml:2:16: table commits is already declared at p1/records.yaml:1. Choose another name.
p1/records.yaml:2:43: fields must map names to what they mean. Write `name:` and indent the rest."""
    )


def test_a_reference_may_name_a_kind_of_another_file():
    text = b"rota: {table: rotas, title: Rota, fields: {team: {type: text, doc: Who., reference: team}}}\n"
    kinds = read_kinds([Declaration("a", "a", text), Declaration("b", "b", RECORDS_YAML)])
    assert [(kind.name, kind.practice) for kind in kinds] == [("rota", "a"), ("service", "b"), ("team", "b")]


def test_two_practices_cannot_declare_one_kind_or_table():
    text = "team: {table: teams, title: Team, fields: {name: {type: text, doc: Its name.}}}\n"
    assert problems(text, text) == [
        "p1/records.yaml:1:1: kind team is already declared at p0/records.yaml:1. Choose another name.",
        "p1/records.yaml:1:15: table teams is already declared at p0/records.yaml:1. Choose another name.",
    ]


@pytest.mark.parametrize("text", ["[]", "a", "a: &x 1", "a:\n\tb: 1", "\x00", "{" * 1000, "- " * 5000])
def test_hostile_files_give_problems_within_the_file(text: str):
    assert all(found.startswith(("p0/records.yaml:1:", "p0/records.yaml:2:")) for found in problems(text))


def test_the_reserved_words_are_those_of_the_engine():
    rows = duckdb.sql("select keyword_name from duckdb_keywords() where keyword_category = 'reserved'").fetchall()
    assert {row[0] for row in rows} <= RESERVED_WORDS
