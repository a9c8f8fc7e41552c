"""The nouns of Trueline: frozen dataclasses and table schemas, standard library only."""
