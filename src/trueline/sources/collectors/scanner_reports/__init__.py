"""Reports that other tools write about a commit: SARIF 2.1.0, and the JSON of OpenSSF Scorecard."""

from .collector import Commit, ReportFile, ScannerCollector, ScorecardCollector

__all__ = ["Commit", "ReportFile", "ScannerCollector", "ScorecardCollector"]
