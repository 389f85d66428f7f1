"""One function over many records in a pool of processes: bounded, streaming, and stopped by one Ctrl-C."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from dateline.errors import DatelineError

State = TypeVar("State")
Given = TypeVar("Given")
Made = TypeVar("Made")

#: Up to this many records are done in this process: starting others would take longer than the work.
FEW = 12
#: Records in flight for each process: enough to keep it busy, few enough to hold memory flat.
AHEAD = 4
#: Processes that Windows can wait for at once.
MOST = 61

_state: Any = None


def in_order_of_completion(
    given: Iterable[Given],
    make_state: Callable[[], State],
    work: Callable[[State, Given], Made],
    lost: Callable[[Given], Made],
    workers: int | None = None,
) -> Iterator[Made]:
    """``work(state, one)`` for each of ``given``, as they are done; ``make_state`` runs once a process.

    ``lost`` says what becomes of a record whose process died over it (out of memory, a crash). ``workers``:
    number of processes, by default one a core this process may use. A DatelineError of ``make_state`` is
    raised here, and KeyboardInterrupt here only, after the processes have been told to stop.
    """
    count = min(workers or _cores(), MOST)
    source = iter(given)
    first = list(itertools.islice(source, FEW + 1))
    everything = itertools.chain(first, source)
    if count == 1 or len(first) <= FEW:
        state = make_state()
        for one in everything:
            yield work(state, one)
        return
    while True:
        pending: dict[Future[Made], Given] = {}
        in_hand: list[Given] = []
        with _pool(count, make_state) as pool:
            try:
                for one in everything:
                    in_hand = [one]
                    pending[pool.submit(_do, work, one)] = one
                    in_hand = []
                    if len(pending) >= AHEAD * count:
                        yield from _done(pending)
                while pending:
                    yield from _done(pending)
                return
            except BrokenProcessPool:
                pass
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
        # A process died. Those in flight are done one by one, so that only the culprit is lost.
        for one in [*pending.values(), *in_hand]:
            yield _alone(one, make_state, work, lost)


def _done(pending: dict[Future[Made], Given]) -> Iterator[Made]:
    """The results that are in, taken out of ``pending``; waits for one. A broken pool leaves the rest in."""
    for future in wait(pending, return_when=FIRST_COMPLETED).done:
        made = future.result()
        del pending[future]
        yield made


def _alone(
    one: Given,
    make_state: Callable[[], Any],
    work: Callable[[Any, Given], Made],
    lost: Callable[[Given], Made],
) -> Made:
    with _pool(1, make_state) as pool:
        try:
            return pool.submit(_do, work, one).result()
        except BrokenProcessPool:
            return lost(one)


def _pool(count: int, make_state: Callable[[], Any]) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, context, initializer=_start, initargs=(make_state,))


def _start(make_state: Callable[[], Any]) -> None:
    # Ctrl-C reaches every process of the terminal; only the parent answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    global _state
    try:
        _state = make_state()
    except DatelineError as error:  # an initializer that raises would only break the pool
        _state = error


def _do(work: Callable[[Any, Given], Made], one: Given) -> Made:
    if isinstance(_state, DatelineError):
        raise _state
    return work(_state, one)


def _cores() -> int:
    """Processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1
