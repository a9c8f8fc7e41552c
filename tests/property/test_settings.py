"""What must hold for every settings file, however odd."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.model.errors import BadInput, Problem
from trueline.settings.toml_places import Key, key_places
from trueline.settings.trueline_toml import read_settings

VALID = b"""\
schema = 1 # one
name = "harbour"
[[repository]]
path = "../berth"
[practices]
paths = ["a", 'b']
[records]
"services/*.md" = "service"
[feeds.deploys]
table = "deployments"
columns = {at = "finished", "x" = '''y'''}
population = {repositories = [], since = 2025-01-01}
[rules.late]
mode = "off"
"""


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    content = VALID
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(content)))
        pieces = [b'"', b"'", b"[", b"]", b"{", b"}", b"\n", b"=", b".", b"#", b"[[a]]\n", b'"""', b"\\", b","]
        put = draw(st.one_of(st.binary(max_size=3), st.sampled_from(pieces)))
        content = content[:at] + put + content[at + draw(st.integers(0, 8)) :]
    return content


def keys(value: object, key: Key = ()) -> set[Key]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {key, *(found for name, item in items for found in keys(item, (*key, name)))}


@settings(max_examples=400, deadline=None)
@given(mutations())
def test_a_damaged_file_gives_settings_or_problems_within_it(content: bytes):
    assert all(0 <= problem.line <= content.count(b"\n") + 1 for problem in problems_of(content))


def problems_of(content: bytes) -> Sequence[Problem]:
    try:
        read_settings(Path("/x/trueline.toml"), content, "trueline.toml")
    except BadInput as error:
        return error.problems
    return ()


@settings(max_examples=400, deadline=None)
@given(mutations())
def test_every_key_of_valid_toml_has_a_place(content: bytes):
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
        parsed = tomllib.loads(text)
    except (ValueError, RecursionError):
        return
    assert keys(parsed) - {()} <= key_places(text).keys()
