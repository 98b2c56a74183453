"""Dossiers by the command line, and what it says of what it cannot make."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from data.formatting import number
from data.snapshot import current
from tests.data.commands.conftest import Run
from tests.data.dossier.reading import texts

MOMENT = ("--period", "2022-I", "--reference-date", "2022-05-01")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_gets_a_file_of_its_own_in_a_folder_that_is_made(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "op" / "reis"
    result = run("dossier", "GM0363", "vlieland", "--out", out, *MOMENT)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert names(out) == ["dossier-GM0096-vlieland-2022-05-01.pdf", "dossier-GM0363-amsterdam-2022-05-01.pdf"]
    assert result.stdout.split() == [str(out / name) for name in reversed(names(out))]
    period, day = current().periods[6], current().reference_dates(current().periods[6])[4]
    row = current().row(period, day, "GM0363")
    first, second = texts((out / names(out)[1]).read_bytes())
    for name in ("corrected_target", "realised", "remaining"):
        assert number(row[name]) in first
    assert "/gemeente/GM0363?" in second.replace(" ", "")


def test_the_last_moment_is_that_of_the_figures(run: Run, tmp_path: Path) -> None:
    assert run("dossier", "GM0096", "--out", tmp_path / "map").exit_code == 0
    assert names(tmp_path / "map") == ["dossier-GM0096-vlieland-2024-07-01.pdf"]


def test_unknown_names_are_reported_and_the_others_made(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "map"
    result = run("dossier", "Amsterdm", "GM9999", "GM0096", "vlieland", "GM0003", "--out", out, *MOMENT)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "“Amsterdm” is geen gemeente. Bedoelde u Amsterdam (GM0363)?",
        "“GM9999” is geen gemeente. Geef een code als GM0363, of een naam.",
        "Appingedam (GM0003) hoort nu bij Eemsdelta (GM1979).",
        "Meer dan eens gevraagd, één keer gemaakt: Vlieland.",
    ]
    assert [name[:14] for name in names(out)] == ["dossier-GM0096", "dossier-GM1979"]


@pytest.mark.parametrize("form", ["--together", "--zip"])
def test_all_in_one_file(run: Run, tmp_path: Path, form: str) -> None:
    out = tmp_path / "map"
    result = run("dossier", "GM0363,GM0096", "GM9999", form, "--out", out, *MOMENT)
    assert result.exit_code == 1
    (name,) = names(out)
    assert result.stdout.strip() == str(out / name)
    content = (out / name).read_bytes()
    if form == "--zip":
        with ZipFile(io.BytesIO(content)) as archive:
            assert [each[:14] for each in archive.namelist()] == [
                "dossier-GM0363",
                "dossier-GM0096",
                "LEESMIJ.txt",
            ]
    else:
        found = texts(content)
        assert len(found) == 5
        assert "“GM9999” is geen gemeente." in found[0]
        assert [text.split()[5] for text in found[1::2]] == ["Amsterdam", "Vlieland"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "geef minstens één gemeente"),
        (("GM0363",), "geef met --out de map"),
        (("GM9999", "--out", "{out}"), "er is niets gemaakt"),
        (("GM0363", "--out", "{out}", "--zip", "--together"), "gaan niet samen"),
        (("GM0363", "--out", "{out}", "--period", "zomer"), "is geen halfjaar"),
        (("GM0363", "--out", "{out}", "--period", "1999-I"), "zijn geen cijfers"),
        (("GM0363", "--out", "{out}", "--period", "2022-I", "--reference-date", "2022-05-02"), "peildatum"),
        (("GM0363", "--out", "{out}", "--reference-date", "2022-05-01"), "ook het halfjaar met --period"),
        (("GM0363", "--out", "{out}", "--origin", "x.nl"), "is geen adres"),
    ],
)
def test_an_impossible_request_is_one_message(run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    out = tmp_path / "map"
    result = run("dossier", *(argument.format(out=out) for argument in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("Fout:") == 1
    assert "Traceback" not in result.stderr
    assert not out.exists() or names(out) == []


def test_an_unwritable_folder_is_reported_first(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("", "utf-8")
    result = run("dossier", "GM0363", "--out", tmp_path / "bestand" / "map")
    assert result.exit_code == 2
    assert "is niet te schrijven" in result.stderr
    assert "kies met --out een andere map" in result.stderr


def test_an_unwritable_file_leaves_the_others(run: Run, tmp_path: Path) -> None:
    taken = tmp_path / "map" / "dossier-GM0096-vlieland-2022-05-01.pdf"
    taken.mkdir(parents=True)
    result = run("dossier", "GM0096", "GM0363", "--out", tmp_path / "map", *MOMENT)
    assert result.exit_code == 1
    assert "Fout: Vlieland (GM0096):" in result.stderr
    assert (tmp_path / "map" / "dossier-GM0363-amsterdam-2022-05-01.pdf").is_file()
    alone = run("dossier", "GM0096", "--out", tmp_path / "map", *MOMENT)
    assert alone.exit_code == 2


def test_too_many_dossiers_for_one_pdf_are_reported(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.dossier.jobs.MOST_TOGETHER", 1)
    result = run("dossier", "GM0096", "GM0363", "--together", "--out", tmp_path / "map", *MOMENT)
    assert result.exit_code == 1
    assert "In één PDF staan hoogstens 1 dossiers" in result.stderr
    assert names(tmp_path / "map") == ["dossiers-1-gemeente-2022-05-01.pdf"]
