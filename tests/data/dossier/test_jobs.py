import io
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from zipfile import ZipFile

import pytest

from data.dossier.jobs import File, JobProgress, file_name, making, too_many
from data.dossier.typesetting import MOST_TOGETHER, Press, PressError, typeset
from geo.bundle import Bundle
from tests.data.dossier.conftest import Gather
from tests.data.dossier.reading import opened, texts

CODES = ("GM0096", "GM0523")


def made(steps: Iterator[JobProgress | File]) -> tuple[list[JobProgress], File, bytes]:
    *before, last = steps
    assert isinstance(last, File)
    with last.content as content:
        return [step for step in before if isinstance(step, JobProgress)], last, content.read()


def test_one_is_a_pdf_with_its_name(of: Gather) -> None:
    steps, file, content = made(making(["GM0523"], of, "pdf"))
    assert file.name == "dossier-GM0523-hardinxveld-giessendam-2022-05-01.pdf"
    assert (file.mimetype, file.size) == ("application/pdf", len(content))
    assert content == typeset([of("GM0523")])
    assert steps[0] == JobProgress(0, 1, "Gegevens verzamelen")
    assert steps[-1].done == steps[-1].of == 1


def test_several_stand_in_one_behind_a_list(of: Gather) -> None:
    steps, file, content = made(making(CODES, of, "pdf", ["Let op."]))
    assert file.name == "dossiers-2-gemeenten-2022-05-01.pdf"
    assert len(opened(content).pages) == 5
    assert "Let op." in texts(content)[0]
    assert [step.done for step in steps[:3]] == [0, 1, 2]


def test_a_zip_holds_each_as_it_is_alone(of: Gather) -> None:
    steps, file, content = made(making(CODES, of, "zip", ["Let op."]))
    assert file.name == "dossiers-2-gemeenten-2022-05-01.zip"
    assert file.failed == ()
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "dossier-GM0096-vlieland-2022-05-01.pdf",
            "dossier-GM0523-hardinxveld-giessendam-2022-05-01.pdf",
            "LEESMIJ.txt",
        ]
        assert archive.read("dossier-GM0096-vlieland-2022-05-01.pdf") == typeset([of("GM0096")])
        assert archive.read("LEESMIJ.txt").decode("utf-8-sig") == "Let op.\r\n"
    assert {step.what for step in steps} == {"Vlieland zetten", "Hardinxveld-Giessendam zetten"}
    assert made(making(CODES, of, "zip", ["Let op."]))[2] == content


def test_one_that_cannot_be_set_is_left_out_of_a_zip_and_told(of: Gather, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Press.answer
    falls = iter([True, False])

    def fall(press: Press) -> bytes:
        if next(falls, False):
            answer(press)
            press._process.kill()
            press._process.wait()
            raise PressError("afgebroken")
        return answer(press)

    monkeypatch.setattr(Press, "answer", fall)
    _, file, content = made(making(CODES, of, "zip"))
    assert file.name == "dossiers-1-gemeente-2022-05-01.zip"
    assert file.failed == ("Vlieland (GM0096): afgebroken",)
    with ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.namelist()) == 2
        assert "Vlieland" in archive.read("LEESMIJ.txt").decode("utf-8-sig")


def test_when_none_can_be_set_that_is_an_error(of: Gather, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(_: Press) -> bytes:
        raise PressError("afgebroken")

    monkeypatch.setattr(Press, "answer", fall)
    for form in ("pdf", "zip"):
        with pytest.raises(PressError, match="afgebroken"):
            list(making(["GM0096"], of, form))  # type: ignore[arg-type]


def test_who_goes_away_ends_the_work(of: Gather, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    start = Press._start

    def noted(press: Press) -> None:
        start(press)
        started.append(press._process.pid)

    monkeypatch.setattr(Press, "_start", noted)
    for form in ("pdf", "zip"):
        with closing(making(CODES, of, form)) as steps:  # type: ignore[type-var, arg-type]
            next(steps)
            next(steps)
    assert len(started) == 2
    for pid in started:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_job_that_takes_too_long_is_ended(of: Gather, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.dossier.typesetting.SECONDS", 0.0)
    monkeypatch.setattr("data.dossier.typesetting.SECONDS_EACH", 0.01)

    def slow(code: str) -> object:
        time.sleep(0.2)
        return of(code)

    with pytest.raises(PressError, match="afgebroken"):
        list(making(["GM0096"], slow, "pdf"))  # type: ignore[arg-type]


def test_one_pdf_holds_so_many_and_a_zip_all(bundle: Bundle) -> None:
    codes: Sequence[str] = bundle.codes
    chosen, said = too_many(codes, "pdf")
    assert chosen == codes[:MOST_TOGETHER]
    assert f"hoogstens {MOST_TOGETHER}" in said
    assert too_many(codes, "zip") == (codes, "")
    assert too_many(codes[:MOST_TOGETHER], "pdf") == (codes[:MOST_TOGETHER], "")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("GM0518", "dossier-GM0518-s-gravenhage-2022-05-01.pdf"),
        ("GM1900", "dossier-GM1900-sudwest-fryslan-2022-05-01.pdf"),
        ("GM0820", "dossier-GM0820-nuenen-gerwen-en-nederwetten-2022-05-01.pdf"),
    ],
)
def test_names_of_files_are_plain(of: Gather, code: str, name: str) -> None:
    assert file_name(of(code)) == name
