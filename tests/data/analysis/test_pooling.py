import csv
import io
from fractions import Fraction
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.analysis.pooling import ROLE, PoolingError, evened, pool, rebalanced, shifted
from data.export import to_csv
from data.progress import Status
from data.snapshot import Snapshot, current

Member = tuple[int, int, int]
"""Net target, corrected target, realised."""


def members_of(rows: list[Member]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["net_target", "corrected_target", "realised"], dtype="Int64")
    places = range(1, len(rows) + 1)
    return frame.assign(
        gm_code=[f"GM{place:04}" for place in places],
        name=[f"Dorp {place}" for place in places],
        opening_balance=frame["net_target"] - frame["corrected_target"],
        quality="computed",
    )


member = st.tuples(st.integers(0, 900), st.integers(-500, 2000), st.integers(0, 900))
pools = st.lists(member, min_size=1, max_size=12).filter(lambda rows: any(row[0] for row in rows))


# ------------------------------------------------------------------ evening out


@given(pools)
def test_evening_out_preserves_sums(rows: list[Member]) -> None:
    frame = members_of(rows)
    result = evened(frame)
    assert result["transfer"].sum() == 0
    assert result["evened_net_target"].sum() == frame["net_target"].sum()
    assert result["evened_remaining"].sum() == (frame["corrected_target"] - frame["realised"]).sum()


@given(pools)
def test_evened_is_pro_rata_within_one(rows: list[Member]) -> None:
    pooled, nets = sum(target - done for _, target, done in rows), sum(net for net, _, _ in rows)
    for (net, _, _), part in zip(rows, evened(members_of(rows))["evened_remaining"], strict=True):
        assert abs(int(part) - Fraction(pooled * net, nets)) < 1


@given(pools)
def test_evened_order_follows_net_target(rows: list[Member]) -> None:
    result = evened(members_of(rows))["evened_remaining"].abs()
    by_target = sorted(zip((net for net, _, _ in rows), result, strict=True))
    for (net, part), (larger, more) in pairwise(by_target):
        assert part <= more if larger > net else abs(part - more) <= 1


@given(pools)
def test_givers_end_with_more_to_do(rows: list[Member]) -> None:
    frame = members_of(rows)
    result = evened(frame)
    more = result["evened_remaining"] - (frame["corrected_target"] - frame["realised"])
    assert result["role"].tolist() == ["gives" if n > 0 else "takes" if n < 0 else "even" for n in more]
    assert set(result["role"]) <= set(ROLE)


@given(pools)
def test_evening_out_is_idempotent(rows: list[Member]) -> None:
    frame = members_of(rows)
    once = evened(frame)
    again = evened(frame.assign(corrected_target=frame["realised"] + once["evened_remaining"]))
    assert again["transfer"].eq(0).all()


def test_lead_compensates_a_backlog() -> None:
    # Remaining 10 and −4: 6 in all, of which 4 and 2 are two thirds and a third.
    result = evened(members_of([(20, 20, 10), (10, 6, 10)]))
    assert result["evened_remaining"].tolist() == [4, 2]
    assert result["transfer"].tolist() == [-6, 6]
    assert result["role"].tolist() == ["takes", "gives"]
    assert result["evened_net_target"].tolist() == [14, 16]
    assert result["evened_part"].tolist() == [0.7, 1.6]
    assert result["evened_substantial"].tolist() == [True, True]
    assert result["feasible"].tolist() == [True, True]


def test_negative_target_is_infeasible() -> None:
    result = evened(members_of([(10, 100, 0), (90, 0, 0)]))
    assert result["evened_net_target"].tolist() == [-80, 180]
    assert result["feasible"].tolist() == [False, True]
    assert result["evened_substantial"].tolist() == [False, True]


def test_pool_without_targets_is_refused() -> None:
    with pytest.raises(PoolingError, match="heeft een taakstelling; naar verhouding valt er niets te verdelen"):
        evened(members_of([(0, 5, 0), (0, 0, 0)]))
    assert evened(members_of([(0, 5, 0), (0, -5, 0)]))["evened_remaining"].tolist() == [0, 0]


# ------------------------------------------------------------------ shifting


@settings(max_examples=30)
@given(pools, st.data())
def test_rebalancing_preserves_the_sum_without_negative_targets(rows: list[Member], data: st.DataObject) -> None:
    frame = members_of(rows)
    pooled = int(frame["net_target"].sum())
    changes: dict[str, int] = {}
    for _ in range(3):
        code = data.draw(st.sampled_from(frame["gm_code"].tolist()))
        target = data.draw(st.integers(0, pooled)) if len(rows) > 1 else pooled
        changes = rebalanced(frame, changes, code, target)
        result = shifted(frame, 6, changes)
        assert result["shifted_net_target"].sum() == pooled
        assert (result["shifted_net_target"] >= 0).all()
        assert result["shifted_net_target"][frame["gm_code"] == code].tolist() == [target]
        assert result["shifted_remaining"].sum() == (frame["corrected_target"] - frame["realised"]).sum()


def test_others_rebalance_pro_rata() -> None:
    frame = members_of([(20, 20, 0), (10, 10, 0), (30, 30, 0)])
    assert rebalanced(frame, {}, "GM0001", 12) == {"GM0001": -8, "GM0002": 2, "GM0003": 6}
    assert rebalanced(frame, {}, "GM0001", 60) == {"GM0001": 40, "GM0002": -10, "GM0003": -30}
    assert rebalanced(frame, {"GM0001": -8, "GM0003": 8}, "GM0001", 12) == {"GM0001": -8, "GM0003": 8}


