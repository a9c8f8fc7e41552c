"""Surfaces: parse input, call one function of `app`, render. They do not know each other."""
