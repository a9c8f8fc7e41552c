"""Build the fictional company Harbour: `python examples/harbour/build.py DIRECTORY`.

Makes three git repositories, a handbook and two feeds in a directory that must not exist yet.
Standard library and git only; no clock and no chance, so object ids are the same everywhere.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from story import berths, portal, tariffs
from story.feeds import write_deployments
from story.history import git

HERE = Path(__file__).parent
REPOSITORIES = {"berths": berths.build, "tariffs": tariffs.build, "portal": portal.build}


def build(directory: Path) -> dict[str, str]:
    """Build everything and return the head commit of each repository."""
    directory.mkdir(parents=True)
    releases = {name: tell(directory / name) for name, tell in REPOSITORIES.items()}
    shutil.copytree(HERE / "handbook", directory / "handbook")
    shutil.copytree(HERE / "feeds", directory / "feeds")
    write_deployments(directory / "feeds" / "deployments.csv", {name: releases[name] for name in ("berths", "portal")})
    return {name: git(directory / name, "rev-parse", "HEAD") for name in REPOSITORIES}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or Path(arguments[0]).exists():
        print("usage: build.py DIRECTORY   (it must not exist yet)", file=sys.stderr)
        return 2
    print(json.dumps(build(Path(arguments[0])), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
