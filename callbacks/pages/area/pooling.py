"""Pooling of targets on the page of an area, as JSON and CSV."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from flask import Flask, Response, request

from callbacks.pages.area.pooling_query import parse
from callbacks.payload.snapshot import dumps
from callbacks.state.world import Showing, World
from callbacks.web.downloads import csv_attachment
from data.analysis.pooling import ROLE, Pool, PoolingError, pool, rebalanced
from data.apportionment import apportion
from data.areas import Area, name_order
from data.export import DECIMALS, to_csv
from data.formatting import QUALITY, counted, moment, shortened
from data.parsing import int_or_none
from data.periods import HalfYear
from data.progress import AreaTotals, totals
from data.snapshot import STANDINGS_COLUMNS

_CHANGE = re.compile(r"(GM\d{4}):([+-]?\d{1,6})")
_MOVE = re.compile(r"(GM\d{4}):(\d{1,6})")


@dataclass(frozen=True, eq=False)
class _PoolResult:
    """A computed pool, or its figures when it cannot be computed."""

    rows: pd.DataFrame
    months: int
    sums: AreaTotals
    pool: Pool | None
    changes: Mapping[str, int]
    remarks: list[str]


def register(server: Flask, live: Showing) -> None:
    """Register ``/verevenen.json`` and ``/download/verevening.csv`` on a server."""

    @server.get("/verevenen.json")
    def pooling_answer() -> Response:
        world = live.world
        query = parse(world, request.args)
        view: dict[str, Any] = {"pool": None, "members": [], "remarks": []}
        if query.area is not None:
            view = pooling_view(world, query.area, query.period, query.day, query.threshold, query.shift, query.move)
        view["remarks"] = [*query.remarks, *view["remarks"]]
        answer = Response(dumps(view), mimetype="application/json")
        answer.cache_control.no_cache = True
        return answer

    @server.get("/download/verevening.csv")
    def pooling_download() -> Response:
        world = live.world
        asked = parse(world, request.args)
        if asked.area is None:
            return Response("\n".join(asked.remarks) + "\n", status=404, mimetype="text/plain")
        body = pooling_csv(world, asked.area, asked.period, asked.day, asked.threshold, asked.shift)
        return csv_attachment(body, f"verevening_{asked.period}_{asked.day}_{asked.area.code}.csv")


def pooling_view(
    world: World,
    area: Area,
    period: HalfYear,
    day: date,
    threshold_percent: int,
    shift_text: str,
    move_text: str = "",
) -> dict[str, Any]:
    """View of an area's pool.

    Parameters
    ----------
    area : area whose municipalities are the members
    day : reference date
    threshold_percent : part of the own target that is substantial, 0 to 100
    shift_text : persons added to the net target by member, as "GM0197:3,GM0222:-3"
    move_text : a member and its new net target, as "GM0197:20"; the others rebalance
        (:func:`data.analysis.pooling.rebalanced`)

    Returns
    -------
    Ready for JSON, null where undefined. `shift` is the applied shift in canonical form;
    invalid parts are left out, with a remark in `remarks`. `evened` and
    `shifted` of the members are null when the pool cannot be computed.

    Raises
    ------
    data.snapshot.NotInSnapshot
        When there are no figures of that date.
    """
    result = _compute(world, area, period, day, threshold_percent, shift_text, move_text)
    rows, pooled = result.rows, result.pool
    sums = result.sums
    targets = rows["net_target"].fillna(0).to_numpy(dtype=np.int64)
    most = int(targets.sum()) if len(rows) > 1 else None
    members = [_own(row) for row in _records(rows)]
    if pooled is None:
        members = [{**member, "evened": None, "shifted": None} for member in members]
    else:
        members = [
            {**member, "evened": _evened(row), "shifted": _shifted(row, most)}
            for member, row in zip(members, _records(pooled.members), strict=True)
        ]
        targets = np.maximum(2 * targets, pooled.members["shifted_net_target"].to_numpy(dtype=np.int64))
    return {
        "area": {"code": area.code, "name": area.name},
        "moment": {
            "period": str(period),
            "date": day.isoformat(),
            "months": result.months,
            "words": moment(day, str(period), result.months),
        },
        "threshold": threshold_percent,
        "shift": _shift_text(rows, result.changes),
        "pool": {
            "municipalities": sums.municipalities,
            "net_target": sums.net_target,
            "corrected_target": sums.corrected_target,
            "realised": sums.realised,
            "remaining": sums.remaining,
            "shortfall": sums.shortfall,
            "share": _fraction(sums.share),
            "expected_share": _fraction(sums.expected_share),
            "status": str(sums.status),
            "quality": None if sums.quality is None else QUALITY[sums.quality],
        },
        "scale": int(min(targets.max(initial=1), most or 1)),
        "pro_rata": None if pooled is None or most is None else _pro_rata(pooled.members),
        "members": sorted(members, key=lambda member: name_order(member["name"])),
        "remarks": result.remarks,
    }


def pooling_csv(world: World, area: Area, period: HalfYear, day: date, threshold_percent: int, shift_text: str) -> str:
    """CSV of a pool's members; parameters and errors as :func:`pooling_view`.

    When the pool cannot be computed it has the own figures only.
    """
    result = _compute(world, area, period, day, threshold_percent, shift_text, "")
    if result.pool is None:
        table = result.rows
    else:
        table = result.pool.members
        table.insert(len(table.columns) - 1, "threshold", threshold_percent / 100)
    return to_csv(table, source=world.snapshot.source(period, day))


def _compute(
    world: World, area: Area, period: HalfYear, day: date, threshold: int, shift_text: str, move_text: str
) -> _PoolResult:
    snapshot = world.snapshot
    # Few columns, since pandas is slow per column.
    rows = snapshot.wide_on(period, day, area)[list(STANDINGS_COLUMNS)]
    months, pace = period.months_elapsed(day), snapshot.slightly_behind_pace
    remarks: list[str] = []
    if len(rows) < 2:
        remarks.append(
            f"{area.name} is nu één gemeente: er valt niets te verdelen. Dat kan met twee of meer gemeenten."
            if len(rows)
            else f"{area.name} heeft geen gemeenten; kies er twee of meer."
        )

    def compute(changes: Mapping[str, int]) -> Pool:
        return pool(rows, months, changes, threshold / 100, pace)

    changes: dict[str, int] = {}
    result: Pool | None = None
    # Fall back to the move without the shift, then to the shift without the move.
    for shift, move in dict.fromkeys([(shift_text, move_text), ("", move_text), (shift_text, ""), ("", "")]):
        try:
            changes = _changes(shift)
            if move:
                changes = _rebalanced_changes(rows, changes, move)
            result = compute(changes)
            break
        except PoolingError as error:
            changes = {}
            if str(error) not in remarks:
                remarks.append(str(error))
    sums = totals(rows, months, pace) if result is None else result.totals
    return _PoolResult(rows, months, sums, result, changes, remarks)


def _changes(text: str) -> dict[str, int]:
    """Parse "GM0197:3,GM0222:-3"; a plus may have become a space in a URL."""
    changes: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.replace("−", "-").split(","))):
        found = _CHANGE.fullmatch(part)
        if found is None:
            raise PoolingError(
                f"“{shortened(part)}” is geen verschuiving; schrijf een gemeentecode en een aantal personen, "
                "zoals GM0197:3. U ziet de taakstellingen zonder verschuiving."
            )
        if found[1] in changes:
            raise PoolingError(
                f"{found[1]} staat er meer dan eens in; noem elke gemeente één keer. "
                "U ziet de taakstellingen zonder verschuiving."
            )
        changes[found[1]] = int(found[2])
    return changes


def _rebalanced_changes(rows: pd.DataFrame, changes: Mapping[str, int], text: str) -> dict[str, int]:
    found = _MOVE.fullmatch(text.strip())
    if found is None:
        raise PoolingError(
            f"“{shortened(text)}” is geen taakstelling; schrijf een gemeentecode en een heel aantal personen "
            "van 0 of meer."
        )
    if found[1] not in set(rows["gm_code"]):
        raise PoolingError(f"{found[1]} doet niet mee; verschuif alleen tussen deelnemers.")
    return rebalanced(rows, changes, found[1], int(found[2]))


def _shift_text(rows: pd.DataFrame, changes: Mapping[str, int]) -> str:
    return ",".join(f"{code}:{changes[code]}" for code in rows["gm_code"] if changes.get(code))


def _pro_rata(members: pd.DataFrame) -> dict[str, Any]:
    """Shift that evens out, as far as no target becomes negative.

    A member that would go below zero gives its whole target; the givers then take on that much less,
    pro rata to what they would have taken on.
    """
    transfer = members["transfer"].to_numpy(dtype=np.int64)
    off = np.minimum(np.maximum(-transfer, 0), members["net_target"].to_numpy(dtype=np.int64))
    gives = np.maximum(transfer, 0)
    taken = apportion(int(off.sum()), gives.astype(np.float64), np.zeros_like(gives), gives)
    changes = dict(zip(members["gm_code"], (taken - off).tolist(), strict=True))
    return {"shift": _shift_text(members, changes), "complete": bool(members["feasible"].all())}


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    columns = {str(name): cells.astype(object).tolist() for name, cells in table.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": row["gm_code"],
        "name": row["name"],
        "own": {
            "net_target": int_or_none(row["net_target"]),
            "corrected_target": int_or_none(row["corrected_target"]),
            "realised": int_or_none(row["realised"]),
            "remaining": int_or_none(row["remaining"]),
            "share": _fraction(row["share"]),
            "status": str(row["status"]),
            "quality": None if pd.isna(row["quality"]) else QUALITY[str(row["quality"])],
        },
    }


def _evened(row: Mapping[str, Any]) -> dict[str, Any]:
    transfer = int(row["transfer"])
    return {
        "remaining": int(row["evened_remaining"]),
        "transfer": transfer,
        "role": str(row["role"]),
        "words": ROLE[row["role"]].format(counted(abs(transfer), "persoon", "mensen")),
        "net_target": int(row["evened_net_target"]),
        "part": _fraction(row["evened_part"]),
        "substantial": bool(row["evened_substantial"]),
        "feasible": bool(row["feasible"]),
    }


def _shifted(row: Mapping[str, Any], most: int | None) -> dict[str, Any]:
    target = int(row["shifted_net_target"])
    return {
        "change": int(row["change"]),
        "net_target": target,
        "corrected_target": int(row["shifted_corrected_target"]),
        "remaining": int(row["shifted_remaining"]),
        "share": _fraction(row["shifted_share"]),
        "status": str(row["shifted_status"]),
        "part": _fraction(row["shifted_part"]),
        "substantial": bool(row["shifted_substantial"]),
        "least": target if most is None else 0,
        "most": target if most is None else most,
    }


def _fraction(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else round(float(value), DECIMALS)
