"""Do work in processes of its own, in order, and here where processes cannot be started or die."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Given = TypeVar("Given")
Done = TypeVar("Done")

WORKERS = 2


def in_processes(work: Callable[[Given], Done], chunks: Iterable[Given]) -> Generator[Done, None, None]:
    """Yield what `work` makes of each chunk, in order and a few chunks ahead of the reader.

    `work` is a function of a module, or a partial of one: it and the chunks go to other processes. Whoever
    closes the generator early stops what was not begun.
    """
    import multiprocessing  # slow to import, and mostly little is new
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    def submitted(chunk: Given) -> Future[Done] | None:
        try:
            return pool.submit(work, chunk)
        except (BrokenProcessPool, OSError):
            return None

    def result(chunk: Given, future: Future[Done] | None) -> Done:
        if future is not None:
            try:
                return future.result()
            except (BrokenProcessPool, OSError):
                pass
        return work(chunk)

    try:
        pool = ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn"))
    except (OSError, ImportError, NotImplementedError):  # the last where the machine has no semaphores
        yield from map(work, chunks)
        return
    waiting: deque[tuple[Given, Future[Done] | None]] = deque()
    try:
        for chunk in chunks:
            waiting.append((chunk, submitted(chunk)))
            if len(waiting) > 2 * WORKERS:
                yield result(*waiting.popleft())
        while waiting:
            yield result(*waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
