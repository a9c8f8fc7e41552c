"""How the history of the fictional company Harbour is told. Nothing here reads a clock."""
