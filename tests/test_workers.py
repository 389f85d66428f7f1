"""The pool: a process that dies costs one record, an error of the set-up is told as it is."""

from __future__ import annotations

import os
import signal

import pytest

from dateline.errors import InstallationError
from dateline.workers import FEW, in_order_of_completion


def _ready() -> int:
    return 100


def _broken() -> int:
    raise InstallationError("a file is missing; reinstall")


def _work(state: int, one: int) -> int:
    if one == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return state + one


def _lost(one: int) -> int:
    return -one


@pytest.mark.parametrize("count", [FEW + 1, 40])
def test_a_process_that_dies_costs_one_record(count: int) -> None:
    made = list(in_order_of_completion(range(count), _ready, _work, _lost, workers=2))
    assert sorted(made) == sorted([-7, *(100 + n for n in range(count) if n != 7)])


def test_few_records_need_no_other_process() -> None:
    assert list(in_order_of_completion([1, 2], os.getpid, lambda pid, _: pid, _lost)) == [os.getpid()] * 2


@pytest.mark.parametrize("count", [1, FEW + 5])
def test_an_error_of_the_set_up_is_raised_here(count: int) -> None:
    with pytest.raises(InstallationError, match="reinstall"):
        list(in_order_of_completion(range(count), _broken, _work, _lost, workers=2))
