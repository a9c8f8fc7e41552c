"""Trueline: the execution engine of a Head of Engineering."""

__version__ = "0.1.0"
