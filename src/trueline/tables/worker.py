"""Run SQL that others wrote in a process of its own, which is killed when it takes too long.

An interrupt alone is too slow for a hostile query (facts: 4.6 s on one large `repeat`), and a
query that exhausts memory takes its process with it: here, not the caller's. Requests and replies
are lines of JSON, so nothing that comes back can run anything.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from trueline.model.errors import LakeRefused, QueryRefused

MOST_BYTES = 64_000_000
MEMORY_BYTES = 8_000_000_000


class SealedWorker:
    """A child process that answers questions to sealed databases; started at the first question."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def table(
        self, database: Path, sql: str, *, seconds: float, at_most: int | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Return column names and rows. Raises QueryRefused, also where the child had to be killed."""
        child = self._child or self._start()
        assert child.stdin is not None
        request = json.dumps({"database": str(database), "sql": sql, "seconds": seconds, "at_most": at_most}) + "\n"
        try:
            child.stdin.write(request.encode())
            child.stdin.flush()
            reply = json.loads(self._reply(child, seconds))
        except (OSError, EOFError) as error:
            self.close()
            raise QueryRefused("the query used more memory than it may and was stopped") from error
        if "error" in reply:
            raise QueryRefused(reply["error"])
        rows = [tuple(_typed(v, t) for v, t in zip(row, reply["types"], strict=True)) for row in reply["rows"]]
        return reply["names"], rows

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", "-m", "trueline.tables.worker"]
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self._child

    def _reply(self, child: subprocess.Popen[bytes], seconds: float) -> bytes:
        """Read one line, or kill the child when the time is over (plus its start)."""
        assert child.stdout is not None
        deadline = time.monotonic() + seconds + 3
        parts: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while not (parts and parts[-1].endswith(b"\n")):
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    self.close()
                    raise QueryRefused(f"the query ran for more than {seconds:g} s and was stopped")
                part = os.read(child.stdout.fileno(), 1 << 20)
                if not part:
                    raise EOFError
                parts.append(part)
        return b"".join(parts)

    def close(self) -> None:
        """Kill the child."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    pipe.close()
            self._child = None


def _typed(value: Any, type_name: str) -> Any:
    if value is None or not isinstance(value, str):
        return value
    if type_name == "DATE":
        return date.fromisoformat(value)
    if type_name.startswith("TIMESTAMP"):
        return datetime.fromisoformat(value)
    if type_name.startswith("DECIMAL"):
        return Decimal(value)
    return value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _serve() -> None:
    """Answer requests from standard input until it ends."""
    import resource

    from .engine import Database

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    opened: tuple[str, Database] | None = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if opened is None or opened[0] != request["database"]:
                opened = (request["database"], Database.sealed(Path(request["database"])))
            names, types, rows = opened[1].typed_table(request["sql"], request["seconds"], request["at_most"])
            reply = json.dumps({"names": names, "types": types, "rows": rows}, default=_plain)
            if len(reply) > MOST_BYTES:
                raise QueryRefused(f"the answer is larger than {MOST_BYTES // 1_000_000} MB")
        except (QueryRefused, LakeRefused) as error:
            reply = json.dumps({"error": str(error)})
        except MemoryError:
            reply = json.dumps({"error": "the query used more memory than it may and was stopped"})
        sys.stdout.write(reply + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
