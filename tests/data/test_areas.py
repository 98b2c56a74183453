import json
import subprocess
import sys

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from data.__main__ import app
from data.analysis.area_totals import area_figures
from data.areas import COUNTRY, OWN, Collaboration, EmptyArea, UnknownArea, areas_of, combine, find_area, name_order
from data.export import figures_json
from data.reference.collaborations import bundled_collaborations
from data.snapshot import Snapshot, current
from tests.paths import ROOT

WAL = Collaboration("de-wal", "De Wal", ("GM0004", "GM0001"), "bron")


def test_a_collaboration_is_an_area_among_the_others(registry: pd.DataFrame) -> None:
    areas = areas_of(registry, [WAL])
    assert areas["de-wal"].municipalities == ("GM0001", "GM0004")
    assert (areas["de-wal"].name, areas["de-wal"].level) == ("De Wal", "collaboration")
    assert find_area(areas, " De-Wal ") is areas["de-wal"]


def test_a_collaboration_with_a_member_missing_is_left_out(registry: pd.DataFrame) -> None:
    half = Collaboration("half", "Half", ("GM0001", "GM9999"), "bron")
    assert "half" not in areas_of(registry, [half])
    assert not [area for area in areas_of(registry, bundled_collaborations()).values() if area.level == "collaboration"]


def test_a_collaboration_that_became_one_municipality_is_left_out(registry: pd.DataFrame) -> None:
    assert "one" not in areas_of(registry, [Collaboration("one", "One", ("GM0001",), "bron")])


def test_levels_of_the_areas() -> None:
    kinds = pd.Series([area.level for area in current().areas.values()]).value_counts()
    assert kinds.to_dict() == {
        "municipality": 342,
        "corop": 40,
        "labour_market_region": 35,
        "safety_region": 25,
        "province": 12,
        "collaboration": 3,
        "country": 1,
    }


def test_the_snapshot_knows_collaborations() -> None:
    snapshot = current()
    assert snapshot.area("achterhoek").name == "Achterhoek"
    assert len(snapshot.standings(*snapshot.latest, "Ferm-Werk")) == 4
    assert snapshot.totals(*snapshot.latest, area="drechtsteden").municipalities == 6


def test_an_unknown_code_suggests_similar_ones() -> None:
    with pytest.raises(UnknownArea, match=r"ferm-werk \(Ferm Werk\)"):
        current().area("ferm werk")


# ------------------------------------------------------------------ custom areas


def test_areas_combine_into_a_custom_area(registry: pd.DataFrame) -> None:
    areas = areas_of(registry, [WAL])
    own = combine(areas, ["GM0003", "de-wal", "gm0001"], "  Ons\n verband ")
    assert (own.code, own.name, own.level) == (OWN, "Ons verband", "collaboration")
    assert own.municipalities == ("GM0001", "GM0003", "GM0004")


def test_a_combination_is_named_after_its_parts(registry: pd.DataFrame) -> None:
    areas = areas_of(registry, [])
    assert combine(areas, ["PV29", "GM0003"], " ").name == "Zeeland, Cadorp"
    assert combine(areas, [COUNTRY], "").municipalities == areas[COUNTRY].municipalities


def test_empty_and_unknown_codes_are_refused(registry: pd.DataFrame) -> None:
    areas = areas_of(registry, [])
    with pytest.raises(EmptyArea, match="minstens één gemeente; kies er een"):
        combine(areas, [], "Leeg")
    with pytest.raises(UnknownArea, match="'GM9999' is geen gebied"):
        combine(areas, ["GM0001", "GM9999"], "")


# ------------------------------------------------------------------ figures of an area


SUMMED = ("net_target", "opening_balance", "corrected_target", "realised", "remaining")


def area_command(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["area", *arguments])


def test_rows_sums_and_figures_are_equal_for_every_province_and_collaboration() -> None:
    snapshot = current()
    codes = [code for code, area in snapshot.areas.items() if area.level in ("country", "province", "collaboration")]
    for period in snapshot.periods[::-3]:
        for day in (period.reference_date(3), period.end):
            everyone = snapshot.standings(period, day)
            for code in codes:
                rows = everyone[everyone["gm_code"].isin(snapshot.area(code).municipalities)]
                sums, figures = snapshot.totals(period, day, code), area_figures(snapshot, code, period, day)
                assert figures.municipalities == sums.municipalities == len(rows)
                for name in SUMMED:
                    assert getattr(figures, name) == getattr(sums, name) == rows[name].sum()
                assert figures.shortfall == sums.shortfall == rows["remaining"].clip(lower=0).sum()
                assert (figures.share, figures.status) == (sums.share, sums.status)
                assert {figures.expected_share} == {sums.expected_share} == set(rows["expected_share"])
                assert figures.quality == sums.quality


