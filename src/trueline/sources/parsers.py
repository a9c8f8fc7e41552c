"""The parsers of file contents, each filling tree tables of its own."""

from __future__ import annotations

from .requirements.parser import REQUIREMENTS
from .test_units.parser import TEST_UNITS
from .trees.documents import DOCUMENTS
from .trees.parsed import Parser

PARSERS: tuple[Parser, ...] = (DOCUMENTS, REQUIREMENTS)
"""Every parser that comes with Trueline, without those of code."""

CODE_PARSERS: tuple[Parser, ...] = (TEST_UNITS,)
"""Parsers of syntax trees: slow, so they read only where a rule or a question needs their tables. The gate has no
need of them: it compares what the files of a change enforce itself."""
