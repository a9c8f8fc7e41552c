from __future__ import annotations

import pytest

from trueline.app.parameter_ranges import out_of_range, ranges_of
from trueline.app.specs import Spec


def spec(*parameters: str) -> Spec:
    return Spec("cart", "The cart", "role:sales", "specs/cart.md", (), parameters)


def outside(parameter: str, path: str, before: str | None, after: str) -> list[str | None]:
    ranges, problems = ranges_of([spec(parameter)])
    assert not problems
    changes, unreadable = out_of_range(ranges, {path: before.encode()} if before else {}, {path: after.encode()})
    assert not unreadable
    return [change.new for change in changes]


def test_the_ends_of_a_range_are_inside_it():
    assert outside("limit 1..30", "a.env", "LIMIT=5", "LIMIT=1") == []
    assert outside("limit 1..30", "a.env", "LIMIT=5", "LIMIT=30") == []
    assert outside("limit 1..30", "a.env", "LIMIT=5", "LIMIT=30.1") == ["LIMIT = 30.1"]


def test_an_end_that_is_left_open_allows_everything_on_its_side():
    assert outside("limit ..30", "a.env", None, "LIMIT=-1000") == []
    assert outside("limit 0.5..", "a.env", None, "LIMIT=0.4") == ["LIMIT = 0.4"]


def test_a_value_that_the_change_does_not_set_is_not_judged():
    assert outside("limit 1..30", "a.env", "LIMIT=99\nX=1", "LIMIT=99\nX=2") == []


def test_a_key_matches_by_its_last_parts_only_at_their_borders():
    assert outside("cart.limit 1..30", "a.yaml", None, "shop: {cart: {limit: 31}}") == ["shop.cart.limit = 31"]
    assert outside("limit 1..30", "a.yaml", None, "cart: {unlimit: 31}") == []


def test_values_in_lists_and_in_several_documents_are_found():
    assert outside("limit 1..30", "a.yaml", None, "- limit: 31\n- limit: 3\n") == ["0.limit = 31"]
    assert outside("limit 1..30", "a.yaml", None, "limit: 3\n---\nlimit: 31\n") == ["1.limit = 31"]


def test_words_and_values_that_are_no_numbers_are_not_judged():
    assert outside("limit 1..30", "a.env", None, "LIMIT=many") == []
    assert outside("limit 1..30", "a.yaml", None, "limit: .inf") == []


@pytest.mark.parametrize("text", ["limit", "limit many..few", "limit ..", "1..30"])
def test_a_parameter_without_a_range_is_told_where_it_stands(text):
    ranges, problems = ranges_of([spec(text)])

    assert not ranges
    assert problems[0].path == "specs/cart.md"
    assert "min..max" in problems[0].fix


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.yaml", "a: [1, 2"),
        ("a.json", "[" * 100_000),
        ("a.toml", "= 3"),
        (
            "a.yaml",
            "a: &a [x, x]\n"
            + "".join(f"b{n}: &b{n} [*{p}, *{p}]\n" for n, p in enumerate(["a", *(f"b{i}" for i in range(30))])),
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_takes_no_time(path, content):
    ranges, _ = ranges_of([spec("limit 1..30")])

    changes, unreadable = out_of_range(ranges, {}, {path: content.encode()})

    assert not changes
    assert unreadable[0].startswith(f"{path}: ")


def test_without_ranges_no_file_is_read():
    assert out_of_range([], {}, {"a.yaml": b"a: [1"}) == ([], [])
