"""`python -m trueline.surfaces.cli`: the command line where the script is not on the path."""

from .main import main

main()
