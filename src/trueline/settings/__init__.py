"""Settings: `trueline.toml`, the environment, and the user's own directories."""
