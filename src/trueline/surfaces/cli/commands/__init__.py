"""One module per command; `command` in each is what `main` looks up."""
