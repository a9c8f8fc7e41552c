"""One practice as a page, as text and as JSON."""
