import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from data.quality import Quality
from data.reference import bundled
from data.reference.build import CBS_TOTALS, FactsBuildError, app, build
from data.reference.bundled import FactsError, FigureKind
from data.reference.collected import CollectedError, published_table
from data.schema import NATIONAL_FIGURES
from tests.paths import ROOT, SHARED

FILES = (bundled.INHABITANTS_FILE, bundled.NATIONAL_FILE, bundled.PUBLISHED_FILE)
REGISTER = ROOT / "geo" / "bundled" / "2023" / "register.csv"


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("geen map ../shared: de meegeleverde feiten zijn niet opnieuw gemaakt")
    return SHARED


def register() -> pd.DataFrame:
    """A register with the areas in the collected rows below."""
    rows = [
        ("GM0363", "Amsterdam", "PV27", "Noord-Holland"),
        ("GM0518", "'s-Gravenhage", "PV28", "Zuid-Holland"),
        ("GM0758", "Breda", "PV30", "Noord-Brabant"),
        ("GM0344", "Utrecht", "PV26", "Utrecht"),
        ("GM0703", "Reimerswaal", "PV29", "Zeeland"),
        *(
            (f"GM9{row:03d}", name, "PV27", "Noord-Holland")
            for row, name in enumerate(
                ["Tilburg", "Zaanstad", "Purmerend", "Edam-Volendam", "Waterland", "Wormerland", "Landsmeer"]
            )
        ),
        ("GM0431", "Oostzaan", "PV27", "Noord-Holland"),
    ]
    return pd.DataFrame(rows, columns=["gm_code", "gm_naam", "pv_code", "pv_naam"])


REGION = "Zaanstad 341; Purmerend 227; Edam-Volendam 77; Waterland 32; Wormerland 30; Landsmeer 12; Oostzaan 11"
COLLECTED = {
    ("2018-II", "Breda"): "145,gecorrigeerd,59,-86,2019-01-01,2019-I: 149 incl. restant",
    ("2020", "Zeeland"): "269,onbekend,,,2020-12,verwachte achterstand",
    ("2022", "Amsterdam"): "1459,zie opmerking,849,-610,2023-01-01,achterstand 276; 2021: 957",
    ("2022-I", "Tilburg"): ",,,100,2022-07-01,grootste voorsprong",
    ("2022-I", "Den Haag"): "417,gecorrigeerd,367,,2022-07-01,",
    ("2023-I", "Utrecht (provincie)"): ",,,,2023-07-01,3 van 26; nog 2530",
    ("2023", "Zaanstreek-Waterland (7 gemeenten)"): f"752,,700,-52,2024-01-01,{REGION}",
    ("2017-I", "Breda"): "1,gecorrigeerd,1,,2017-07-01,",
}
HEADER = "period,area,level,target,target_kind,realised,balance,reference_date,note,source_url"


def collected(path: Path, changes: dict[tuple[str, str], str] | None = None) -> Path:
    cells = COLLECTED | (changes or {})
    rows = [f"{period},{area},gebied,{rest},bron" for (period, area), rest in cells.items()]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def test_rows_become_figures_or_are_listed_as_unused(tmp_path: Path) -> None:
    table, unused = published_table(collected(tmp_path / "figures.csv"), register())
    found = {
        (row.period, row.area_code, row.reference_date, row.kind): row.value for row in table.itertuples(index=False)
    }
    assert found["2018-II", "GM0758", "2019-01-01", FigureKind.END_BALANCE] == -86
    assert found["2019-I", "GM0758", "2019-01-01", FigureKind.CORRECTED_TARGET] == 149
    assert found["2022-I", "GM0518", "2022-07-01", FigureKind.CORRECTED_TARGET] == 417
    assert found["2022-II", "GM0363", "2023-01-01", FigureKind.REALISED_IN_YEAR] == 849
    assert found["2021-II", "GM0363", "2022-01-01", FigureKind.REALISED_IN_YEAR] == 957
    assert found["2022-I", "GM9000", "2022-07-01", FigureKind.RANK_OF_LEAD] == 1
    assert found["2023-I", "PV26", "2023-07-01", FigureKind.MUNICIPALITIES_MET] == 3
    assert set(table["quality"]) == {Quality.PUBLISHED}
    assert not any(period.startswith("2017") for period, *_ in found)
    messages = "\n".join(map(str, unused))
    for words in ("2017-I Breda: valt buiten", "269", "1.459", "700 strijdt", "2.530", "276"):
        assert words in messages


@pytest.mark.parametrize(
    ("key", "cells", "message"),
    [
        (("2022-I", "Nergens"), "1,gecorrigeerd,,,2022-07-01,", "geen gemeente of provincie"),
        (("2022-I", "Breda"), "1,netto,,,2022-07-01,", "soort doel 'netto'"),
        (("2022-I", "Breda"), "1,gecorrigeerd,,,2022-08-01,", "valt buiten 2022-I"),
        (("2022-I", "Breda"), ",,veel,,2022-07-01,", "kolom realised"),
        (("2022-I", "Tilburg"), ",,,100,2022-07-01,", "zegt niet meer 'grootste voorsprong'"),
        (("2023", "Purmerend"), ",,228,,2024-01-01,", "twee verschillende waarden"),
    ],
)
def test_a_changed_row_is_refused_with_its_location(
    tmp_path: Path, key: tuple[str, str], cells: str, message: str
) -> None:
    with pytest.raises(CollectedError, match=message):
        published_table(collected(tmp_path / "figures.csv", {key: cells}), register())


