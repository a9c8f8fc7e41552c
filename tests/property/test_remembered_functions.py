"""A function that is remembered from another version of its file enforces what it would if it were read anew."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.model.enforcement import Ledger
from trueline.sources.enforcement import go, java, javascript
from trueline.sources.enforcement.languages_source import Source

NAMES = ("total", "count", "limit", "checkShop")
LANGUAGES = {
    "shop_test.go": (
        go.read,
        'package shop\n\nimport "testing"\n\n%s\n',
        "var {name} = {value}",
        "func {name}(t *testing.T) {{ if Sum() != {value} {{ t.Fatal() }} }}",
        (
            "// REQ-{value}\nfunc Test{number}(t *testing.T) {{\n\tgot := Add({value})\n"
            "\tif got != {name} {{ t.Error(got) }}\n\t{name}(t)\n}}"
        ),
    ),
    "ShopTest.java": (
        java.read,
        "import org.junit.Test;\nclass ShopTest {\n%s\n}\n",
        "static final int {name} = {value};",
        "void {name}() {{ assertEquals({value}, sum()); }}",
        (
            "/** REQ-{value} */\n@Test public void test{number}() {{\n int got = add({value});\n"
            " assertEquals({name}, got);\n {name}();\n}}"
        ),
    ),
    "shop.test.ts": (
        javascript.read,
        'describe("shop", () => {\n%s\n})\n',
        "const {name} = {value}",
        "function {name}() {{ expect(sum()).toBe({value}) }}",
        (
            '// REQ-{value}\nit("adds {number}", () => {{\n const got = add({value})\n'
            " expect(got).toBe({name})\n {name}()\n}})"
        ),
    ),
}
PIECES = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(NAMES), st.integers(1, 3), st.integers(0, 3)), max_size=6
)


@pytest.mark.parametrize("path", LANGUAGES)
@given(versions=st.lists(st.tuples(PIECES, st.integers(0, 2)), min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_what_is_remembered_is_what_would_be_read(path: str, versions: list[tuple[list[tuple[int, ...]], int]]) -> None:
    read, frame, *forms = LANGUAGES[path]
    texts = [
        "\n" * above
        + frame
        % "\n".join(forms[form].format(name=name, value=value, number=number) for form, name, value, number in pieces)
        for pieces, above in versions
    ]

    remembered = [read(path, text.encode()) for text in texts]

    assert remembered == [_read_anew(path, text) for text in texts]


def _read_anew(path: str, text: str) -> Ledger:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Source, "remember", lambda *_: None)
        return LANGUAGES[path][0](path, text.encode())
