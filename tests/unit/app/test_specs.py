from __future__ import annotations

from trueline.app.governing import SpecTexts, weigh
from trueline.app.specs import Spec, part_of, requirement_ids
from trueline.model.enforcement import EnforcementChange

SPEC = Spec("cart", "The cart", "role:sales", "specs/cart.md", ("shop/",))
TEXT = b"# Cart\n\n## Totals\nCART-1: an apple costs 10.\n\n## Other\nCART-10: nothing.\n"
CHANGE = EnforcementChange(
    "expected_changed", True, "tests/a.py", "test_a", "total() == 10", "total() == 12", requirement_ids=("CART-1",)
)


def never(spec: str, test: str) -> bool:
    return False


def texts(before: bytes, after: bytes | None = None) -> SpecTexts:
    path = SPEC.source_path
    return SpecTexts([SPEC], {path: before}, {path: before if after is None else after})


def test_the_section_of_a_requirement_is_compared_alone():
    part = part_of(SPEC, "CART-1", TEXT, TEXT.replace(b"nothing", b"everything"))

    assert (part.section, part.is_changed) == ("Totals", False)
    assert part.new == ("CART-1: an apple costs 10.",)


def test_a_changed_section_shows_the_lines_of_both_ends():
    part = part_of(SPEC, "CART-1", TEXT, TEXT.replace(b"costs 10", b"costs 12"))

    assert part.is_changed
    assert (part.old, part.new) == (("CART-1: an apple costs 10.",), ("CART-1: an apple costs 12.",))


def test_an_id_is_not_found_inside_a_longer_one():
    part = part_of(SPEC, "CART-1", b"CART-10: x\nCART-1a: y\n", b"CART-10: z\n")

    assert not part.is_changed
    assert part.new == ()


def test_requirements_of_a_text_are_its_words_with_a_number():
    assert requirement_ids("**CART-1** and `REQ-A-12`, not UTF8, x-1 or A-B.") == {"CART-1", "REQ-A-12"}


def test_a_specification_that_has_the_new_value_and_not_the_old_one_changed_before():
    said = texts(TEXT.replace(b"costs 10", b"costs 12"))

    assert [one.standing for one in weigh([CHANGE], said, [], never)] == ["spec_changed_before"]


def test_history_that_says_so_is_enough():
    assert [one.standing for one in weigh([CHANGE], texts(TEXT), [], lambda spec, test: True)] == [
        "spec_changed_before"
    ]


def test_a_specification_that_changes_elsewhere_is_untouched():
    said = texts(TEXT, TEXT.replace(b"nothing", b"everything"))

    assert [one.standing for one in weigh([CHANGE], said, [], never)] == ["spec_untouched"]


def test_a_test_without_an_id_is_known_by_the_governed_code_that_changes_with_it():
    change = EnforcementChange("expected_changed", True, "tests/a.py", "test_a", "1", "2")

    assert [one.standing for one in weigh([change], texts(TEXT), ["shop/cart.py"], never)] == ["spec_untouched"]
    assert [one.standing for one in weigh([change], texts(TEXT), ["other.py"], never)] == ["no_requirement"]


def test_a_step_of_ci_has_no_requirement():
    change = EnforcementChange("ci_disabled", True, "ci.yml", "jobs.test", "x", None)

    assert [one.standing for one in weigh([change], texts(TEXT), ["shop/cart.py"], never)] == ["no_requirement"]
