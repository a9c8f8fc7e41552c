"""Records: documents and YAML files that say something of a declared kind."""
