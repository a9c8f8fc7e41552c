"""`metric show` of a copy that lacks contents says so, in text and in JSON; of a whole copy it says nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import NOW, Said, Workshop

Run = Callable[..., Said]
DAY = 86_400
LINES = "".join(f"x = {number}\n" for number in range(40))


@pytest.fixture
def shop(new_repository: Callable[..., Workshop]) -> Workshop:
    shop = new_repository("shop")
    shop.commit("Begin", {"src/till.py": LINES}, at=NOW - 60 * DAY)
    shop.git("mv", "src/till.py", "src/desk.py")
    shop.commit("Rename and change", {"src/desk.py": LINES + "y = 1\n"}, at=NOW - 40 * DAY)
    return shop


@pytest.fixture
def partial(shop: Workshop, tmp_path: Path) -> Path:
    """A clone without contents, whose origin has gone."""
    shop.git("config", "uploadpack.allowFilter", "true")
    shop.git("clone", "-q", "--bare", "--filter=blob:none", f"file://{shop.path}", str(tmp_path / "partial"))
    shop.path.rename(tmp_path / "gone")
    return tmp_path / "partial"


def test_a_figure_that_rests_on_renames_says_how_far_they_are_known(trueline: Run, partial: Path):
    trueline("collect", "-q", "-C", partial).answers()

    told = trueline("metric", "show", "truck_factor", "-C", partial, "--format", "json").answers().json

    assert told["value"] == 1
    assert told["notes"] == [
        "partial lacks contents: there a file may count as renamed only where its content stayed the same"
    ]
    assert (
        f"Limited view: {told['notes'][0]}." in trueline("metric", "show", "truck_factor", "-C", partial).answers().out
    )


def test_a_figure_that_rests_on_lines_says_which_it_lacks_and_why_it_has_no_value(trueline: Run, partial: Path):
    trueline("collect", "-q", "--lines", "-C", partial).is_told_well()

    told = trueline("metric", "show", "rework_share", "-C", partial, "--format", "json").answers().json

    assert (told["value"], told["reason"]) == (None, "incomplete")
    assert "could not be seen whole" in told["detail"]
    assert told["notes"][-1].startswith("partial: the lines of 3 changes are not known")


def test_a_whole_copy_has_nothing_to_add(trueline: Run, shop: Workshop):
    trueline("collect", "-q", "-C", shop.path).answers()

    assert trueline("metric", "show", "truck_factor", "-C", shop.path, "--format", "json").answers().json["notes"] == []
    assert "Limited view" not in trueline("metric", "show", "truck_factor", "-C", shop.path).answers().out
