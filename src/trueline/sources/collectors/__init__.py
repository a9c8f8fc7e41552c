"""sources/collectors"""
