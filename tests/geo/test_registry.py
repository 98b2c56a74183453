from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from geo.bundle import BUNDLED, Bundle
from geo.errors import RegistryError
from geo.registry import (
    COLUMNS,
    Ground,
    check_register,
    mergers_into,
    read_ground,
    read_mergers,
    read_regions,
    read_register,
    search_aliases,
)

CBS = """gm_code,gm_naam,cr_code,cr_naam,pv_code,pv_naam
GM0002,Beekstad,CR01,Laagland,PV28,Zuid-Holland
GM0001,Aardorp,CR01,Laagland,PV28,Zuid-Holland
GM0003,Ceddorp,CR02,Hoogland,PV29,Zeeland
"""
SAFETY = """gemeentCode;gemeenteNaam;veiligheidsRegioCode;veiligheidsRegioNaam
GM0001;Aardorp;VR01;Kust
GM0002;Beekstad;VR01;Kust
GM0003;Ceddorp;VR02;Duin
"""
LABOUR = """gm_code,gm_naam,arbeidsmarktregio
GM0001,Aardorp,Werkstreek
GM0002,Beekstad,Werkstreek
GM0003,Ceddorp,Zuidkant
"""
CODES_2016 = """gm_code,Arbeidsmarktregio's
GM0001,AM07
GM0002,AM07
GM0003,AM09
"""
OVERLAY = """jaar,oud,oud_naam,nieuw,nieuw_naam,aandeel_oppervlakte,soort
2016,GM0011,Oudstad,GM0012,Tussenstad,0.99,opgeheven
2016,GM0011,Oudstad,GM0003,Ceddorp,0.01,opgeheven
2018,GM0012,Tussenstad,GM0001,Aardorp,0.333,opgeheven
2018,GM0012,Tussenstad,GM0002,Beekstad (oud),0.666,opgeheven
"""
ABOLISHED = """Bestaan tot;Eindjaar;Oude;Nieuwe;Huidige code;Huidige naam
1-1-1970;1970;GM0091;GM0092;GM0001;Aardorp
1-1-2016;2016;GM0011;GM0012;GM0001;Aardorp
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Region files of a fictional country of three municipalities."""
    regions = tmp_path / "regions"
    regions.mkdir()
    (regions / "gebiedsindelingen_register_2023.csv").write_text(CBS)
    (regions / "veiligheidsregio_provincie_342_koppelcodes.csv").write_text(SAFETY, encoding="utf-8-sig")
    (regions / "arbeidsmarktregio_2026.csv").write_text(LABOUR)
    (regions / "gebieden_2016_83287NED.csv").write_text(CODES_2016)
    (tmp_path / "herindelingen_afgeleid_2013_2026.csv").write_text(OVERLAY)
    (tmp_path / "gm_changes_before_2018.csv").write_text(ABOLISHED, encoding="latin-1")
    return tmp_path


def test_the_register_is_compiled_in_code_order(folder: Path) -> None:
    register = read_regions(folder, 2023)
    assert list(register.columns) == COLUMNS
    assert list(register["name"]) == ["Aardorp", "Beekstad", "Ceddorp"]
    assert register.iloc[2].tolist() == [
        "GM0003", "Ceddorp", "PV29", "Zeeland", "CR02", "Hoogland", "AM09", "Zuidkant", "VR02", "Duin",
    ]  # fmt: skip


def test_region_files_are_valid_for_their_years_only(folder: Path) -> None:
    with pytest.raises(RegistryError, match=r"2023 tot en met 2026, niet voor 2019\. .*--register"):
        read_regions(folder, 2019)


def test_files_that_name_different_municipalities_are_refused(folder: Path) -> None:
    (folder / "regions" / "arbeidsmarktregio_2026.csv").write_text(LABOUR.replace("GM0003", "GM0004"))
    (folder / "regions" / "gebieden_2016_83287NED.csv").write_text(CODES_2016.replace("GM0003", "GM0004"))
    with pytest.raises(RegistryError, match=r"arbeidsmarktregio's .*GM0003, GM0004"):
        read_regions(folder, 2023)


def test_a_labour_market_region_without_a_code_of_its_own_is_refused(folder: Path) -> None:
    (folder / "regions" / "gebieden_2016_83287NED.csv").write_text(CODES_2016.replace("AM09", "AM07"))
    with pytest.raises(RegistryError, match="arbeidsmarktregio Werkstreek, Zuidkant: geen eigen code"):
        read_regions(folder, 2023)


def test_a_missing_file_or_column_is_named(folder: Path) -> None:
    path = folder / "regions" / "arbeidsmarktregio_2026.csv"
    path.write_text(LABOUR.replace("arbeidsmarktregio", "regio"))
    with pytest.raises(RegistryError, match=r"arbeidsmarktregio_2026\.csv: kolom arbeidsmarktregio ontbreekt"):
        read_regions(folder, 2023)
    path.unlink()
    with pytest.raises(RegistryError, match=r"arbeidsmarktregio_2026\.csv: bestand niet gevonden"):
        read_regions(folder, 2023)


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        (1, "name", "", "rij 3: kolom name is leeg"),
        (1, "gm_code", "GM01", "rij 3: 'GM01' is geen gemeentecode"),
        (2, "gm_code", "GM0001", "rij 4: GM0001 staat er twee keer in"),
        (0, "province_code", "PV99", "rij 2: 'PV99' is geen provincie"),
        (6, "corop", "Anders", "rij 8: corop_code 'CR29' hoort bij twee"),
        (6, "corop_code", "CR99", "rij 8: corop 'Corop PV29' hoort bij twee"),
    ],
)
def test_an_inconsistent_register_is_refused(
    ground: Ground, tmp_path: Path, row: int, column: str, value: str, message: str
) -> None:
    register = ground.register.copy()
    register.loc[row, column] = value
    path = tmp_path / "mijn_register.csv"
    register.to_csv(path, index=False)
    with pytest.raises(RegistryError, match=re.escape(f"mijn_register.csv, {message}")):
        read_register(path)