def test_national_totals_have_their_own_quality_and_source() -> None:
    table = bundled.national_half_years().set_index("period")
    assert table.loc["2022-I", "realised"] == 11_934
    assert table.loc["2019-I", "corrected_target"] == 8_934
    assert table.loc["2023-II", "net_target_quality"] == Quality.PUBLISHED
    assert table.loc["2023-II", "realised_quality"] == Quality.ESTIMATED
    assert table.loc["2024-I", "realised_quality"] == Quality.PUBLISHED
    assert "bijna 23.000" in table.loc["2023-II", "note"]
    assert table["source_url"].str.startswith("http").all()
    for name in NATIONAL_FIGURES:
        assert (table[name].isna() == table[f"{name}_quality"].isna()).all()


def test_inhabitants_sum_to_the_national_total() -> None:
    totals = bundled.inhabitants().groupby("year")["inhabitants"].sum().to_dict()
    # CBS: 17,181,084 on 1 January 2018; the collected municipalities sum to one less.
    assert totals == {year: CBS_TOTALS[year] - (year == 2018) for year in range(2018, 2024)}


def test_inhabitants_are_on_the_2023_division() -> None:
    table = bundled.inhabitants()
    registered = pd.read_csv(REGISTER, dtype="str").set_index("gm_code")["province_code"]
    assert len(registered) == 342
    for _, rows in table.groupby("year"):
        assert rows.set_index("gm_code")["province_code"].to_dict() == registered.to_dict()


def test_quality_of_inhabitants_follows_their_basis() -> None:
    table = bundled.inhabitants().set_index(["year", "gm_code"])
    assert (table.loc[[2019, 2020, 2023], "quality"] == Quality.ESTIMATED).all()
    heirs_of_haaren = ["GM0757", "GM0824", "GM0855", "GM0865"]
    of_2018 = table.loc[2018]
    assert sorted(of_2018.index[of_2018["quality"] == Quality.ESTIMATED]) == heirs_of_haaren
    assert (table.loc[[2021, 2022], "quality"] == Quality.PUBLISHED).all()
    # Weesp joined Amsterdam on 24 March 2022: 873,338 + 20,445 on 1 January 2021.
    assert table.loc[(2021, "GM0363"), "inhabitants"] == 893_783
    assert table.loc[(2021, "GM0363"), "basis"] == "sum"


def test_every_published_figure_has_a_source_and_kind() -> None:
    table = bundled.published_figures()
    assert table["source_url"].str.startswith("http").all()
    assert (table["quality"] == Quality.PUBLISHED).all()
    assert not table.duplicated(["period", "area_code", "reference_date", "kind"]).any()


def test_a_missing_or_malformed_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match=r"inhabitants\.csv ontbreekt"):
        bundled.inhabitants(tmp_path)
    (tmp_path / bundled.NATIONAL_FILE).write_text("period,persons\n2022-I,1\n")
    with pytest.raises(FactsError, match="kolommen moeten zijn"):
        bundled.national_half_years(tmp_path)
    shutil.copy(bundled.BUNDLED / bundled.PUBLISHED_FILE, tmp_path)
    path = tmp_path / bundled.PUBLISHED_FILE
    path.write_text(path.read_text().replace("end_balance", "eindsaldo"))
    with pytest.raises(FactsError, match="onbekende soort eindsaldo"):
        bundled.published_figures(tmp_path)


def test_a_build_without_input_fails_and_writes_nothing(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(app, ["--shared", str(tmp_path / "none"), "--out", str(tmp_path / "out")])
    assert outcome.exit_code == 1
    assert "ontbreekt; wijs met --shared" in outcome.output
    assert not (tmp_path / "out").exists()


@pytest.mark.shared
def test_the_bundled_data_is_reproducible(shared: Path, tmp_path: Path) -> None:
    unused = build(shared, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(FILES)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (bundled.BUNDLED / name).read_bytes(), name
    in_range = [figure for figure in unused if "valt buiten" not in figure.reason]
    assert len(in_range) == 9


@pytest.mark.shared
def test_every_collected_figure_is_used_or_listed_as_unused(shared: Path) -> None:
    with (shared / "facts" / "published_municipal_figures.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kept = bundled.published_figures()
    known = set(kept["value"].tolist())
    excused = {"1459", "203", "752", "700", "-52", "269"}
    for row in rows:
        if row["period"][:4] in {"2019", "2020", "2021", "2022", "2023"} or row["period"] == "2024-I":
            for column in ("target", "realised", "balance"):
                assert not row[column] or row[column] in excused or int(row[column]) in known, row


@pytest.mark.shared
def test_inhabitants_with_another_sum_are_refused(shared: Path, tmp_path: Path) -> None:
    copy = tmp_path / "shared"
    for folder in ("facts", "geodata/regions"):
        shutil.copytree(shared / folder, copy / folder, copy_function=shutil.copyfile)
    for path in (shared / "geodata").glob("*.csv"):
        shutil.copyfile(path, copy / "geodata" / path.name)
    numbers = copy / "geodata" / "bevolking_per_gemeente.csv"
    numbers.write_text(numbers.read_text().replace("2021,GM0363,Amsterdam,873338", "2021,GM0363,Amsterdam,83338"))
    with pytest.raises(FactsBuildError, match="inwoners 2021 zijn samen"):
        build(copy, tmp_path / "out")
    assert not (tmp_path / "out").exists()
