"""What must hold for every record, however odd."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import jsonschema_rs
from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.model.errors import BadInput, Problem
from trueline.model.record import Field, Kind
from trueline.sources.records.declaration import Declaration, read_kinds
from trueline.sources.records.json_schema import json_schema
from trueline.sources.records.read import RecordsRead, read_records
from trueline.sources.records.template import new_record

KIND = Kind(
    name="service",
    table="services",
    title="Service",
    fields=(
        Field("name", "text", "Its name.", required=True),
        Field("stage", "text", "Its stage.", enum=("concept", "live")),
        Field("country", "text", "Two letters.", pattern="[A-Z]{2}"),
        Field("tier", "integer", "Its tier."),
        Field("cost", "decimal", "Its cost."),
        Field("live_on", "date", "Its first day."),
        Field("checked_at", "instant", "Its last look."),
        Field("on_call", "boolean", "Somebody wakes."),
        Field("paths", "list", "Its code."),
        Field("needs", "list", "What it needs.", reference="service"),
    ),
)
KINDS = {"service": KIND}

PRINTABLE = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff")
TEXTS = st.text(PRINTABLE, min_size=1, max_size=40)
VALUES = {
    "name": TEXTS,
    "stage": st.sampled_from(["concept", "live"]),
    "country": st.from_regex("[A-Z]{2}", fullmatch=True),
    "tier": st.integers(-(2**63) + 1, 2**63 - 1),
    "cost": st.decimals(-(10**14) + 1, 10**14 - 1, places=4),
    "live_on": st.dates(),
    "checked_at": st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29)).map(lambda at: at.replace(tzinfo=UTC)),  # noqa: DTZ001
    "on_call": st.booleans(),
    "paths": st.lists(TEXTS, max_size=4),
}
RECORDS = st.fixed_dictionaries({"name": VALUES["name"]}, optional={k: v for k, v in VALUES.items() if k != "name"})

VALID = """\
---
kind: service
id: berth
name: "Berth: planning"
stage: live
tier: 2
cost: 12.50
live_on: 2026-01-31
checked_at: 2026-01-31T09:00:00Z
on_call: true
paths: [a/**, 'b c']
needs:
  - berth
former_ids: [old]
---
# Berth

**Country:** NO
"""


def read(content: bytes, path: str = "berth.md") -> RecordsRead:
    return read_records("harbour", [(path, content)], KINDS, {path: "service"})


def written(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(written(item) for item in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else str(value)


@settings(deadline=None)
@given(RECORDS)
def test_every_valid_value_comes_back_as_it_was(values: dict[str, object]):
    lines = [f"{name}: {written(value)}" for name, value in values.items()]

    found = read("\n".join(["kind: service", *lines]).encode(), "berth.yaml")

    assert found.problems == ()
    row = dict(zip(KIND.as_table().column_names, found.rows["services"][0], strict=True))
    assert {name: row[name] for name in values} == values
    assert all(row[f.name] is None for f in KIND.fields if f.name not in values)


@settings(deadline=None)
@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_an_instant_is_the_same_whatever_its_offset(at: datetime, minutes: int):
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    text = f"name: x\nchecked_at: {at.isoformat()}{sign}{hours:02}:{rest:02}\n"

    row = read(text.encode(), "berth.yaml").rows["services"][0]

    assert row[8] == at.replace(tzinfo=UTC) - timedelta(minutes=minutes)


@settings(deadline=None)
@given(RECORDS)
def test_every_valid_value_is_one_that_an_editor_accepts(values: dict[str, object]):
    said = {
        name: value
        if isinstance(value, bool | int | list | str)
        else float(value)
        if isinstance(value, Decimal)
        else written(value)
        for name, value in values.items()
    }
    assert jsonschema_rs.is_valid(json_schema(KIND), {"kind": "service", **said})


SCALARS = st.one_of(TEXTS, st.integers(-5, 5), st.booleans(), st.none(), st.sampled_from(["live", "NO", "2026-01-31"]))
ODD = st.one_of(SCALARS, st.lists(SCALARS, max_size=3), st.dictionaries(TEXTS, SCALARS, max_size=2))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["name", "stage", "country", "tier", "on_call", "paths", "nmae"]), ODD))
def test_what_an_editor_accepts_of_odd_records_the_walk_accepts(said: dict[str, object]):
    said = {"kind": "service", **said}

    # JSON is YAML: the very same text is held against both.
    found = read(json.dumps(said, ensure_ascii=False).encode(), "berth.yaml")

    assert found.problems == () or not jsonschema_rs.is_valid(json_schema(KIND), said)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(["name"]), st.text(st.characters(exclude_categories=["Cs"]), min_size=1)),
    TEXTS.filter(lambda t: not any(c.isspace() for c in t)),
)
def test_a_new_record_says_what_it_was_given(values: dict[str, str], id: str):
    found = read(new_record(KIND, id, {"name": "x"} | values).encode())
    assert found.problems == ()
    assert found.rows["services"][0][1:3] == (id, values.get("name", "x"))


def lines_of(content: bytes) -> int:
    return len(re.findall(rb"\r\n|\r|\n", content)) + 1


@st.composite
def mutations(draw: st.DrawFn, valid: bytes) -> bytes:
    content = valid
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        cut = draw(st.integers(0, 12))
        put = draw(
            st.one_of(
                st.binary(max_size=4),
                st.sampled_from(
                    [b"\t", b"&a ", b"*a", b"[", b"{", b"\n", b": ", b"- ", b"\xe2\x80\xa8", b"\r", b"---\n", b"!!x "]
                ),
            )
        )
        content = content[:at] + put + content[at + cut :]
    return content


@settings(max_examples=400, deadline=None)
@given(mutations(VALID.encode()))
def test_a_damaged_record_gives_problems_within_its_file_and_never_a_traceback(content: bytes):
    found = read(content)
    assert all(1 <= problem.line <= lines_of(content) and problem.col >= 1 for problem in found.problems)
    assert len(found.rows["services"]) <= 1
    assert found.problems or found.rows["services"]


@settings(max_examples=200, deadline=None)
@given(mutations(VALID.split("---\n")[1].encode()))
def test_a_damaged_yaml_file_gives_problems_within_its_file(content: bytes):
    found = read(content, "berth.yaml")
    assert all(1 <= problem.line <= lines_of(content) for problem in found.problems)


DECLARATION = b"""\
service:
  table: services
  title: Service
  fields:
    name: {type: text, required: true, doc: Its name.}
    tier: {type: integer, enum: [1, 2], doc: Its tier.}
    needs: {type: list, reference: service, doc: What it needs.}
"""


@settings(max_examples=200, deadline=None)
@given(mutations(DECLARATION))
def test_a_damaged_declaration_gives_kinds_or_problems_within_its_file(content: bytes):
    assert all(1 <= problem.line <= lines_of(content) for problem in problems_of(content))


def problems_of(declaration: bytes) -> Sequence[Problem]:
    try:
        read_kinds([Declaration("p", "records.yaml", declaration)])
    except BadInput as error:
        return error.problems
    return ()
