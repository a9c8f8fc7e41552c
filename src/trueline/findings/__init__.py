"""Findings: identity, likely owner, history. Pure; rows come in, rows go out."""
