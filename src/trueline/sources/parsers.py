"""The parsers of file contents, each filling tree tables of its own."""

from __future__ import annotations

from .requirements.parser import REQUIREMENTS
from .trees.documents import DOCUMENTS
from .trees.parsed import Parser

PARSERS: tuple[Parser, ...] = (DOCUMENTS, REQUIREMENTS)
"""Every parser that comes with Trueline."""
