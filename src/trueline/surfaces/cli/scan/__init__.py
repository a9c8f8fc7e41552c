"""The scan for people and programs: one page, one screen of text, one JSON object."""
