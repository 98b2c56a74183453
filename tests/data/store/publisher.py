"""Forking writers for a store: `python -m tests.data.store.publisher URL`.

It reads a line a round, a JSON list of tasks, and forks a process for each. It answers with the list of
their numbers when all have started. At the next line it waits for all and answers how they ended: 0, minus
the signal that killed it, or the place of a refusal in `REFUSALS` plus 1. All that takes long is done before
the fork, so that whoever kills one at a random moment hits it while it writes.
"""

import json
import os
import sys
from functools import cache
from unittest import mock

import pandas as pd

from data.periods import HalfYear
from data.schema import FIGURES_COLUMNS
from data.store import TOTALS_COLUMNS, AlreadyThere, Draft, NotADraft, Overtaken, Store
from data.store.prepare import Prepared, prepare

REFUSALS = (Overtaken, AlreadyThere, NotADraft)
PERIOD = HalfYear(2024, 1)
COUNT = 342


@cache
def month_draft(number: int, *, same_moment: bool = False) -> Draft:
    """Return a month of all municipalities, distinct per number; of one moment, or of seven."""
    day = PERIOD.reference_date(3 if same_moment else number % 7)
    figures = pd.DataFrame(
        [
            (str(PERIOD), pd.Timestamp(day), f"GM{code:04d}", 10, -2, 12, number, *["published"] * 4)
            for code in range(1, COUNT + 1)
        ],
        columns=list(FIGURES_COLUMNS),
    )
    printed = (str(PERIOD), pd.Timestamp(day), "NL", 3420, -684, 4104, number * COUNT)
    return Draft(
        file_name=f"{number}.xlsx",
        content=str(number).encode() * 20_000,
        source="coa",
        period=PERIOD,
        reference_date=day,
        figures=figures,
        totals=pd.DataFrame([printed], columns=list(TOTALS_COLUMNS)),
        compared_at=0 if same_moment else None,
    )


@cache
def _prepared(number: int, *, same_moment: bool) -> Prepared:
    return prepare(month_draft(number, same_moment=same_moment))


def _work(store: Store, task: dict[str, int | str]) -> int:
    number = int(task["number"])
    try:
        if task["do"] == "publish":
            store.publish(number, f"proces {os.getpid()}")
        else:
            ready = _prepared(number, same_moment=task["do"] == "race")
            with mock.patch("data.store.store.prepare", return_value=ready):
                store.load(month_draft(number), f"proces {os.getpid()}")
    except REFUSALS as refusal:
        return REFUSALS.index(type(refusal)) + 1
    return 0


def _round(store: Store, tasks: list[dict[str, int | str]]) -> None:
    for task in tasks:
        if task["do"] != "publish":
            _prepared(int(task["number"]), same_moment=task["do"] == "race")
            month_draft(int(task["number"]))
    gate, opened = os.pipe()
    pids = []
    for task in tasks:
        pid = os.fork()
        if not pid:
            os.close(opened)
            os.read(gate, 1)  # until all have started
            os._exit(_work(store, task))
        pids.append(pid)
    os.close(gate)
    _write(pids)
    os.close(opened)
    sys.stdin.readline()
    _write([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids])


def _write(numbers: list[int]) -> None:
    sys.stdout.write(f"{json.dumps(numbers)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    chosen = Store(sys.argv[1])
    chosen.version()
    chosen.dispose()
    while line := sys.stdin.readline():
        _round(chosen, json.loads(line))
