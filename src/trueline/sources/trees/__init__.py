"""sources/trees"""
