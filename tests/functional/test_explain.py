"""`trueline explain`: what governs a file, what it carries, what verifies it and whose it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Workshop

SPEC = """---
kind: spec
id: cart
title: The cart
status: canonical
owner: role:specs
paths: [/src/cart/**]
---
# The cart

Total of a cart
`req~cart-total~1`

The total must be the sum of its lines.

Needs: impl, utest
"""


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    made = new_repository("shop")
    made.commit(
        "Begin",
        {
            "trueline.toml": "schema = 1\n",
            "specs/cart.md": SPEC,
            "src/cart/total.py": "# [impl-\x3ereq~cart-total~1]\ndef total():\n    return 0\n",
            "tests/test_total.py": "# [utest-\x3ereq~cart-total~1]\ndef test_total():\n    assert True\n",
            "CODEOWNERS": "/src/ @shop/checkout\n",
            "docs/guide.md": "See [total](../src/cart/total.py).\n",
            "other.py": "a = 1\n",
        },
    )
    return made


def test_a_file_is_explained_by_its_specification_its_requirements_its_tests_and_its_owner(trueline, shop):
    said = trueline("explain", "-C", shop.path, "src/cart/total.py", "--format", "json").answers().json

    assert said["governed_by"] == [
        {"spec": "cart", "status": "canonical", "owner": "role:specs", "path": "specs/cart.md"}
    ]
    assert [(row["requirement"], row["role"], row["path"]) for row in said["requirements"]] == [
        ("req~cart-total", "implements", "specs/cart.md")
    ]
    assert [(row["path"], row["line"]) for row in said["verified_by"]] == [("tests/test_total.py", 1)]
    assert [(row["owner"], row["where_it_says"]) for row in said["owned_by"]] == [("@shop/checkout", "CODEOWNERS:1")]
    assert set(said["unknown"]) == {"named_in", "services"}  # they need the history, which nobody collected
    trueline("collect", "-C", shop.path).answers()
    said = trueline("explain", "-C", shop.path, "src/cart/total.py", "--format", "json").answers().json
    assert [row["path"] for row in said["named_in"]] == ["docs/guide.md"]
    assert said["unknown"] == {}


def test_a_line_leaves_out_what_stands_far_from_it(trueline, shop):
    shop.commit("Grow", {"src/cart/total.py": "# [impl-\x3ereq~cart-total~1]\n" + "\n" * 200 + "a = 1\n"})

    near = trueline("explain", "-C", shop.path, "src/cart/total.py:3", "--format", "json").answers().json
    far = trueline("explain", "-C", shop.path, "src/cart/total.py:190", "--format", "json").answers().json

    assert len(near["requirements"]) == 1
    assert far["requirements"] == []


def test_text_says_what_is_known_and_ends_with_the_verdict(trueline, shop):
    said = trueline("explain", "-C", shop.path, "src/cart/total.py").answers()

    assert "cart  canonical, role:specs  specs/cart.md" in said.out
    assert said.out.rstrip().endswith("verified in 1 place.")


def test_a_file_that_nothing_governs_says_so(trueline, shop):
    said = trueline("explain", "-C", shop.path, "other.py").answers()

    assert "Nothing that says so governs other.py." in said.out


def test_a_file_that_is_not_there_is_refused_with_the_nearest_name(trueline, shop):
    trueline("explain", "-C", shop.path, "src/cart/totl.py").refuses("no file", "src/cart/total.py")
