from datetime import date

import pytest

from data.periods import HalfYear
from data.sources.monthly import moments
from data.sources.monthly.dates_in_text import mentions
from data.sources.monthly.moments import Evidence, FileMoment
from data.sources.monthly.reading import ReadingChoices


@pytest.mark.parametrize(
    "text",
    [
        "stand per 1 oktober 2025",
        "1-10-2025",
        "01-10-2025",
        "1/10/2025",
        "2025-10-01",
        "1 okt. 2025",
        "1 oktober '25",
        "20251001",
        "01102025",
        "30 september 2025",
        "t/m 30-9-2025",
        "1.10.2025",
        "1 Oct 2025",
    ],
)
def test_reads_a_day(text: str) -> None:
    (mention,), _ = mentions(text)
    assert mention.first() == date(2025, 10, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2025-II",
        "2e halfjaar 2025",
        "tweede halfjaar van 2025",
        "2e half jaar 2025",
        "halfjaar 2 2025",
        "2025 H2",
        "H2 2025",
        "tweede helft 2025",
        "II-2025",
        "2025, tweede halfjaar",
        "2025 II",
    ],
)
def test_reads_a_half_year(text: str) -> None:
    (mention,), _ = mentions(text)
    assert mention.period == HalfYear(2025, 2)


@pytest.mark.parametrize("text", ["Taakstelling", "12.345", "32-10-2025", "14 dagen", "meibloem", "2", "1.234,5"])
def test_reads_no_moment_in_other_words(text: str) -> None:
    assert not [mention for mention in mentions(text)[0] if mention.first() or mention.period]


def told(*title: str, file: str = "overzicht.xlsx", headings: tuple[str, ...] = ()) -> Evidence:
    return moments.gather(title, ["Blad1"], headings, file)


def settled(evidence: Evidence, realised: bool | None = True, choices: ReadingChoices | None = None) -> FileMoment:
    return moments.decide(evidence, choices or ReadingChoices(), realised=realised, last_month=None)


II, OCTOBER = HalfYear(2025, 2), date(2025, 10, 1)


@pytest.mark.parametrize(
    "evidence",
    [
        told("Stand per 1 oktober 2025"),
        told("Overzicht", "Peildatum 1-10-2025"),
        told("2025-II per 1 oktober"),
        told("Taakstelling 2e halfjaar 2025", "gerealiseerd t/m september 2025"),
        told(file="stand 20251001.xlsx"),
        told(headings=("Achterstand per 1-7-2025", "Gerealiseerd per 1-10-2025")),
        told("1 juli 2025 tot 1 oktober 2025"),
        told("Stand 1 oktober 2025 (gepubliceerd op 1 november 2025)"),
        told("Taakstelling tweede halfjaar", "stand 1-10-2025"),
        told("Inwoners 1-1-2024; stand per 1-10-2025"),
        told("Stand per 1 oktober 2025", file="overzicht 2025-10.xlsx"),
        told("Stand per 1 oktober 2025", file="overzicht 20251006.xlsx"),
    ],
)
def test_decides_on_the_moment(evidence: Evidence) -> None:
    moment = settled(evidence)
    assert (moment.period, moment.reference_date) == (II, OCTOBER)
    assert moment.findings == ()
    assert moment.by


@pytest.mark.parametrize(
    "evidence",
    [
        told("Stand per 1 oktober 2025", file="stand 2025-11-01.xlsx"),
        told("1-9-2025", "1-10-2025"),
        told("2025-I, stand per 1 oktober 2025"),
        told("2025-I en 2025-II"),
    ],
)
def test_moments_that_contradict_stop(evidence: Evidence) -> None:
    moment = settled(evidence)
    assert [finding.kind for finding in moment.findings] == ["moment_contradiction"]
    assert None in (moment.period, moment.reference_date)
    chosen = settled(evidence, choices=ReadingChoices(period=II, reference_date=OCTOBER))
    assert (chosen.period, chosen.reference_date) == (II, OCTOBER)
    assert not [finding for finding in chosen.findings if finding.weight == "stops"]


def test_reports_what_is_unknown() -> None:
    assert [finding.kind for finding in settled(told("Overzicht")).findings] == ["moment_unknown"]
    assert settled(told("Taakstelling 2025-II")).reference_date is None


def test_realisation_distinguishes_end_from_start() -> None:
    evidence = told("Stand per 1 juli 2025")
    assert settled(evidence, True).period == HalfYear(2025, 1)
    assert settled(evidence, False).period == HalfYear(2025, 2)
    assert settled(evidence, None).period is None


def test_a_mere_month_is_asked_about() -> None:
    moment = settled(told("Overzicht oktober 2025"))
    assert moment.reference_date == OCTOBER
    assert [finding.kind for finding in moment.findings] == ["moment_vague"]


def test_a_choice_goes_first_but_is_compared() -> None:
    choices = ReadingChoices(period=II, reference_date=date(2025, 11, 1))
    moment = settled(told("Stand per 1 oktober 2025"), choices=choices)
    assert moment.reference_date == date(2025, 11, 1)
    assert [(finding.weight, finding.kind) for finding in moment.findings] == [("asks", "moment_contradiction")]
