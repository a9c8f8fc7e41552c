"""Tables: the lake, the catalog, the snapshot. The one place that knows DuckDB."""
