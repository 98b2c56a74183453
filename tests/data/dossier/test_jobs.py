import io
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from zipfile import ZipFile

import pytest

from data.dossier.jobs import File, JobProgress, file_name, limit_to_one_file, make_file
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


def test_single_dossier_is_a_pdf(of: Gather) -> None:
    steps, file, content = made(make_file(["GM0523"], of, "pdf"))
    assert file.name == "dossier-GM0523-hardinxveld-giessendam-2022-05-01.pdf"
    assert (file.mimetype, file.size) == ("application/pdf", len(content))
    assert content == typeset([of("GM0523")])
    assert steps[0] == JobProgress(0, 1, "Gegevens verzamelen")
    assert steps[-1].done == steps[-1].of == 1


def test_several_dossiers_share_a_pdf_with_contents(of: Gather) -> None:
    steps, file, content = made(make_file(CODES, of, "pdf", ["Let op."]))
    assert file.name == "dossiers-2-gemeenten-2022-05-01.pdf"
    assert len(opened(content).pages) == 5
    assert "Let op." in texts(content)[0]
    assert [step.done for step in steps[:3]] == [0, 1, 2]


def test_zip_holds_the_single_pdfs(of: Gather) -> None:
    steps, file, content = made(make_file(CODES, of, "zip", ["Let op."]))
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
    assert made(make_file(CODES, of, "zip", ["Let op."]))[2] == content


def test_failed_dossier_is_left_out_of_the_zip_and_reported(of: Gather, monkeypatch: pytest.MonkeyPatch) -> None:
    result = Press.result
    failures = iter([True, False])

    def fail(press: Press) -> bytes:
        if next(failures, False):
            result(press)
            press._process.kill()
            press._process.wait()
            raise PressError("afgebroken")
        return result(press)

    monkeypatch.setattr(Press, "result", fail)
    _, file, content = made(make_file(CODES, of, "zip"))
    assert file.name == "dossiers-1-gemeente-2022-05-01.zip"
    assert file.failed == ("Vlieland (GM0096): afgebroken",)
    with ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.namelist()) == 2
        assert "Vlieland" in archive.read("LEESMIJ.txt").decode("utf-8-sig")


def test_job_without_any_dossier_fails(of: Gather, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Press) -> bytes:
        raise PressError("afgebroken")

    monkeypatch.setattr(Press, "result", fail)
    for form in ("pdf", "zip"):
        with pytest.raises(PressError, match="afgebroken"):
            list(make_file(["GM0096"], of, form))  # type: ignore[arg-type]


def test_closing_the_generator_cancels_the_job(of: Gather, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    start = Press._start

    def noted(press: Press) -> None:
        start(press)
        started.append(press._process.pid)

    monkeypatch.setattr(Press, "_start", noted)
    for form in ("pdf", "zip"):
        with closing(make_file(CODES, of, form)) as steps:  # type: ignore[type-var, arg-type]
            next(steps)
            next(steps)
    assert len(started) == 2
    for pid in started:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_job_has_a_time_limit(of: Gather, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.dossier.typesetting.SECONDS", 0.0)
    monkeypatch.setattr("data.dossier.typesetting.SECONDS_EACH", 0.01)

    def slow(code: str) -> object:
        time.sleep(0.2)
        return of(code)

    with pytest.raises(PressError, match="afgebroken"):
        list(make_file(["GM0096"], slow, "pdf"))  # type: ignore[arg-type]


def test_pdf_is_limited_and_zip_is_not(bundle: Bundle) -> None:
    codes: Sequence[str] = bundle.codes
    chosen, remark = limit_to_one_file(codes, "pdf")
    assert chosen == codes[:MOST_TOGETHER]
    assert f"hoogstens {MOST_TOGETHER}" in remark
    assert limit_to_one_file(codes, "zip") == (codes, "")
    assert limit_to_one_file(codes[:MOST_TOGETHER], "pdf") == (codes[:MOST_TOGETHER], "")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("GM0518", "dossier-GM0518-s-gravenhage-2022-05-01.pdf"),
        ("GM1900", "dossier-GM1900-sudwest-fryslan-2022-05-01.pdf"),
        ("GM0820", "dossier-GM0820-nuenen-gerwen-en-nederwetten-2022-05-01.pdf"),
    ],
)
def test_file_names_are_ascii(of: Gather, code: str, name: str) -> None:
    assert file_name(of(code)) == name
