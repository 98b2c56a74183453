"""Facts about a municipality, compared with the other modules."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.analysis.diagnosis import diagnose, facts_of
from data.analysis.diagnosis.facts import LOOK_BACK
from data.analysis.peers import peers
from data.analysis.supervision import overview
from data.areas import UnknownArea
from data.periods import HalfYear
from data.progress import LAGGING, MEETING, Status, totals
from data.snapshot import NotInSnapshot, Snapshot, Tables, current
from geo.bundle import load_bundle

PERIOD = HalfYear(2022, 1)
SMALL = HalfYear(2022, 2)
CODE = "GM0546"
BUNDLE = load_bundle()


def test_facts_equal_standings() -> None:
    day = PERIOD.reference_date(4)
    facts = facts_of(current(), BUNDLE, CODE, PERIOD, day)
    row = current().row(PERIOD, day, CODE)
    for name in (
        "net_target",
        "opening_balance",
        "corrected_target",
        "realised",
        "remaining",
        "share",
        "missed",
    ):
        assert getattr(facts, name) == row[name], name
    assert (facts.status, facts.inhabitants, facts.quality) == (
        row["status"],
        row["inhabitants"],
        row["quality"],
    )
    assert facts.backlog == pytest.approx(row["corrected_target"] * 4 / 6 - row["realised"])
    assert facts.own_backlog == pytest.approx(row["net_target"] * 4 / 6 - row["realised"])


@pytest.mark.parametrize("months", [3, 6])
def test_trend_is_of_the_last_test_date(months: int) -> None:
    facts = facts_of(current(), BUNDLE, CODE, PERIOD, PERIOD.reference_date(months))
    tested = PERIOD if months == 6 else PERIOD.previous()
    row = overview(current(), "NL", tested).set_index("gm_code").loc[CODE]
    assert facts.tested == str(tested)
    assert (facts.missed, facts.missed_may_be_higher) == (row["missed"], row["missed_may_be_higher"])
    assert (facts.trend, facts.slope) == (row["trend"], row["slope"])


def test_earlier_half_years_sort_latest_first() -> None:
    facts = facts_of(current(), BUNDLE, CODE, PERIOD, PERIOD.reference_date(2))
    assert [each.period for each in facts.earlier] == ["2021-II", "2021-I", "2020-II", "2020-I"]
    assert len(facts.earlier) == LOOK_BACK
    for each in facts.earlier:
        of = HalfYear.parse(each.period)
        end, until = (current().row(of, day, CODE) for day in (of.end, of.reference_date(4)))
        assert each.realised == end["realised"]
        assert each.late == end["realised"] - until["realised"]
        assert each.met == (end["status"] in MEETING)


def test_groups_exclude_the_municipality() -> None:
    day = PERIOD.reference_date(4)
    facts = facts_of(current(), BUNDLE, CODE, PERIOD, day)
    everyone = current().wide_on(PERIOD, day)
    row = current().row(PERIOD, day, CODE)
    around = {
        "corop": everyone[everyone["corop_code"] == row["corop_code"]],
        "labour_market_region": everyone[everyone["labour_market_region_code"] == row["labour_market_region_code"]],
        "province": everyone[everyone["province_code"] == row["province_code"]],
        "neighbours": everyone[everyone["gm_code"].isin([near.code for near in BUNDLE.neighbours[CODE]])],
        "peers": peers(current(), CODE, PERIOD, day).rows,
    }
    for name, rows in around.items():
        others = getattr(facts, name)
        rows = rows[rows["gm_code"] != CODE]
        assert others.municipalities == len(rows), name
        assert others.lagging == rows["status"].isin(LAGGING).sum()
        assert sorted(others.done) == sorted(rows.loc[rows["status"].isin(MEETING), "name"])
        assert others.share == pytest.approx(totals(rows, 4).share)
    assert facts.corop.name == "het COROP-gebied Agglomeratie Leiden en Bollenstreek"
    assert facts.province.name == "de provincie Zuid-Holland"


def test_first_half_year_has_no_history() -> None:
    first = current().periods[0]
    facts = facts_of(current(), BUNDLE, CODE, first, first.reference_date(3))
    assert (facts.tested, facts.missed, facts.trend, facts.slope, facts.earlier) == (
        None,
        None,
        None,
        None,
        (),
    )
    assert not facts.missed_may_be_higher


def test_real_figures_are_not_compared_with_an_example(tables: Tables) -> None:
    day = SMALL.reference_date(3)
    alone = facts_of(Snapshot.of(tables), BUNDLE, "GM0001", SMALL, day)
    mixed = Snapshot.of(replace(tables, example_periods=frozenset({"2021-II", "2022-I"})))
    facts = facts_of(mixed, BUNDLE, "GM0001", SMALL, day)
    assert [each.period for each in alone.earlier] == ["2022-I", "2021-II"]
    assert (alone.missed, alone.missed_may_be_higher, alone.tested) == (2, True, "2022-I")
    assert (facts.missed, facts.tested, facts.earlier) == (None, None, ())
    at_end = facts_of(mixed, BUNDLE, "GM0001", SMALL, SMALL.end)
    assert (at_end.missed, at_end.missed_may_be_higher, at_end.tested) == (1, True, "2022-II")


def test_a_municipality_without_figures(snapshot: Snapshot) -> None:
    facts = facts_of(snapshot, BUNDLE, "GM0004", PERIOD, PERIOD.end)
    assert facts.status == Status.NO_DATA
    assert (facts.remaining, facts.backlog, facts.share) == (None, None, None)
    # The bundled boundaries lack it, so peers are found by inhabitants only.
    assert facts.peers.municipalities == 3
    assert facts.neighbours is None
    assert [finding.key for finding in diagnose(facts)] == ["no_figures"]
    others = facts_of(snapshot, BUNDLE, "GM0003", PERIOD, PERIOD.end)
    assert others.corop is None
    assert others.peers.municipalities == 2


def test_unknown_inhabitants_leave_no_peers(tables: Tables) -> None:
    people = tables.inhabitants[tables.inhabitants["gm_code"] != "GM0001"]
    snapshot = Snapshot.of(replace(tables, inhabitants=people))
    facts = facts_of(snapshot, BUNDLE, "GM0001", PERIOD, PERIOD.end)
    assert (facts.inhabitants, facts.peers) == (None, None)


def test_single_reference_date_has_no_late_months(tables: Tables) -> None:
    day = pd.Timestamp(PERIOD.reference_date(4))
    snapshot = Snapshot.of(replace(tables, figures=tables.figures[tables.figures["reference_date"] != day]))
    before, *_ = facts_of(snapshot, BUNDLE, "GM0001", SMALL, SMALL.end).earlier
    assert (before.period, before.realised, before.late) == ("2022-I", 6, None)


def test_unknown_codes_and_dates_are_refused() -> None:
    with pytest.raises(UnknownArea):
        facts_of(current(), BUNDLE, "GM9999", PERIOD, PERIOD.end)
    with pytest.raises(UnknownArea):
        facts_of(current(), BUNDLE, "PV28", PERIOD, PERIOD.end)
    with pytest.raises(NotInSnapshot):
        facts_of(current(), BUNDLE, CODE, HalfYear(2030, 1), date(2030, 7, 1))


@pytest.mark.parametrize(("period", "months"), [("2019-I", 1), ("2021-I", 6), ("2022-I", 0), ("2023-II", 3)])
def test_every_municipality_has_a_finding(period: str, months: int) -> None:
    of = HalfYear.parse(period)
    for code in BUNDLE.codes[::5]:
        facts = facts_of(current(), BUNDLE, code, of, of.reference_date(months))
        findings = diagnose(facts)
        assert findings, code
        # Laggards have a finding on the composition of the backlog.
        assert facts.lags == bool({"carried_over", "made_now"} & {finding.key for finding in findings})
