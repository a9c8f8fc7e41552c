"""Make a repository of any size, always the same one: git fast-import fed with drawn, not real, work."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

FIRST_COMMIT = 1_600_000_000
SECONDS_BETWEEN = 1_200
AUTHORS = 40
SHARE_OF_DOCUMENTS = 0.2
WORDS = (
    "berth",
    "crane",
    "tide",
    "pilot",
    "ledger",
    "manifest",
    "quay",
    "tonnage",
    "harbour",
    "signal",
    "rota",
    "buoy",
)


def synthetic_repository(folder: Path, *, commits: int, documents: int, sources: int = 2_000) -> Path:
    """Return a repository with a working tree, made once and found again.

    Branch `main` has all commits, branch `tenth` the first tenth of them.
    """
    path = folder / f"synthetic-{commits}-{documents}"
    if (path / ".git" / "made").exists():
        return path
    path.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(path)], check=True)
    importer = subprocess.Popen(["git", "-C", str(path), "fast-import", "--quiet"], stdin=subprocess.PIPE)
    assert importer.stdin is not None
    with importer.stdin as stream:
        for piece in _stream(commits, documents, sources):
            stream.write(piece)
    if importer.wait() != 0:
        raise RuntimeError("git fast-import failed")
    subprocess.run(["git", "-C", str(path), "reset", "--quiet", "--hard", "main"], check=True)
    (path / ".git" / "made").touch()
    return path


def _stream(commits: int, documents: int, sources: int) -> Iterator[bytes]:
    draw = random.Random(20260301)
    paths = [f"docs/{i % 20:02d}/{i % 400:03d}/page-{i}.md" for i in range(documents)]
    paths += [f"src/{i % 25:02d}/part_{i}.py" for i in range(sources)]
    for number in range(1, commits + 1):
        new = paths[len(paths) * (number - 1) // commits : len(paths) * number // commits]
        touched = dict.fromkeys([*new, _drawn(draw, documents, paths), _drawn(draw, documents, paths)])
        yield _commit(draw, number, touched, paths)
        if number == max(1, commits // 10):
            yield b"reset refs/heads/tenth\nfrom refs/heads/main\n\n"


def _drawn(draw: random.Random, documents: int, paths: list[str]) -> str:
    if documents and draw.random() < SHARE_OF_DOCUMENTS:
        return paths[draw.randrange(documents)]
    return paths[documents + int((len(paths) - documents) * draw.random() ** 3)]


def _commit(draw: random.Random, number: int, touched: Iterable[str], paths: list[str]) -> bytes:
    author = int(AUTHORS * draw.random() ** 2)
    who = f"Author {author} <author{author}@example.org> {FIRST_COMMIT + number * SECONDS_BETWEEN} +0000"
    message = f"Change {WORDS[number % len(WORDS)]} {number}\n\nBecause of {WORDS[author % len(WORDS)]}.\n".encode()
    parts = [f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(message)}\n".encode(), message]
    for path in touched:
        content = _document(draw, path, paths) if path.endswith(".md") else _source(draw, number)
        parts.append(f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n")
    return b"".join(parts) + b"\n"


def _document(draw: random.Random, path: str, paths: list[str]) -> bytes:
    sections = [f"# {path}\n"]
    for _ in range(4):
        text = " ".join(draw.choices(WORDS, k=30))
        link = "../" * path.count("/") + paths[draw.randrange(len(paths))]
        sections.append(f"## {draw.choice(WORDS)}\n\n{text} and [{draw.choice(WORDS)}]({link}).\n")
    return "\n".join(sections).encode()


def _source(draw: random.Random, number: int) -> bytes:
    return "".join(f"{draw.choice(WORDS)} = {number + line}\n" for line in range(8)).encode()
