"""The parser that keeps what tests enforce as tree tables."""
