"""What must always hold of comparing what two trees enforce."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from trueline.analyses.enforcement.compare import compare_ledgers
from trueline.model.enforcement import Ledger
from trueline.sources.enforcement import python

SUBJECTS = ("total", "count", "price", "refund", "greeting", "opening_hours", "address", "receipt")


@st.composite
def suites(draw: st.DrawFn) -> dict[str, str]:
    """Return test functions by name, each of a subject of its own."""
    subjects = draw(st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=6, unique=True))
    found = {}
    for subject in subjects:
        values = draw(st.lists(st.integers(2, 99), min_size=1, max_size=3, unique=True))
        lines = [f"    assert {subject}(shop, {value}) == {value * 7}" for value in values]
        found[f"test_{subject}"] = "\n".join([f"def test_{subject}(shop):", *lines])
    return found


def ledger(functions: list[str], path: str = "tests/test_shop.py") -> Ledger:
    return python.read(path, "\n\n".join(functions).encode())


@given(suites(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_moving_renaming_and_permuting_tests_changes_nothing(functions: dict[str, str], random: object) -> None:
    before = list(functions.values())
    after = [text.replace("def test_", "def test_that_") for text in before]
    random.shuffle(after)  # type: ignore[attr-defined]
    half = len(after) // 2

    found = compare_ledgers(
        [ledger(before)], [ledger(after[:half], "tests/test_one.py"), ledger(after[half:], "tests/test_two.py")]
    )

    assert (found.weaker, found.stronger) == ((), ())


@given(suites())
@settings(max_examples=30, deadline=None)
def test_wrapping_tests_in_a_class_changes_nothing(functions: dict[str, str]) -> None:
    methods = [
        "\n".join(f"    {line}" for line in text.replace("(shop)", "(self, shop)").splitlines())
        for text in functions.values()
    ]

    found = compare_ledgers([ledger(list(functions.values()))], [ledger(["class TestShop:\n" + "\n\n".join(methods)])])

    assert (found.weaker, found.stronger) == ((), ())


@given(suites(), suites())
@settings(max_examples=40, deadline=None)
def test_the_reverse_of_a_change_swaps_weaker_and_stronger(one: dict[str, str], other: dict[str, str]) -> None:
    before, after = [ledger(list(one.values()))], [ledger(list(other.values()))]

    forth, back = compare_ledgers(before, after), compare_ledgers(after, before)

    assert sorted((each.kind, each.unit) for each in forth.stronger) == sorted(
        (each.kind, each.unit) for each in back.weaker if each.kind != "expected_changed"
    )


@given(suites(), st.integers(0, 20))
@settings(max_examples=40, deadline=None)
def test_a_test_that_is_taken_away_is_found(functions: dict[str, str], place: int) -> None:
    gone = sorted(functions)[place % len(functions)]
    after = [text for name, text in functions.items() if name != gone]

    found = compare_ledgers([ledger(list(functions.values()))], [ledger(after)])

    assert [(each.kind, each.unit) for each in found.weaker] == [("test_deleted", gone)]


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_compare_with_themselves_to_nothing(content: bytes) -> None:
    read = python.read("tests/test_shop.py", content)

    found = compare_ledgers([read], [read])

    assert (found.weaker, found.stronger) == ((), ())
