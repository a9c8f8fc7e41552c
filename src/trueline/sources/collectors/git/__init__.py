"""The git collector, tier 1: commits, changed files, tags and the repository itself, without line counts."""

from .collector import GitCollector

__all__ = ["GitCollector"]
