"""Bare mirrors of repositories that live elsewhere: the only place that talks to a remote.

Branches and tags are brought as they are there; what was deleted or forced there is so here. The
user's own git configuration and credentials apply, because it is the user who named the address;
nobody is asked for a password. A mirror that is being made is not there yet.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from trueline.model.errors import GitRefused, NotAllowed, UsageError

from .repository import name_of_remote

PROTOCOLS = "file:git:http:https:ssh"
REFS = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
_DENIED = re.compile(
    r"authentication failed|could not read (username|password)|permission denied|access denied|HTTP 40[13]", re.I
)
_HEAD = re.compile(rb"ref: (refs/heads/\S+)\tHEAD")
_SECRET = re.compile(r"(?<=://)[^/@]*(?=@)|(?<=[?#]).*")
"""What may hold a password: whoever is named before the host, and all that follows the path."""


def mirror_directory(folder: Path, url: str) -> Path:
    """Return where the mirror of an address is; the name can be read by people, the digest keeps two apart."""
    name = (name_of_remote(url) or "repository").rpartition("/")[2]
    readable = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:40] or "repository"
    return folder / f"{readable}-{hashlib.sha256(url.encode()).hexdigest()[:16]}.git"


def shown_address(url: str) -> str:
    """Return an address as it may be printed, without user, password and query."""
    return _SECRET.sub("…", url)


def update_mirror(url: str, directory: Path, environ: Mapping[str, str]) -> None:
    """Bring a mirror up to date, or make it.

    Raises:
        NotAllowed: the remote refused the credentials.
        GitRefused: it cannot be reached, or git failed; the mirror is as it was.
        UsageError: the address is none that is fetched from.
    """
    if url.startswith("-") or "::" in url:
        raise UsageError(f"{url!r} is not an address to fetch from", fix="Write https://…, ssh://… or a path.")
    directory.parent.mkdir(parents=True, exist_ok=True)
    if directory.is_dir():
        _run(
            ["--git-dir", str(directory), "fetch", "--quiet", "--prune", "--no-auto-gc", "--", url, *REFS], url, environ
        )
        _point_head(url, directory, environ)
        return
    aside = Path(tempfile.mkdtemp(prefix=".making-", dir=directory.parent))
    try:
        _run(["clone", "--quiet", "--bare", "--", url, str(aside / "mirror.git")], url, environ)
        (aside / "mirror.git").rename(directory)
    except OSError:
        if not directory.is_dir():  # else another process was faster, and its mirror is as good
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _point_head(url: str, directory: Path, environ: Mapping[str, str]) -> None:
    """Follow the remote where its main line got another name."""
    found = _HEAD.search(_run(["ls-remote", "--symref", "--", url, "HEAD"], url, environ))
    if found:
        _run(
            ["--git-dir", str(directory), "symbolic-ref", "HEAD", found[1].decode("utf-8", "surrogateescape")],
            url,
            environ,
        )


def _run(arguments: Sequence[str], url: str, environ: Mapping[str, str]) -> bytes:
    own = {
        "GIT_ALLOW_PROTOCOL": PROTOCOLS,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "true",
        "GIT_HTTP_LOW_SPEED_LIMIT": "1000",
        "GIT_HTTP_LOW_SPEED_TIME": "60",
        "GIT_SSH_COMMAND": environ.get("GIT_SSH_COMMAND", "ssh -o BatchMode=yes"),
        "LC_ALL": "C",
    }
    inherited = {
        name: value for name, value in environ.items() if not name.startswith(("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX"))
    }
    command = ["git", "-c", f"core.hooksPath={os.devnull}", "-c", "gc.auto=0", *arguments]
    try:
        done = subprocess.run(
            command, env={**inherited, **own}, capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
    except OSError as error:
        raise GitRefused(f"git cannot be started: {error.strerror}", fix="Install git 2.39.4 or newer.") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = next(
            (line for line in said if line.startswith(("fatal:", "remote:", "error:"))),
            said[-1] if said else "no reason given",
        )
        address = shown_address(url)
        reason = reason.replace(url, address)
        if _DENIED.search("\n".join(said)):
            raise NotAllowed(f"{address} refused the credentials: {reason}", fix=f"Check with: git ls-remote {address}")
        raise GitRefused(f"{address} could not be fetched: {reason}", fix=f"Check with: git ls-remote {address}")
    return done.stdout
