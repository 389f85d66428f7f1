"""One function over many records in a pool of processes: bounded, streaming, and stopped by one Ctrl-C."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import Any, TypeVar

State = TypeVar("State")
Given = TypeVar("Given")
Made = TypeVar("Made")

#: Up to this many records are done in this process: starting others would take longer than the work.
FEW = 12
#: Records in flight for each process: enough to keep it busy, few enough to hold memory flat.
AHEAD = 4

_state: Any = None


def in_order_of_completion(
    given: Iterable[Given],
    make_state: Callable[[], State],
    work: Callable[[State, Given], Made],
    workers: int | None = None,
) -> Iterator[Made]:
    """``work(state, one)`` for each of ``given``, as they are done; ``make_state`` runs once a process.

    ``workers``: number of processes, by default one a core. KeyboardInterrupt is raised here only, after
    the processes have been told to stop; results not yet taken are dropped.
    """
    count = workers or os.cpu_count() or 1
    source = iter(given)
    first = list(itertools.islice(source, FEW + 1))
    if count == 1 or len(first) <= FEW:
        state = make_state()
        for one in itertools.chain(first, source):
            yield work(state, one)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, initializer=_start, initargs=(make_state,))
    pending: set[Future[Made]] = set()
    try:
        for one in itertools.chain(first, source):
            pending.add(pool.submit(_do, work, one))
            while len(pending) >= AHEAD * count:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (f.result() for f in done)
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            yield from (f.result() for f in done)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start(make_state: Callable[[], Any]) -> None:
    # Ctrl-C reaches every process of the terminal; only the parent answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    global _state
    _state = make_state()


def _do(work: Callable[[Any, Given], Made], one: Given) -> Made:
    return work(_state, one)
