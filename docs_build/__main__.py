"""Write `docs/reference`: `python -m docs_build`."""

from __future__ import annotations

from .declared import ROOT
from .pages import pages

FOLDER = ROOT / "docs" / "reference"


def main() -> None:
    """Write every page, and remove what is not one of them."""
    made = pages()
    for name, content in made.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    for path in FOLDER.rglob("*"):
        if path.is_file() and path.relative_to(FOLDER).as_posix() not in made:
            path.unlink()


if __name__ == "__main__":
    main()
