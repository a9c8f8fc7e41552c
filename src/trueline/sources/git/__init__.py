"""git as a source: the one way to run it, its paths as text, and what kind of repository is at hand."""

from .paths import display_path, path_bytes
from .repository import MainLine, NotARepository, Repository, name_of_folder, open_repository
from .run import Git, GitFailed

__all__ = [
    "Git",
    "GitFailed",
    "MainLine",
    "NotARepository",
    "Repository",
    "display_path",
    "name_of_folder",
    "open_repository",
    "path_bytes",
]
