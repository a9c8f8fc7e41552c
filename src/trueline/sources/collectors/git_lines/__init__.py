"""The git collector, tier 2: how many lines, and which, differ between two contents."""

from .collector import GitLinesCollector, source_name
from .pair import Pair

__all__ = ["GitLinesCollector", "Pair", "source_name"]