def test_mergers_drop_noise_and_shares_sum_to_one(folder: Path) -> None:
    register = read_regions(folder, 2023)
    mergers = read_mergers(folder, register)
    mergers = mergers[mergers["year"] > 2013]
    columns = ["old_code", "new_code", "new_name", "year", "kind", "share"]
    rows = list(mergers[columns].itertuples(index=False, name=None))
    assert rows == [
        ("GM0011", "GM0012", "Tussenstad", 2016, "merger", 1.0),
        ("GM0012", "GM0001", "Aardorp", 2018, "split", 0.333),
        ("GM0012", "GM0002", "Beekstad", 2018, "split", 0.667),
    ]


def test_a_code_that_cbs_abolished_must_be_known(folder: Path) -> None:
    more = ABOLISHED + "1-1-2017;2017;GM0044;GM0003;GM0003;Ceddorp\n"
    (folder / "gm_changes_before_2018.csv").write_text(more, encoding="latin-1")
    with pytest.raises(RegistryError, match=r"gm_changes_before_2018\.csv: GM0044 ging op in GM0003"):
        read_mergers(folder, read_regions(folder, 2023))


def test_indirect_mergers_are_followed(folder: Path) -> None:
    mergers = read_mergers(folder, read_regions(folder, 2023))
    assert list(mergers_into(mergers, "GM0002")["old_code"]) == ["GM0011", "GM0012"]
    assert mergers_into(mergers, "GM0003").empty


def test_aliases_contain_names_of_merged_municipalities(folder: Path) -> None:
    register = read_regions(folder, 2023)
    aliases = search_aliases(register, read_mergers(folder, register))
    assert aliases == {"GM0001": ["Oudstad", "Tussenstad"], "GM0002": ["Oudstad", "Tussenstad"], "GM0003": []}


def test_the_bundled_register_is_the_fallback(bundle: Bundle, tmp_path: Path) -> None:
    ground = read_ground(2023, regions=None, register=None, bundled=BUNDLED / "2023")
    pd.testing.assert_frame_equal(ground.register, bundle.register, check_dtype=False)
    pd.testing.assert_frame_equal(ground.mergers, bundle.mergers, check_dtype=False)
    with pytest.raises(RegistryError, match=r"Geen register voor 2019.*--regions.*--register"):
        read_ground(2019, regions=None, register=None, bundled=tmp_path)


def test_the_bundled_register_is_complete(bundle: Bundle) -> None:
    check_register(bundle.register, "register.csv")
    counts = bundle.register[["province_code", "corop_code", "labour_market_region_code", "safety_region_code"]]
    assert counts.nunique().tolist() == [12, 40, 35, 25]
    assert len(bundle.codes) == 342


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("GM0518", {"Den Haag", "The Hague"}),
        ("GM0796", {"Den Bosch", "Maasdonk"}),
        ("GM1900", {"Zuidwest-Friesland", "Sneek", "Littenseradiel"}),
        ("GM1940", {"De Friese Meren", "Skarsterlân", "Lemsterland"}),
        ("GM0737", {"Tietjerksteradeel"}),
        ("GM0439", {"Beemster"}),
        ("GM0757", {"Haaren"}),
        ("GM0865", {"Haaren"}),
        ("GM0363", {"Weesp"}),
        ("GM1945", {"Groesbeek", "Ubbergen"}),
        ("GM1978", {"Molenwaard", "Graafstroom"}),
        ("GM0164", {"Hengelo (O.)"}),
    ],
)
def test_known_aliases_are_included(bundle: Bundle, code: str, expected: set[str]) -> None:
    assert expected <= set(bundle.aliases[code])


def test_aliases_are_not_misleading(bundle: Bundle) -> None:
    # Bussum and Muiden ceded some uninhabited land to others than Gooise Meren.
    assert "Bussum" not in bundle.aliases["GM0402"]
    assert "Muiden" not in bundle.aliases["GM0363"]
    names = dict(zip(bundle.register["gm_code"], bundle.register["name"], strict=True))
    assert all(names[code] not in aliases for code, aliases in bundle.aliases.items())
    assert all(len(set(aliases)) == len(aliases) for aliases in bundle.aliases.values())


def test_provinces_in_official_order(bundle: Bundle) -> None:
    assert [province.code for province in bundle.provinces] == [f"PV{number}" for number in range(20, 32)]
    names = dict(zip(bundle.register["province_code"], bundle.register["province"], strict=True))
    assert {province.code: province.name for province in bundle.provinces} == names
    assert bundle.provinces[1].aliases == ("Friesland",)


def test_bundled_mergers_lead_to_the_municipalities_of_the_year(bundle: Bundle) -> None:
    mergers = bundle.mergers
    assert mergers.groupby("old_code")["share"].sum().round(6).eq(1).all()
    assert set(mergers["kind"]) == {"merger", "split", "new_code"}
    assert set(mergers["new_code"]) <= set(bundle.codes) | set(mergers["old_code"])
    assert set(mergers["old_code"]).isdisjoint(bundle.codes)
    assert mergers["year"].between(2013, 2023).all()


@pytest.mark.shared
def test_official_region_files_give_the_bundled_register(bundle: Bundle, geodata: Path) -> None:
    register = read_regions(geodata, 2023)
    pd.testing.assert_frame_equal(register, bundle.register, check_dtype=False)
    mergers = read_mergers(geodata, register)
    pd.testing.assert_frame_equal(mergers, bundle.mergers, check_dtype=False)
