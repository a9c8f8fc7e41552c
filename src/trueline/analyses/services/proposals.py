"""Propose folders that look like services; the rules are data (`proposals.yaml`).

A folder counts that stands at the top or directly in a group such as `services/`, and that is deployed or built by
itself. Only names are looked at. Whether anything of it runs for others is the user's to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")
"""Paths that need no quoting in TOML, YAML or gitignore's dialect; other folders are the user's to name."""


def service_folders(paths: Sequence[str]) -> dict[str, str]:
    """Return folders that look like a service, deployed ones first, each with the file that shows it.

    The root is one where no folder is: a repository that is built or deployed as a whole.
    """
    rules = _rules()
    found: dict[str, str] = {}
    for path in paths:
        folder, _, file = path.rpartition("/")
        parts = folder.lower().split("/") if folder else []
        is_in_group = len(parts) == 2 and parts[0] in rules["groups"]
        is_near = len(parts) <= 1 or is_in_group
        is_plain = not parts or (PLAIN.fullmatch(folder) and not set(parts) & rules["no_service"])
        name = file.lower()
        is_built = name in rules["built"] or (is_in_group and name in rules["built_in_group"])
        shows_it = name in rules["deployed"] or (is_built and folder not in found)
        if is_near and is_plain and shows_it and folder.lower() not in rules["groups"]:
            found[folder] = file
    inner = {folder: file for folder, file in found.items() if folder}
    chosen = inner or found
    return dict(sorted(chosen.items(), key=lambda item: (item[1].lower() not in rules["deployed"], item[0])))


@cache
def _rules() -> dict[str, frozenset[str]]:
    import yaml

    text = resources.files(__package__).joinpath("proposals.yaml").read_text("utf-8")
    return {name: frozenset(words) for name, words in yaml.safe_load(text).items()}
