import pytest

from data.sources.monthly.cells import Cell
from data.sources.monthly.gazetteer import key_of, parse_code, province_of_key
from data.sources.monthly.interpret import Geography
from data.sources.monthly.normalise import text_key

GEOGRAPHY = Geography.bundled()


@pytest.mark.parametrize(
    ("name", "code", "how"),
    [
        ("Den Haag", "GM0518", "loose"),
        ("'s-Gravenhage", "GM0518", "name"),
        ("’s Gravenhage", "GM0518", "name"),
        ("s Gravenhage", "GM0518", "name"),
        ("'s-Gravenhage (gemeente)", "GM0518", "name"),
        ("Haag, Den", "GM0518", "loose"),
        ("Hengelo (O.)", "GM0164", "name"),
        ("Hengelo", "GM0164", "name"),
        ("Hengelo (Gld)", "GM1876", "loose"),
        ("Bergen (NH.)", "GM0373", "name"),
        ("Bergen (N.H.)", "GM0373", "name"),
        ("Bergen NH", "GM0373", "name"),
        ("Bergen (Noord-Holland)", "GM0373", "name"),
        ("Bergen (L.)", "GM0893", "name"),
        ("Bergen (Limburg)", "GM0893", "name"),
        ("Bergen (Lb)", "GM0893", "name"),
        ("Nuenen c.a.", "GM0820", "loose"),
        ("Nuenen, Gerwen en Nederwetten", "GM0820", "name"),
        ("Súdwest-Fryslân", "GM1900", "name"),
        ("Sudwest Fryslan", "GM1900", "name"),
        ("SÚDWEST‑FRYSLÂN", "GM1900", "name"),
        ("Zuidwest-Friesland", "GM1900", "loose"),
        ("Gemeente Utrecht", "GM0344", "name"),
        ("UTRECHT", "GM0344", "name"),
        ("Utrecht (stad)", "GM0344", "name"),
        ("Laren (NH.)", "GM0417", "name"),
        ("Middelburg (Z.)", "GM0687", "name"),
        ("Beek (L.)", "GM0888", "name"),
        ("Stein (L.)", "GM0971", "name"),
        ("Rijswijk (ZH.)", "GM0603", "name"),
        ("Weesp", "GM0457", "name"),
        ("Haaren", "GM0788", "name"),
        ("Amsterdam*", "GM0363", "name"),
        ("Amsterdam 1)", "GM0363", "name"),
        ("Amsterdam (1)", "GM0363", "name"),
        ("Amsterdam²", "GM0363", "name"),
        ("0363 Amsterdam", "GM0363", "name"),
        ("Amsterdam (GM0363)", "GM0363", "name"),
        ("Alphen a/d Rijn", "GM0484", "name"),
        ("Krimpen a.d. IJssel", "GM0542", "name"),
        ("Bilt, De", "GM0310", "name"),
        ("Helder", "GM0400", "loose"),
        ("St. Michielsgestel", "GM0845", "name"),
        ("Tietjerksteradeel", "GM0737", "loose"),
        ("Wychen", "GM0296", "loose"),
        ("Ijsselstein", "GM0353", "name"),
        ("Geldrop/Mierlo", "GM1771", "name"),
    ],
)
def test_knows_a_name_however_spelled(name: str, code: str, how: str) -> None:
    match = GEOGRAPHY.gazetteer.find(text_key(name))
    assert (match.codes, match.how) == ((code,), how)


def test_a_name_of_two_gives_both() -> None:
    assert GEOGRAPHY.gazetteer.find("bergen").codes == ("GM0373", "GM0893")


@pytest.mark.parametrize(
    "name",
    ["", "Amsterdm", "Totaal", "Limburg", "Rijswijk (NB)", "0363 Rotterdam", "<script>", "Nederland", "1"],
)
def test_unknown_names_do_not_match(name: str) -> None:
    assert GEOGRAPHY.gazetteer.find(text_key(name)).codes == ()


def test_every_municipality_is_found_by_its_own_name() -> None:
    gazetteer = GEOGRAPHY.gazetteer
    for code, name in gazetteer.names.items():
        for spelled in (name, name.upper(), f"Gemeente {name}", f"{name} (gemeente)", name.replace("-", " ")):
            assert gazetteer.find(text_key(spelled)).codes == (code,), spelled


@pytest.mark.parametrize("cell", [363, 363.0, "363", "0363", "GM0363", "gm 363", "GM-0363", "363.0", "0363*"])
def test_reads_a_code(cell: object) -> None:
    assert parse_code(Cell(cell).key) == "GM0363"  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [None, "", 0, True, 363.5, "PV28", "36300", "Amsterdam", -363])
def test_reads_no_other_code(cell: object) -> None:
    assert parse_code(Cell(cell).key) is None  # type: ignore[arg-type]


def test_knows_provinces() -> None:
    told = {
        "Friesland": "PV21",
        "Provincie Utrecht": "PV26",
        "UTRECHT": "PV26",
        "PV31": "PV31",
        "Brabant": "PV30",
    }
    assert {name: province_of_key(text_key(name)) for name in told} == told
    assert province_of_key("amsterdam") is None


def test_keys_ignore_what_people_vary() -> None:
    assert key_of("Gemeente  Mook & Middelaar*") == key_of("mook en middelaar")
