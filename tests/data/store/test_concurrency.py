"""Concurrent and killed writers: all or nothing of each publication is stored."""

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
from tests.data.store.publisher import COUNT, month_draft
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
        """Start a process per task; return their numbers, valid until :meth:`end`."""
        return self._request(json.dumps([{"do": do, "number": number} for do, number in tasks]))

    def end(self) -> list[int]:
        """Wait until all have ended; return their exit codes."""
        return self._request("")

    def race(self, *tasks: tuple[str, int]) -> list[int]:
        self.start(*tasks)
        return sorted(self.end())

    def close(self) -> None:
        self._process.communicate()

    def _request(self, line: str) -> list[int]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return list(json.loads(self._process.stdout.readline()))


@pytest.fixture
def publisher(store: Store) -> Iterator[Publisher]:
    started = Publisher(store.connections.url.render_as_string(hide_password=False))
    yield started
    started.close()


def assert_whole(store: Store) -> int:
    """Assert that every publication is complete; return their number."""
    with store.connections.writing() as connection:  # waits while the server still cleans up after a killed client
        stored = connection.execute(select(publications.c.id, publications.c.state)).all()
        count = len(stored)
        assert {state for _, state in stored} <= {"published"}
        rows = dict(
            connection.execute(
                select(moments.c.publication_id, func.count())
                .join_from(moments, figures)
                .group_by(moments.c.publication_id)
            ).all()
        )
        assert rows == {number: COUNT for number, _ in stored}
        for table in (originals, moments, totals):
            assert connection.scalar(select(func.count()).select_from(table)) == count
        entries = connection.execute(select(log.c.publication_id, log.c.what).order_by(log.c.id)).all()
        assert entries == [(number, what) for number, _ in sorted(stored) for what in ("saved", "published")]
    assert store.version() == count
    return count


def test_a_killed_process_leaves_no_partial_write(store: Store, publisher: Publisher, seed: int) -> None:
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
        # A publication from just before the kill may exist; one that was reported must.
        assert count == before + 1 if ended == 0 else count in (before, before + 1)
        killed += ended != 0
    assert killed > 0
    assert publisher.race(("load", 1000)) == [0]
    assert assert_whole(store) == count + 1
    for publication in store.publications():
        number = int(publication.file_name.partition(".")[0])
        assert set(store.figures(publication.id)["realised"]) == {number}
        assert store.file(publication.id)[1] == month_draft(number).content
    if kind == "sqlite":
        with store.connections.reading() as connection:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_of_many_publishing_one_moment_one_succeeds(store: Store, publisher: Publisher) -> None:
    ended = publisher.race(*(("race", number) for number in range(6)))
    assert ended == [0, *[OVERTAKEN] * 5]
    assert assert_whole(store) == 1


def test_of_many_publishing_the_same_file_one_succeeds(store: Store, publisher: Publisher) -> None:
    assert publisher.race(*[("load", 7)] * 5) == [0, *[ALREADY_THERE] * 4]
    assert assert_whole(store) == 1


def test_of_many_publishing_one_draft_one_succeeds(store: Store, publisher: Publisher) -> None:
    number = store.save_draft(month_draft(3), "Anna")
    assert publisher.race(*[("publish", number)] * 5) == [0, *[NOT_A_DRAFT] * 4]
    assert assert_whole(store) == 1


def test_of_many_publishing_different_moments_all_succeed(store: Store, publisher: Publisher) -> None:
    assert publisher.race(*(("load", number) for number in range(7))) == [0] * 7
    assert assert_whole(store) == 7
    assert len(store.shown_data().figures) == 7 * COUNT
