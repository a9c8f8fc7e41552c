"""One function per verb of the command line; surfaces call these and nothing deeper."""
