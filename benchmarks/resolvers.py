"""How fast words become the world, on one core, and what memory it takes. ``python -m benchmarks.resolvers``.

The phrases are those of ``tests/world/tables``. ``news``: as in news, where phrases come again (each a
hundred times, shuffled). ``new``: each call with words or a day of publication that were not asked before.
"""

from __future__ import annotations

import datetime
import random
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from dateline import locate, resolve_count, resolve_date
from dateline.world import resolve_actor
from dateline.world.places.gazetteer import connect, entries

TABLES = Path(__file__).resolve().parent.parent / "tests/world/tables"


def column(name: str) -> list[str]:
    """The phrases of a table."""
    lines = (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if line[0] != "#"]


def rate(call: Callable[..., object], arguments: Sequence[tuple[object, ...]]) -> float:
    """Calls a second."""
    began = time.perf_counter()
    for given in arguments:
        call(*given)
    return len(arguments) / (time.perf_counter() - began)


def main() -> None:
    """Print the table."""
    dice = random.Random(1)
    dates, numbers, actors, places = (column(name) for name in ("dates", "numbers", "actors", "places"))
    print(f"{datetime.date.today()}  python -m benchmarks.resolvers, calls a second on one core\n")
    print(f"{'':24}{'news':>10}{'new':>10}")

    def row(
        name: str, call: Callable[..., object], news: list[tuple[object, ...]], new: list[tuple[object, ...]]
    ) -> None:
        dice.shuffle(news)
        print(f"{name:24}{rate(call, news):10,.0f}{rate(call, new):10,.0f}")

    first = datetime.date(2010, 1, 1)
    days = [(first + datetime.timedelta(n)).isoformat() for n in range(3000)]
    row(
        "dates",
        resolve_date,
        [(words, day) for words in dates for day in days[:10] * 10],
        [(words, day) for day in dice.sample(days, 100) for words in dates],
    )
    row("numbers", resolve_count, [(w,) for w in numbers * 100], [(f"at least {n}",) for n in range(10_000)])
    row(
        "actors",
        resolve_actor,
        [(w,) for w in actors * 100],
        [(f"{w} {n}",) for n in range(9) for w in actors],
    )
    names = [row[0] for row in connect().execute("SELECT name FROM places WHERE kind = 0 ORDER BY id")]
    row(
        "places, looked up", entries, [(w,) for w in places * 100], [(w,) for w in dice.sample(names, 10_000)]
    )
    texts = [f"In Syria and Iraq, shells fell on {words} on Sunday." for words in places]
    asked: list[tuple[object, ...]] = [
        (text, 34, 34 + len(words)) for text, words in zip(texts, places, strict=True)
    ]
    row(
        "places, in a sentence",
        locate,
        list(asked) * 10,
        [(f"{t} {n}", a, b) for n, (t, a, b) in enumerate(asked)],
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{peak:.0f} MB resident after all of it, Python and numpy included")


if __name__ == "__main__":
    main()
