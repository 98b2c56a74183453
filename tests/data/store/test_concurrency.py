"""Processes that write at once, or are killed while they write: all of it is kept, or nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import func, select, text

from data.store import Store
from data.store.tables import figures, log, moments, originals, publications, totals
from tests.data.store.publisher import COUNT, whole
from tests.paths import ROOT

pytest_plugins = ["tests.data.store.engines"]

ROUNDS = {"sqlite": 40, "postgresql": 20}
"""Other moments in every run: its seed is another."""

OVERTAKEN, ALREADY_THERE, NOT_A_DRAFT = 1, 2, 3


class Publisher:
    """See :mod:`tests.data.store.publisher`."""

    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.data.store.publisher", url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, *tasks: tuple[str, int]) -> list[int]:
        """Start a process a task; return their numbers, which stay theirs until :meth:`end`."""
        return self._asked(json.dumps([{"do": do, "number": number} for do, number in tasks]))

    def end(self) -> list[int]:
        """Wait until all have ended; return how."""
        return self._asked("")

    def race(self, *tasks: tuple[str, int]) -> list[int]:
        self.start(*tasks)
        return sorted(self.end())

    def close(self) -> None:
        self._process.communicate()

    def _asked(self, line: str) -> list[int]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return list(json.loads(self._process.stdout.readline()))


@pytest.fixture
def publisher(store: Store) -> Iterator[Publisher]:
    made = Publisher(store.connections.url.render_as_string(hide_password=False))
    yield made
    made.close()


def assert_whole(store: Store) -> int:
    """Every publication is there with all that belongs to it; return how many there are."""
    with store.connections.writing() as connection:  # waits for a server that still ends a killed one's work
        kept = connection.execute(select(publications.c.id, publications.c.state)).all()
        count = len(kept)
        assert {state for _, state in kept} <= {"published"}
        rows = dict(
            connection.execute(
                select(moments.c.publication_id, func.count())
                .join_from(moments, figures)
                .group_by(moments.c.publication_id)
            ).all()
        )
        assert rows == {number: COUNT for number, _ in kept}
        for table in (originals, moments, totals):
            assert connection.scalar(select(func.count()).select_from(table)) == count
        told = connection.execute(select(log.c.publication_id, log.c.what).order_by(log.c.id)).all()
        assert told == [(number, what) for number, _ in sorted(kept) for what in ("saved", "published")]
    assert store.version() == count
    return count


def test_a_killed_process_leaves_the_state_before_or_after(store: Store, publisher: Publisher, seed: int) -> None:
    kind = store.connections.engine.dialect.name
    random = np.random.default_rng(seed)
    assert publisher.race(("load", 0)) == [0]
    publisher.start(("load", 1))
    started = time.monotonic()
    assert publisher.end() == [0]
    long = time.monotonic() - started
    killed, count = 0, 2
    for number in range(2, ROUNDS[kind] + 2):
        (pid,) = publisher.start(("load", number))
        time.sleep(random.uniform(0, 1.2 * long))
        os.kill(pid, signal.SIGKILL)
        (ended,) = publisher.end()
        assert ended in (0, -signal.SIGKILL)
        before, count = count, assert_whole(store)
        # What was kept just before it was killed may be there; what ended well must be.
        assert count == before + 1 if ended == 0 else count in (before, before + 1)
        killed += ended != 0
    assert killed > 0
    assert publisher.race(("load", 1000)) == [0]
    assert assert_whole(store) == count + 1
    for publication in store.publications():
        number = int(publication.file_name.partition(".")[0])
        assert set(store.figures(publication.id)["realised"]) == {number}
        assert store.file(publication.id)[1] == whole(number).content
    if kind == "sqlite":
        with store.connections.reading() as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_of_many_for_one_moment_one_wins_and_the_others_are_told(store: Store, publisher: Publisher) -> None:
    ended = publisher.race(*(("race", number) for number in range(6)))
    assert ended == [0, *[OVERTAKEN] * 5]
    assert assert_whole(store) == 1


def test_of_many_with_the_same_file_one_wins(store: Store, publisher: Publisher) -> None:
    assert publisher.race(*[("load", 7)] * 5) == [0, *[ALREADY_THERE] * 4]
    assert assert_whole(store) == 1


def test_one_draft_is_published_by_one(store: Store, publisher: Publisher) -> None:
    number = store.save_draft(whole(3), "Anna")
    assert publisher.race(*[("publish", number)] * 5) == [0, *[NOT_A_DRAFT] * 4]
    assert assert_whole(store) == 1


def test_many_for_other_moments_all_win(store: Store, publisher: Publisher) -> None:
    assert publisher.race(*(("load", number) for number in range(7))) == [0] * 7
    assert assert_whole(store) == 7
    assert len(store.shown()) == 7 * COUNT
