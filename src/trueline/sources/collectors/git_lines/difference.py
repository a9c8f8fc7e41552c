"""Let git compare many pairs of contents at once, and read its answers.

The pairs are laid side by side in two trees, as files named by their number; so git compares
exactly these contents, knows no path whose attributes could matter, and looks for no renames.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from trueline.model.errors import GitRefused

from .pair import Difference, Pair
from .patch import read_patch
from .store import NEW_FILE, OLD_FILE, SUBMODULE, ContentStore, TreeEntry

_TREE_ENTRIES = 1_000
"""git holds the answers of one pair of trees in memory."""

_COMPARE = (
    "diff-tree", "--stdin", "-r", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color",
    "--diff-algorithm=myers", "--indent-heuristic", "--ignore-submodules=none", "--submodule=short",
)  # fmt: skip


def differences(store: ContentStore, pairs: Sequence[Pair], submodules: frozenset[str]) -> dict[int, Difference]:
    """Return how each pair differs, by its position. Raises GitRefused where git does not answer for every one."""
    found: dict[int, Difference] = {}
    counted: list[int] = []
    listed: list[int] = []
    for number, pair in enumerate(pairs):
        is_file = pair.old not in submodules and pair.new not in submodules
        if pair.old == pair.new and not is_file:
            found[number] = Difference(0, 0, False, ())  # git would pass over it
        else:
            # A patch does not tell whether a content that stayed the same is binary.
            (listed if pair.wants_hunks and is_file and pair.old != pair.new else counted).append(number)
    if counted:
        numbered = {number: pairs[number] for number in counted}
        found |= _counts(store, numbered, submodules)
    if listed:
        found |= _with_hunks(store, {number: pairs[number] for number in listed})
    if len(found) != len(pairs):
        raise GitRefused(
            f"git was asked for the lines of {len(pairs):,} changes and answered for {len(found):,}; nothing is published",
            fix="Try again; report it if it happens twice",
        )
    return found


def _counts(
    store: ContentStore, pairs: Mapping[int, Pair], submodules: frozenset[str]
) -> Iterator[tuple[int, Difference]]:
    chunks = store.git.stream(*_COMPARE, "-z", "--numstat", stdin=_side_by_side(store, pairs, submodules))
    for token in _tokens(chunks):
        # Before the first answer for two trees, git says which trees they are.
        added, deleted, number = token.rpartition(b"\n")[2].split(b"\t")
        hunks = () if pairs[int(number)].wants_hunks else None
        if added == b"-":
            yield int(number), Difference(None, None, True, hunks)
        else:
            yield int(number), Difference(int(added), int(deleted), False, hunks)


def _with_hunks(store: ContentStore, pairs: Mapping[int, Pair]) -> Iterator[tuple[int, Difference]]:
    return read_patch(store.git.stream(*_COMPARE, "--patch", "--unified=1", stdin=_side_by_side(store, pairs)))


def _side_by_side(store: ContentStore, pairs: Mapping[int, Pair], submodules: frozenset[str] = frozenset()) -> bytes:
    """Write pairs of trees that differ in these contents; return what diff-tree is asked."""
    asked = []
    numbers = sorted(pairs)
    for start in range(0, len(numbers), _TREE_ENTRIES):
        sides: tuple[list[TreeEntry], list[TreeEntry]] = ([], [])
        for number in numbers[start : start + _TREE_ENTRIES]:
            pair = pairs[number]
            for side, object_id, file in zip(sides, (pair.old, pair.new), (OLD_FILE, NEW_FILE), strict=True):
                if object_id is not None:
                    mode = SUBMODULE if object_id in submodules else file
                    side.append(TreeEntry(mode, b"%09d" % number, object_id))
        asked.append(f"{store.tree(sides[0])} {store.tree(sides[1])}\n")
    return "".join(asked).encode()


def _tokens(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        parts = (rest + chunk).split(b"\0")
        rest = parts.pop()
        yield from parts
