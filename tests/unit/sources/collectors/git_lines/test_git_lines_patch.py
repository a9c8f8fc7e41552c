"""Reading a patch gives the same, however it is cut into chunks."""

from __future__ import annotations

import pytest

from trueline.sources.collectors.git_lines.pair import Difference, Hunk
from trueline.sources.collectors.git_lines.patch import read_patch

PATCH = (
    b"1111 2222\n"
    b"diff --git a/000000003 b/000000003\nold mode 100644\nnew mode 100755\nindex 1..2\n--- a/000000003\n+++ b/000000003\n"
    b"@@ -1,3 +1,3 @@ head\n same\n-old\n+new\n same\n@@ -9 +9,2 @@\n-" + b"long" * 400 + b"\n+a\n+b\n\\ No newline at end of file\n"
    b"diff --git a/000000004 b/000000004\ndeleted file mode 100644\nBinary files a/000000004 and /dev/null differ\n"
    b"diff --git a/000000005 b/000000005\nnew file mode 100755\n"
)  # fmt: skip
EXPECTED = {
    3: Difference(3, 2, False, (Hunk(2, 1, 2, 1), Hunk(9, 1, 9, 2))),
    4: Difference(None, None, True, ()),
    5: Difference(0, 0, False, ()),
}


@pytest.mark.parametrize("size", [1, 7, 64, 300, len(PATCH)])
def test_a_patch_reads_the_same_in_chunks_of_any_size(size):
    chunks = (PATCH[start : start + size] for start in range(0, len(PATCH), size))
    assert dict(read_patch(chunks)) == EXPECTED


def test_an_empty_patch_has_no_pairs():
    assert list(read_patch([])) == []
