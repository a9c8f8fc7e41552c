"""Compute object ids, and read contents from a working tree or from git's object database.

Nothing here follows a symbolic link, waits on a pipe, or keeps a large file in memory.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from trueline.model.errors import GitRefused
from trueline.sources.git import Git

ObjectFormat = Literal["sha1", "sha256"]

_CHUNK_BYTES = 1 << 20
_TRIES = 3
_MAX_FAILURES = 20


def blob_id(content: bytes, object_format: ObjectFormat = "sha1") -> str:
    """Return the id that git gives to this content."""
    digest = hashlib.new(object_format, b"blob %d\0" % len(content), usedforsecurity=False)
    digest.update(content)
    return digest.hexdigest()


def null_id(object_format: ObjectFormat) -> str:
    """Return the id that stands for content that cannot be read."""
    return "0" * (40 if object_format == "sha1" else 64)


def file_blob_id(path: bytes, object_format: ObjectFormat) -> tuple[str, int]:
    """Return (object id, size in bytes) of a regular file, streaming.

    A file that grows meanwhile is taken as it was at first; one that shrinks is tried again.

    Raises:
        OSError: it cannot be read, is no regular file, or never holds still.
    """
    for _ in range(_TRIES):
        with open(_opened(path), "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            digest = hashlib.new(object_format, b"blob %d\0" % size, usedforsecurity=False)
            missing = size
            while missing and (chunk := file.read(min(missing, _CHUNK_BYTES))):
                digest.update(chunk)
                missing -= len(chunk)
        if not missing:
            return digest.hexdigest(), size
    raise OSError("it changes while it is read")


def read_file(path: bytes, max_bytes: int) -> bytes | None:
    """Return the content of a regular file, or None where it is larger than the limit or cannot be read."""
    try:
        with open(_opened(path), "rb") as file:
            content = file.read(max_bytes + 1)
    except OSError:
        return None
    return content if len(content) <= max_bytes else None


def read_blobs(git: Git, blob_ids: Sequence[str]) -> Iterator[bytes | None]:
    """Yield the content of each blob in order from one process; None where it is missing or damaged.

    Raises:
        GitRefused: git fails again and again, so that it is not single contents that are damaged.
    """
    done = 0
    failures = 0
    while done < len(blob_ids):
        before = done
        try:
            for content in _batch(git, blob_ids[done:]):
                yield content
                done += 1
        except GitRefused:
            if done == len(blob_ids):
                return
            failures = failures + 1 if done == before else 1
            if failures > _MAX_FAILURES:
                raise
            yield None
            done += 1


def blob_sizes(git: Git, blob_ids: Iterable[str], commit_id: str) -> dict[str, int]:
    """Return the size in bytes of each blob that is there and whole enough to tell.

    A partial clone makes git give up at the first missing blob, so what its commit misses is then left out.

    Raises:
        GitRefused: git fails for another reason.
    """
    distinct = dict.fromkeys(blob_ids)
    try:
        return _sizes(git, distinct)
    except GitRefused:
        missing = _missing(git, commit_id)
        if not missing:
            raise
        return _sizes(git, (one for one in distinct if one not in missing))


def _sizes(git: Git, blob_ids: Iterable[str]) -> dict[str, int]:
    wanted = "".join(f"{one}\n" for one in blob_ids).encode()
    if not wanted:
        return {}
    printed = git.output("cat-file", "--batch-check=%(objectname) %(objectsize)", "--buffer", stdin=wanted)
    parts = (line.split(b" ") for line in printed.splitlines())
    return {part[0].decode(): int(part[1]) for part in parts if len(part) == 2 and part[1].isdigit()}


def _missing(git: Git, commit_id: str) -> frozenset[str]:
    arguments = ("rev-list", "--objects", "--no-walk", "--missing=print", "--end-of-options", commit_id)
    printed = git.output(*arguments)
    return frozenset(line[1:].decode() for line in printed.splitlines() if line.startswith(b"?"))


def _opened(path: bytes) -> int:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("it is not a regular file")
    return descriptor


def _batch(git: Git, blob_ids: Sequence[str]) -> Iterator[bytes | None]:
    chunks = git.stream("cat-file", "--batch", "--buffer", stdin="".join(f"{one}\n" for one in blob_ids).encode())
    buffer = bytearray()
    for _ in blob_ids:
        while (end := buffer.find(b"\n")) < 0:
            buffer += _next(chunks)
        head = buffer[:end].split(b" ")
        del buffer[: end + 1]
        if len(head) != 3:
            yield None
            continue
        size = int(head[2])
        while len(buffer) <= size:
            buffer += _next(chunks)
        content = bytes(buffer[:size])
        del buffer[: size + 1]
        yield content if head[1] == b"blob" else None
    for _ in chunks:
        pass


def _next(chunks: Iterator[bytes]) -> bytes:
    chunk = next(chunks, None)
    if chunk is None:
        raise GitRefused("git cat-file ended early")
    return chunk
