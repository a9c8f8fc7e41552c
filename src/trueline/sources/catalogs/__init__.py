"""Catalogues of services that teams keep in their trees for other tools: read, never written."""
