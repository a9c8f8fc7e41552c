"""Benchmarks: is every budget kept? `make bench` prints the table; never part of `make check`.

Figures are medians of several runs on whatever machine this is. Where a rival is named, both run
in turns, so that a busy machine slows both; judge CPU where it is busy.
"""
