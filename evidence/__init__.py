"""Compare Trueline's figures with git's own on public repositories; outside `make check`."""