def test_the_command_line_agrees_with_the_functions() -> None:
    snapshot = current()
    kinds = {area.level: code for code, area in snapshot.areas.items()}
    assert len(kinds) == 7
    for code in [*kinds.values(), "achterhoek", "PV28"]:
        for period in snapshot.periods[::5]:
            output = json.loads(area_command(code, "--period", str(period)).stdout)
            sums = snapshot.totals(period, period.end, code)
            for name in (*SUMMED, "municipalities", "shortfall", "status", "quality"):
                assert output[name] == getattr(sums, name)
            assert output["share"] == pytest.approx(sums.share, abs=1e-6)


def test_the_keys_and_their_order() -> None:
    output = json.loads(area_command("achterhoek", "--period", "2023-I", "--reference-date", "2023-04-01").stdout)
    assert list(output) == [
        "id", "name", "kind", "period", "reference_date", "municipalities", "net_target", "opening_balance",
        "corrected_target", "realised", "remaining", "shortfall", "share", "expected_share", "status",
        "quality",
    ]  # fmt: skip
    assert (output["id"], output["name"], output["kind"]) == ("achterhoek", "Achterhoek", "collaboration")
    assert (output["municipalities"], output["expected_share"]) == (7, 0.5)
    assert (output["period"], output["reference_date"]) == ("2023-I", "2023-04-01")


def test_a_municipality_equals_its_own_row() -> None:
    snapshot = current()
    period, day = snapshot.latest
    row = snapshot.standings(period, day, "GM0363").iloc[0]
    figures = area_figures(snapshot, "gm0363", period, day)
    assert (figures.id, figures.kind, figures.municipalities) == ("GM0363", "municipality", 1)
    for name in (*SUMMED, "share", "status"):
        assert getattr(figures, name) == row[name]


def test_a_custom_area_has_figures() -> None:
    snapshot = current()
    period, day = snapshot.latest
    own = combine(snapshot.areas, snapshot.area("achterhoek").municipalities, "Wij")
    assert snapshot.totals(period, day, own) == snapshot.totals(period, day, "achterhoek")
    figures = area_figures(snapshot, own, period, day)
    assert (figures.id, figures.name) == (OWN, "Wij")
    pd.testing.assert_frame_equal(snapshot.wide_on(period, day, own), snapshot.wide_on(period, day, "achterhoek"))


def test_unknown_figures_are_null(snapshot: Snapshot) -> None:
    period = snapshot.periods[1]
    output = json.loads(figures_json(area_figures(snapshot, "GM0004", period, period.end)))
    assert (output["status"], output["municipalities"]) == ("no_data", 1)
    assert {output[name] for name in (*SUMMED, "shortfall", "share", "quality")} == {None}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "geef een gebied, zoals NL, PV28, achterhoek of GM0363"),
        (["achterhoek"], "geef een halfjaar met --period"),
        (["achterhok", "--period", "2023-I"], "of achterhoek (Achterhoek)?"),
        (["PV99", "--period", "2023-I"], "'PV99' is geen gebied"),
        (["achterhoek", "--period", "2031-I"], "Van 2031-I zijn geen cijfers"),
        (["achterhoek", "--period", "2023-I", "--reference-date", "2023-07-02"], "de eerste van een maand"),
    ],
)
def test_invalid_input_gives_one_message_and_no_output(arguments: list[str], message: str) -> None:
    result = area_command(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Fout: ")
    assert result.stderr.count("\n") == 1
    assert message in result.stderr


def test_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "data", "area", "ferm-werk", "--period", "2022-I"],
        cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert json.loads(done.stdout)["name"] == "Ferm Werk"
    assert done.stderr == ""


def test_names_are_in_the_order_of_a_dutch_list() -> None:
    names = ["Súdwest-Fryslân", "Almere", "'s-Hertogenbosch", "Rotterdam", "’t Gooi", "de Bilt"]
    assert sorted(names, key=name_order) == [
        "Almere", "de Bilt", "Rotterdam", "'s-Hertogenbosch", "Súdwest-Fryslân", "’t Gooi",
    ]  # fmt: skip
