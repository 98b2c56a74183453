from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data.areas import Collaboration
from data.errors import FiguresError
from data.reference.collaborations import bundled_collaborations, read_collaborations
from geo.bundle import load_bundle

REGISTER = pd.DataFrame({"gm_code": ["GM0001", "GM0002", "GM0003"], "name": ["Aanwal", "Beek aan Zee", "'s-Dam"]})
OTHER_NAMES = {"GM0001": ["Oudwal", "Deeldorp", "'s-Dam"], "GM0002": ["Deeldorp", "Strand"]}

Reader = Callable[[str], tuple[Collaboration, ...]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def reader(rows: str) -> tuple[Collaboration, ...]:
        path = tmp_path / "verbanden.csv"
        path.write_text(f"id,name,municipality,source\n{rows}", encoding="utf-8")
        return read_collaborations(path, REGISTER, OTHER_NAMES)

    return reader


# ------------------------------------------------------------------ bundled collaborations


@pytest.mark.parametrize(
    ("id_", "name", "members"),
    [
        (
            "achterhoek",
            "Achterhoek",
            {"Aalten", "Berkelland", "Bronckhorst", "Doetinchem", "Oost Gelre", "Oude IJsselstreek",
             "Winterswijk"},
        ),
        (
            "drechtsteden",
            "Drechtsteden",
            {"Alblasserdam", "Dordrecht", "Hardinxveld-Giessendam", "Hendrik-Ido-Ambacht", "Papendrecht",
             "Zwijndrecht"},
        ),
        ("ferm-werk", "Ferm Werk", {"Bodegraven-Reeuwijk", "Montfoort", "Oudewater", "Woerden"}),
        ("hoeksche-waard", "Hoeksche Waard", {"Hoeksche Waard"}),
    ],
)  # fmt: skip
def test_known_collaborations(id_: str, name: str, members: set[str]) -> None:
    found = {each.id: each for each in bundled_collaborations()}
    register = load_bundle().register.set_index("gm_code")
    assert found[id_].name == name
    assert set(register.loc[list(found[id_].municipalities), "name"]) == members
    assert found[id_].source


def test_there_are_no_other_collaborations() -> None:
    assert len(bundled_collaborations()) == 4


def test_a_collaboration_may_span_two_provinces() -> None:
    ferm_werk = next(each for each in bundled_collaborations() if each.id == "ferm-werk")
    assert {load_bundle().province_of[code] for code in ferm_werk.municipalities} == {"PV26", "PV28"}


# ------------------------------------------------------------------ names


def test_current_and_former_names_are_accepted(read: Reader) -> None:
    rows = "de-wal,De Wal,Beek aan Zee,bron\nde-wal,De Wal,Oudwal,bron\n"
    assert read(rows) == (Collaboration("de-wal", "De Wal", ("GM0001", "GM0002"), "bron"),)


def test_merged_members_count_once(read: Reader) -> None:
    assert read("a,A,Oudwal,bron\na,A, AANWAL ,bron\n")[0].municipalities == ("GM0001",)


def test_a_current_name_takes_precedence_over_a_former_one(read: Reader) -> None:
    assert read("a,A,'s-Dam,bron\n")[0].municipalities == ("GM0003",)


def test_the_order_is_that_of_the_file(read: Reader) -> None:
    assert [each.id for each in read("z,Z,Strand,bron\na,A,Strand,bron\n")] == ["z", "a"]


# ------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            "a,A,Aanwal,b\na,A,Nergenshuizen,b\n",
            (
                r"^verbanden.csv, rij 3, kolom municipality: 'Nergenshuizen' is geen gemeente van nu of "
                r"vroeger. Schrijf de naam uit het gemeentenregister.$"
            ),
        ),
        (
            "a,A,Deeldorp,b\n",
            r"rij 2, .* ligt nu in Aanwal \(GM0001\) en Beek aan Zee \(GM0002\). Schrijf welke",
        ),
        ("a,A,Aanwal,b\na,A,aanwal,b\n", "rij 3, .*staat al bij a. Laat er één staan"),
        ("a,A,Aanwal,b\na,B,Strand,b\n", "rij 3, kolom name: a heet hier 'B' en eerder 'A'"),
        ("PV28,A,Aanwal,b\n", "rij 2, kolom id: 'PV28' kan niet. Schrijf kleine letters en streepjes"),
        ("nl,A,Aanwal,b\n", "rij 2, kolom id: 'nl' kan niet"),
        ("a,A,Aanwal,\n", "rij 2, kolom source: leeg. Vul de cel in"),
        ("a, ,Aanwal,b\n", "rij 2, kolom name: leeg"),
    ],
)
def test_a_wrong_row_is_named_with_the_remedy(read: Reader, rows: str, message: str) -> None:
    with pytest.raises(FiguresError, match=message):
        read(rows)


def test_every_wrong_row_is_named(read: Reader) -> None:
    with pytest.raises(FiguresError) as caught:
        read("a,A,Wie,b\na,A,Aanwal,b\na,A,Wat,b\n")
    assert [problem.rows for problem in caught.value.problems] == [(2,), (4,)]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FiguresError, match=r"weg.csv: niet te lezen"):
        read_collaborations(tmp_path / "weg.csv", REGISTER, {})


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "fout.csv"
    path.write_text("id,naam\n", encoding="utf-8")
    with pytest.raises(FiguresError, match=r"fout.csv: de kolommen moeten zijn id, name, municipality, sou"):
        read_collaborations(path, REGISTER, {})
