"""Ledgers that are read by two processes are those that one would read, in the same order."""

from __future__ import annotations

from trueline.app.changes import PARALLEL_BYTES, Contents, ledgers_of, ledgers_of_both

LONG = "".join(f"def test_{number}():\n    assert total({number}) == {number * 7}\n\n" for number in range(4_000))


def test_two_processes_read_what_one_would() -> None:
    before: dict[str, bytes | None] = {
        "tests/test_b.py": LONG.encode(),
        "README.md": b"no test",
        "tests/test_gone.py": LONG.encode(),
    }
    after: dict[str, bytes | None] = {
        "tests/test_new.py": LONG.encode(),
        "tests/test_b.py": LONG.replace("7", "8").encode(),
        "tests/c.py": None,
    }
    assert sum(len(content or b"") for content in after.values()) > PARALLEL_BYTES

    found = ledgers_of_both(Contents(dict(before), dict(after)))

    assert found == (ledgers_of(dict(before)), ledgers_of(dict(after)))


def test_the_files_of_a_change_may_all_be_on_one_side() -> None:
    after: dict[str, bytes | None] = {f"tests/test_{number}.py": LONG.encode() for number in range(2)}

    found = ledgers_of_both(Contents({}, after))

    assert found == ([], ledgers_of(dict(after)))
