"""Reports that test runners and coverage tools write: JUnit XML, Cobertura XML, lcov and coverage.py's JSON."""

from .collector import Kind, Report, ReportCollector
from .refused import ReportRefused

__all__ = ["Kind", "Report", "ReportCollector", "ReportRefused"]
