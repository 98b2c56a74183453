"""Many viewers at once: response times of our server while a crowd reads, each with pauses."""

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

import httpx

from bench.report import Line, at_most, none, percentile
from bench.servers import Server, running
from data.analysis.laggards import ORDERS
from data.areas import area_path
from data.snapshot import current

CROWD: Final = 200
WORKERS: Final = 2
#: Seed, so that every run asks for the same pages.
_SEED: Final = 2024
_PAUSE: Final = (1.0, 3.0)
#: A browser's encodings, so that compression is included.
_HEADERS: Final = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@dataclass
class Crowd:
    """Response times in ms by kind of page, and what went wrong."""

    seconds: float
    times: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @property
    def all_times(self) -> list[float]:
        """Response times of all kinds."""
        return [ms for times in self.times.values() for ms in times]


def measure(seconds: float) -> Crowd:
    """Let a crowd read on a fresh server of two workers, from the same machine."""
    with running("ours, two workers", "app:server", {"LAND_IN_BEELD_WORKERS": str(WORKERS)}) as server:
        return asyncio.run(_crowd(server, seconds))


async def _crowd(server: Server, seconds: float) -> Crowd:
    found = Crowd(seconds)
    limits = httpx.Limits(max_connections=CROWD, max_keepalive_connections=CROWD)
    async with httpx.AsyncClient(base_url=server.url, limits=limits, timeout=30, headers=_HEADERS) as client:
        until = time.monotonic() + seconds
        await asyncio.gather(*(_view(client, until, random.Random(_SEED + i), found) for i in range(CROWD)))  # noqa: S311  no secret
    return found


async def _view(client: httpx.AsyncClient, until: float, chance: random.Random, found: Crowd) -> None:
    await asyncio.sleep(chance.uniform(0, _PAUSE[1]))
    while True:
        for kind, address in _journey(chance):
            if time.monotonic() >= until:
                return
            begun = time.perf_counter()
            try:
                answer = await client.get(address)
                found.times.setdefault(kind, []).append((time.perf_counter() - begun) * 1000)
                if answer.status_code != HTTPStatus.OK:
                    found.failed.append(f"{address}: {answer.status_code}")
            except httpx.HTTPError as error:
                found.failed.append(f"{address}: {type(error).__name__}")
            await asyncio.sleep(chance.uniform(*_PAUSE))


def _journey(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Pages in the order in which one comes across them, at half-years and areas of one's own."""
    snapshot = current()
    codes = {level: [one.code for one in snapshot.areas.values() if one.level == level] for level in _LEVELS}

    def moment() -> str:
        return f"periode={quote(str(chance.choice(snapshot.periods)))}"

    province, municipality = (chance.choice(codes[level]) for level in _LEVELS)
    yield "map", f"/?{moment()}"
    yield "province", f"{area_path(province)}?{moment()}"
    yield "municipality", f"{area_path(municipality)}?{moment()}"
    yield "comparison", f"/vergelijk?gebieden={','.join(chance.sample(codes['province'], 3))}"
    yield "municipalities", f"/gemeenten?gebied={province}&{moment()}"
    yield "supervision", f"/toezicht/{province}?{moment()}"
    yield "visits", f"/bezoek?gebied={province}&orde={chance.choice([*ORDERS])}"
    yield "examples", "/voorbeelden"
    yield "CSV", f"/download/cijfers.csv?{moment()}"


_LEVELS: Final = ("province", "municipality")


def lines(found: Crowd) -> list[Line]:
    """Compare the response times with the targets."""
    everything = found.all_times
    middle, tail = (percentile(everything, share) for share in (50, 95))
    return [
        at_most(
            f"{CROWD} viewers, two workers, response of a page", tail, 250, " ms",
            measured=f"{middle:.0f} ms, p95 {tail:.0f}, p99 {percentile(everything, 99):.0f}; "
            f"{len(everything) / found.seconds:.0f} a second",
        ),
        *(
            Line(f"of which {kind}", f"p95 {percentile(times, 95):.0f} ms; {len(times) / found.seconds:.1f} a second")
            for kind, times in found.times.items()
        ),
        none("failed or lost requests of viewers", len(found.failed), ", ".join(found.failed[:3]) or "0"),
    ]  # fmt: skip


def raw(found: Crowd) -> dict[str, Any]:
    """Return all response times for the JSON file."""
    return {"seconds": found.seconds, "ms": found.times, "failed": found.failed}
