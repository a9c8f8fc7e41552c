"""Read what files enforce: test units from syntax trees, and the measures of CI, settings and suppressions."""
