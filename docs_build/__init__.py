"""Write what the code says about itself into `docs/reference`, and make the picture of the README.

`python -m docs_build` writes the pages; tests hold them to the code. No part of the package that ships.
"""
