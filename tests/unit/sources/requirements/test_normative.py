from __future__ import annotations

import pytest

from trueline.sources.requirements.normative import demands, normative_digest, speaks_in_capitals


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The cart is nice to look at.", "The cart looks rather nice."),
        ("It must  delete\nthe item.", "It must delete the item."),
        ("- It must delete the item.", "It **must** delete this item"),
        ("It must delete an item within 30 s.", "An item: it must be delete within `30 s`"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a  |  b |\n| :-: | --- |\n| **1** | 2 |"),
        ("See [the cart](a.md#x).", "See [the cart](https://x.example/b/2/c.md)."),
        ("It MUST keep it.", "It SHALL keep it."),
        ("1. It must keep it.", "2. It must keep it."),
        ("It is so. <!-- toc 3 -->", "It is so. <br/>"),
        ("- [Contents](#contents)", "- [Other](#other)"),
        ("```\nGET /carts\n```", "~~~\n  GET   /carts\n~~~"),
        ("```\nkeep()  // untill it sails\n```", "```\nkeep()  // until then\n```"),
        ("It doesn't need the user's berth, and must not.", "It does not need the users berth and mustn't."),
        ("1. `Berth`\nIt lies there.", "1. `Berth`\n   > It lies there."),
        (
            "* Review: [one](https://x.example/1), [SE-0264](https://x.example/2)",
            "* Review: [two](https://x.example/3)",
        ),
        (
            "a | b\n---|---\nc | It is what a ship has when it is in the harbour",
            "|a|b|\n|-|-|\n|c|What ships that lie in a harbour have, one and all|",
        ),
    ],
)
def test_wording_and_layout_change_no_demand(one: str, other: str):
    assert sorted(set(demands(one))) == sorted(set(demands(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It must delete the item.", "It must keep the item."),
        ("It must delete the item.", "It should delete the item."),
        ("It may delete the item.", "It may not delete the item."),
        ("It answers after 30 s.", "It answers after 60 s."),
        ("The limit is 10 %.", "The limit is 10 s."),
        ("It is `open` or `shut`.", "It is `open`."),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 3 |"),
        ("x < 3", "x ≤ 3"),
        ("| a | 1 |\n| b | 2 |", "| a | 2 |\n| b | 1 |"),
        ("**Status**: Stable", "**Status**: Deprecated"),
        ("Formats:\n\n- json\n- yaml", "Formats:\n\n- json"),
        ("Call GET /carts/{id}.", "Call GET /carts."),
        ('```json\n{"a": 1}\n```', '```json\n{"a": 2}\n```'),
        ("A berth is a **place**.", "A berth is a **ship**."),
        ("a | b\n---|---\n1 | 2", "a | b\n---|---\n1 | 3"),
        ("```\nkeep()  // it must stay 3 days\n```", "```\nkeep()  // it must stay 4 days\n```"),
        ("```\nrun -- --force\n```", "```\nrun -- --dry\n```"),
        ("* **name** the name of the ship, as painted", "* **flag** the name of the ship, as painted"),
        (
            "| a | The ship that lies there must leave within 3 days of it |",
            "| a | The ship that lies there must leave within 4 days of it |",
        ),
        ("Since 2026-01-01.", "Since 2026-02-01."),
    ],
)
def test_another_meaning_is_another_demand(one: str, other: str):
    assert normative_digest(one) != normative_digest(other)


def test_prose_that_binds_nobody_demands_nothing():
    assert demands("Ships come and go. The harbour likes them.") == ()


def test_a_date_is_one_value():
    assert demands("Since 2026-01-02.") == ("2026-01-02",)


def test_a_fence_that_never_closes_is_still_read():
    assert demands("```\na = 1\n") == ("code a = 1",)


def test_where_capitals_bind_small_letters_do_not():
    assert speaks_in_capitals("It MUST. It MAY.")
    assert demands("You may like it.", in_capitals=True) == ()
    assert "must" in demands("It MUST keep it.", in_capitals=True)
