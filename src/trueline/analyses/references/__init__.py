"""What documents refer to: whether it is there, and how far the code they speak of has moved on."""

from __future__ import annotations

from trueline.analyses.base import Analysis

from .build import READS, build
from .tables import DOCUMENT_CODE, DOCUMENT_DRIFT, DOCUMENT_REFERENCES

ANALYSIS = Analysis(
    name="references",
    version=2,
    title="References of documents",
    reads=READS,
    writes=(DOCUMENT_REFERENCES, DOCUMENT_CODE, DOCUMENT_DRIFT),
    build=build,
)
