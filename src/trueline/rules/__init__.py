"""Rules: SQL files with a header; reading, checking, running and explaining them."""
