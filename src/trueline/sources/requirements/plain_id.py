"""Ids that projects make up for their requirements, `REQ-12` or `SYS-AUTH-003`, and words that only look like one."""

from __future__ import annotations

import re

ID = r"[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]*[A-Z][A-Z0-9]*)*[-_]\d+(?:\.\d+)*[a-z]?"
"""Capitals, a separator, a number; never a single letter alone."""
CANDIDATE = re.compile(rb"[A-Z0-9][-_][0-9]")
"""The bytes that every id has."""

_SPLIT = re.compile(r"(?P<prefix>.*[-_])\d+(?:\.\d+)*[a-z]?")
_REQUIREMENT_PREFIX = re.compile(
    r"(?:.*[-_])?(?:[A-Z0-9]*REQ[A-Z0-9]*|FR|NFR|SR|UR|SRS|URS|PRS|SYS|SWR|SWRS|HLR|LLR|CRS|RQ|RQM|NR|QR|STK|SPEC|SHALL|AC)[-_]"
)
_STANDARDS = frozenset(
    "UTF UCS SHA MD AES RSA ISO IEC IEEE RFC CVE CWE GHSA EN DIN ANSI NIST FIPS ECMA ITU BCP STD PEP JEP JSR EIP ERC BIP"
    " CIP KEP WCAG ASCII CP WINDOWS LATIN KOI BIG HTTP HTTPS TLS SSL IP IPV USB COVID GPT CLAUDE GEMINI LLAMA X UTC GMT"
    " MPL GPL LGPL AGPL BSD CC PY CPP CXX HTML ES TS ADR DEC DOI ISBN CRC BASE INT UINT FLOAT OS ARM AMD PHP AZ".split()
)
"""First words of standards, licences, encodings, decisions and versions: never of requirements."""


def prefix_of(written: str) -> str:
    """Return an id without its number: `REQ-` of `REQ-12`."""
    found = _SPLIT.fullmatch(written)
    return found["prefix"] if found else written


def is_plausible(written: str) -> bool:
    """Return True where an id may be a project's own."""
    first = re.split(r"[-_]", written, maxsplit=1)[0]
    return len(first) > 1 and first not in _STANDARDS


def says_requirement(prefix: str) -> bool:
    """Return True where a prefix itself says that it is of requirements."""
    return _REQUIREMENT_PREFIX.fullmatch(prefix) is not None
