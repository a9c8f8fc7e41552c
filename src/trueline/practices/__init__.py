"""Practices: folders of data that answer duties. `loader` is the only Python here."""
