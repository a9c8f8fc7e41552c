"""The parsers of file contents, each filling tree tables of its own."""

from __future__ import annotations

from .trees.documents import DOCUMENTS
from .trees.parsed import Parser

PARSERS: tuple[Parser, ...] = (DOCUMENTS,)
"""Every parser that comes with Trueline."""