def test_shift() -> None:
    frame = members_of([(10, 12, 6), (20, 18, 18)])
    result = shifted(frame, 6, {"GM0001": -6, "GM0002": 6})
    assert result["shifted_corrected_target"].tolist() == [6, 24]
    assert result["shifted_remaining"].tolist() == [0, 6]
    assert result["shifted_share"].tolist() == [1.0, 0.75]
    assert result["shifted_status"].tolist() == [Status.MET, Status.SLIGHTLY_BEHIND]
    assert result["shifted_part"].tolist() == [0.4, 1.3]
    assert result["shifted_substantial"].tolist() == [False, True]


@pytest.mark.parametrize(
    ("threshold", "taken", "reached"),
    [(0.5, 50, True), (0.5, 51, False), (0.07, 93, True), (0.07, 94, False), (0, 100, True), (1, 0, True)],
)
def test_threshold_itself_is_substantial(threshold: float, taken: int, reached: bool) -> None:
    frame = members_of([(100, 100, 0), (0, 0, 0)])
    result = shifted(frame, 6, {"GM0001": -taken, "GM0002": taken}, threshold)
    assert result["shifted_substantial"].tolist() == [reached, True]
    assert pd.isna(result["shifted_part"].iloc[1])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"GM0001": 3}, r"tellen op tot \+3; de som van de taakstellingen mag niet wijzigen"),
        ({"GM0001": -11, "GM0002": 11}, r"van Dorp 1 zou −1 worden; er kan hoogstens 10 af"),
        ({"GM0001": -1, "GM0009": 1}, "GM0009 doet niet mee"),
        ({"GM0001": 0.5, "GM0002": -0.5}, "GM0001 en GM0002 kan niet: verschuif hele personen"),
    ],
)
def test_invalid_shift_is_refused(changes: dict[str, int], message: str) -> None:
    with pytest.raises(PoolingError, match=message):
        shifted(members_of([(10, 10, 0), (20, 20, 0)]), 6, changes)


@pytest.mark.parametrize("target", [-1, 31])
def test_target_out_of_range_is_refused(target: int) -> None:
    with pytest.raises(PoolingError, match="er 30; kies van 0 tot en met 30"):
        rebalanced(members_of([(10, 10, 0), (20, 20, 0)]), {}, "GM0001", target)


def test_single_member_cannot_shift() -> None:
    with pytest.raises(PoolingError, match="kies van 10 tot en met 10"):
        rebalanced(members_of([(10, 10, 0)]), {}, "GM0001", 9)


# ------------------------------------------------------------------ the whole pool


def test_pool_totals_equal_area_totals(snapshot: Snapshot) -> None:
    period = snapshot.periods[0]
    result = pool(snapshot.standings(period, period.end, "PV29"), 6, {"GM0001": -2, "GM0002": 2})
    assert result.totals == snapshot.totals(period, period.end, "PV29")
    for name in ("net_target", "evened_net_target", "shifted_net_target"):
        assert result.members[name].sum() == result.totals.net_target
    for name in ("remaining", "evened_remaining", "shifted_remaining"):
        assert result.members[name].sum() == result.totals.remaining


def test_pool_as_csv() -> None:
    snapshot = current()
    period, day = snapshot.latest
    result = pool(snapshot.standings(period, day, "ferm-werk"), 6)
    rows = list(csv.DictReader(io.StringIO(to_csv(result.members, source=snapshot.title))))
    assert [row["name"] for row in rows] == ["Montfoort", "Oudewater", "Woerden", "Bodegraven-Reeuwijk"]
    assert sum(int(row["transfer"]) for row in rows) == 0
    assert {row["feasible"] for row in rows} <= {"True", "False"}
    assert {row["quality"] for row in rows} == {"simulated"}
    assert result.members.columns.is_unique


@pytest.mark.parametrize("kind", ["collaboration", "province"])
def test_example_pools_add_up(kind: str) -> None:
    snapshot = current()
    for area in [area for area in snapshot.areas.values() if area.level == kind]:
        for period in snapshot.periods:
            result = pool(snapshot.standings(period, period.end, area.code), 6)
            assert result.members["evened_remaining"].sum() == result.totals.remaining
            assert result.members["evened_net_target"].sum() == result.totals.net_target


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (members_of([(1, 1, 1)])[:0], "geen gemeenten om mee te verdelen; kies er een of meer"),
        (pd.concat([members_of([(1, 1, 1)])] * 2, ignore_index=True), "Dorp 1 doet meer dan eens mee"),
        (members_of([(1, 1, 1)]).assign(realised=pd.NA), "Van Dorp 1 zijn niet alle cijfers bekend"),
    ],
)
def test_invalid_pool_is_refused(broken: pd.DataFrame, message: str) -> None:
    with pytest.raises(PoolingError, match=message):
        pool(broken, 6)


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_invalid_threshold_is_refused(threshold: float) -> None:
    with pytest.raises(PoolingError, match="kies een deel van 0 tot en met 1"):
        pool(members_of([(1, 1, 1)]), 6, threshold=threshold)
