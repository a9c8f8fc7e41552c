"""The generic feed: a CSV, JSON lines or Parquet file of rows for one table."""

from .collector import FeedCollector
from .content import Content
from .csv_content import csv_content
from .feed import Feed, open_zone
from .jsonl_content import jsonl_content
from .typed_content import typed_content

__all__ = ["Content", "Feed", "FeedCollector", "csv_content", "jsonl_content", "open_zone", "typed_content"]
