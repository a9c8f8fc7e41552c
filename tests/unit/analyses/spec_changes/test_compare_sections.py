from __future__ import annotations

from trueline.analyses.spec_changes.compare import Section, compare_sections, differing, is_typing_mistake


def section(anchor: str, *demands: str, text: str | None = None) -> Section:
    return Section(anchor, anchor.title(), 1, text if text is not None else " ".join(demands), demands)


def test_another_demand_is_normative_and_says_what_left_and_what_came():
    (change,) = compare_sections([section("total", "must", "keep", "30 s")], [section("total", "must", "keep", "60 s")])

    assert (change.kind, change.lost, change.gained) == ("normative", ("30 s",), ("60 s",))


def test_other_words_with_the_same_demands_are_text():
    (change,) = compare_sections([section("a", "must", text="x")], [section("a", "must", text="y")])

    assert change.kind == "text"
    assert not change.is_normative


def test_a_section_that_got_another_heading_is_no_change():
    assert compare_sections([section("a", "must", text="x")], [section("b", "must", text="x")]) == []


def test_a_demand_that_moved_to_another_section_is_neither_lost_nor_gained():
    before = [section("a", "must", "30 s"), section("b", "may")]
    after = [section("a", "must"), section("b", "may", "30 s")]

    assert {change.kind for change in compare_sections(before, after)} == {"text"}


def test_sections_that_demand_nothing_come_and_go_without_a_word():
    assert compare_sections([section("a", text="x")], [section("b", text="y")]) == []


def test_a_mended_typing_mistake_is_no_other_demand():
    assert differing(["must", "recieve"], ["must", "receive"]) == ((), ())
    assert differing(["must", "delete"], ["must", "retain"]) == (("delete",), ("retain",))


def test_a_mended_typing_mistake_in_an_item_or_a_cell_is_no_other_demand():
    assert differing(["item componenets list"], ["item components list"]) == ((), ())
    assert differing(["cell a: user name"], ["cell a: users name"]) != ((), ())
    assert differing(["code recieve()"], ["code receive()"]) == (("code recieve()",), ("code receive()",))


def test_code_laid_out_anew_is_no_other_demand():
    assert differing(["code f(a, b)", "must"], ["code f(", "code a, b)", "must"]) == ((), ())
    assert differing(["code f(a, b)"], ["code f(", "code a, c)"])[1] == ("code f(", "code a, c)")


def test_numbers_and_negations_are_never_typing_mistakes():
    assert not is_typing_mistake("30000", "30001")
    assert not is_typing_mistake("allowed", "unallowed")
    assert is_typing_mistake("occured", "occurred")


def test_a_section_renamed_and_slightly_changed_is_compared_with_itself():
    before = [section("a", "must", "keep", "cart", "30s", text="x")]
    after = [section("b", "must", "keep", "cart", "60s", text="y")]

    (change,) = compare_sections(before, after)

    assert (change.kind, change.lost, change.gained) == ("normative", ("30s",), ("60s",))


def test_a_word_that_leaves_one_section_and_comes_to_another_is_no_move():
    before = [section("a", "must", "keep", "cart"), section("b", "may")]
    after = [section("a", "may"), section("b", "may", "keep", "ship", "berth", "quay", "crane", "tide")]

    assert {change.section.anchor: change.kind for change in compare_sections(before, after)}["a"] == "normative"
