"""Take stock of golden files: outputs stored to be compared with, each by its digest.

Only a file whose folder or ending says that it is an expectation is one; test data that is put in is not.
Snapshots that test runners keep in a syntax of their own are read with their tests.
"""

from __future__ import annotations

import hashlib
import re

from trueline.model.enforcement import Ledger, Measure

from .configs import is_foreign

LANGUAGE = "golden"
SHOWN = 300

_TESTS = (
    r"(^|/)(tests?|specs?|testdata|test-data|test_data|__tests__|testing|fixtures|testsuite|\w+[-_]tests?|src/test)/"
)
_FOLDER = re.compile(
    r"(^|/)(goldens?|golden[-_]?(files?|data|masters?)|__snapshots__|__image_snapshots__|[\w-]*baseline_images|"
    r"cassettes|vcr_cassettes|__cassettes__|approvals|approved)/"
)
_FOLDER_IN_TESTS = re.compile(
    r"(^|/)(expected|expected[-_](outputs?|results?|files?)|snapshots?|baselines?|references?_(output|images))/"
)
_ENDING = re.compile(
    r"\.(golden|approved(\.\w+)?|golden\.\w+|expected\.\w+|expected|snap\.(json|txt|html|png)|ambr|stderr|stdout)$|[._-]golden\.\w+$"
)
_ENDING_IN_TESTS = re.compile(
    r"[._-](expected|baseline|want)(\.\w+)?$|(^|/)(expected|want|output|golden)\.\w+$|(^|/)testdata/.*\.out$"
)
_NONE = re.compile(
    r"\.(snap|py|go|java|rb|js|jsx|ts|tsx|kt|rs|php|md|rst)$|(^|/)(README|\.git\w+)[^/]*$|(^|/)(node_modules|vendor)/"
)
_TEXT = re.compile(rb"[^\x00]*\Z")


def selects(path: str) -> bool:
    """Return True for files that are expectations by their folder or name."""
    if is_foreign(path) or _NONE.search(path):
        return False
    in_tests = bool(re.search(_TESTS, path))
    is_stored = _FOLDER.search(path) or _ENDING.search(path)
    return bool(is_stored or (in_tests and (_FOLDER_IN_TESTS.search(path) or _ENDING_IN_TESTS.search(path))))


def read(path: str, content: bytes) -> Ledger:
    """Return the golden file, known by the last two parts of its path, so that a moved folder changes nothing."""
    is_text = bool(_TEXT.match(content[:4_000]))
    normalised = content.replace(b"\r\n", b"\n").rstrip() if is_text else content
    digest = hashlib.sha256(normalised).hexdigest()[:16]
    text = " ".join(content[: SHOWN * 2].decode("utf-8", "replace").split()) if is_text else f"{len(content)} bytes"
    key = "/".join(path.split("/")[-2:])
    measure = Measure("golden_changed", key, digest, "equal", 1, text[:SHOWN])
    return Ledger(path, LANGUAGE, measures=(measure,))
