"""`evidence` is no package of ours that is installed: it is imported from the root of the work tree."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
