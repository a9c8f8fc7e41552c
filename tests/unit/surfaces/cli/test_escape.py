"""Text from repositories is hostile: nothing of it may act."""

from __future__ import annotations

import csv
import io

import pytest

from trueline.surfaces.cli.escape import cells, clip, clip_middle, csv_cell, visible, wrapped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("one\ntwo\r\tthree", "one\\ntwo\\r\\tthree"),
        ("abc\u202egnp.exe", "abc\\u202egnp.exe"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("latin\udce9", "latin\\xe9"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("\x9b31m", "\\x9b31m"),
        ("naïve – 港 👩‍🚀", "naïve – 港 👩‍🚀"),
    ],
)
def test_what_could_act_is_shown_and_what_cannot_stays(text, shown):
    assert visible(text) == shown


def test_visible_text_can_always_be_encoded():
    assert visible("".join(map(chr, range(0xD7F0, 0xE010)))).encode("utf-8")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\r", "＝"])
def test_no_cell_starts_a_formula(start):
    assert str(csv_cell(f"{start}cmd|'/c calc'!A0")).startswith("'")


def test_numbers_and_harmless_text_stay_as_they_are():
    assert [csv_cell(value) for value in (-3, 2.5, None, "a=b", "")] == [-3, 2.5, None, "a=b", ""]


def test_a_cell_survives_the_csv_writer_on_one_line():
    out = io.StringIO()
    csv.writer(out).writerow([csv_cell('=1+"\n2')])
    assert out.getvalue().count("\n") == 1


@pytest.mark.parametrize("width", [1, 2, 5, 9, 40])
def test_nothing_is_wider_than_asked(width):
    for text in ("short", "a rather long sentence of words", "港湾通行料金", "e\u0301" * 30, "x" * 90):
        assert cells(clip(text, width)) <= max(width, 1)
        assert all(cells(line) <= max(width, 2) for line in wrapped(text, width))


def test_a_path_keeps_its_end():
    assert clip_middle("docs/" + "deep/" * 30 + "page.md", 30).endswith("page.md")


def test_wrapping_loses_no_word():
    text = "one two  three " + "x" * 50 + " four"
    assert "".join(wrapped(text, 12)).replace(" ", "") == text.replace(" ", "")
