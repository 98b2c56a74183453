"""Half-year and reference date of a file: from its texts, or as a person chose."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from data.findings import Finding, Remedy, Weight
from data.formatting import long_date
from data.periods import HalfYear, PeriodError
from data.sources.monthly.dates_in_text import Mention, mentions
from data.sources.monthly.reading import ReadingChoices

_OF_THE_START = re.compile(
    r"(?:achterstand|voorsprong|saldo|beginstand|vanaf|sinds|van|tussen|ingang|balans)\b[\s\W]*(?:per|op|van)?\W*$"
)
_OF_THE_FILE = re.compile(
    r"(?:publi\w*|versie|opgesteld|gemaakt|d\.?d\.?|geprint|afgedrukt|verzonden|bijgewerkt|inwoner\w*|bevolking\w*)"
    r"\W*(?:op|per|d\.?d\.?|datum|van)?\W*$"
)
_BALANCE = re.compile(r"achterstand|voorsprong|saldo|beginstand")
_THROUGH = re.compile(r"(?:t/m|tot en met|ultimo|eind|einde)\W*$")


@dataclass(frozen=True)
class FileMoment:
    """The moment of a file as far as known, and where it comes from."""

    period: HalfYear | None
    reference_date: date | None
    by: str
    findings: tuple[Finding, ...] = ()


@dataclass
class Evidence:
    """Evidence of a file's moment, each with the places where it stands."""

    halves: dict[HalfYear, list[str]] = field(default_factory=dict)
    weak_halves: dict[HalfYear, list[str]] = field(default_factory=dict)
    half_alone: set[int] = field(default_factory=set)
    starts: dict[date, list[str]] = field(default_factory=dict)
    """First days of half-years, the dates of opening balances."""
    stands: dict[date, list[str]] = field(default_factory=dict)
    months: dict[date, list[str]] = field(default_factory=dict)
    """Months without a day, by their first day."""
    days_alone: set[tuple[int, int]] = field(default_factory=set)
    """Months and days without a year."""
    years: set[int] = field(default_factory=set)


def gather(title: Sequence[str], sheets: Iterable[str], headings: Iterable[str], file_name: str) -> Evidence:
    """Gather evidence from the title, the names of sheets, the headings and the file's name."""
    evidence = Evidence()
    for line in title:
        _of_text(evidence, line, f"de titel ‘{_short(line)}’")
    for sheet in dict.fromkeys(sheets):
        _of_text(evidence, sheet, f"het blad ‘{_short(sheet)}’")
    for heading in dict.fromkeys(headings):
        _of_heading(evidence, heading)
    stem = re.sub(r"\.\w{2,4}$", "", file_name)
    _of_text(evidence, stem, "de bestandsnaam")
    return evidence


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _of_text(evidence: Evidence, text: str, place: str) -> None:
    found, _ = mentions(text)
    days = [mention for mention in found if mention.first() is not None and mention.kind == "day"]
    last = max((day for mention in days if (day := mention.first())), default=None)
    for mention in found:
        if _of_half(evidence, mention, place) or _OF_THE_FILE.search(mention.before):
            continue
        day = mention.first()
        if mention.kind == "day" and day is not None:
            begins = day in (HalfYear.of(day).start,) and last is not None and last > day
            if _OF_THE_START.search(mention.before) or (begins and last and last <= HalfYear.of(day).end):
                evidence.starts.setdefault(day, []).append(place)
            else:
                evidence.stands.setdefault(day, []).append(place)
        elif mention.kind == "day" and mention.year is None:
            if not _OF_THE_START.search(mention.before):
                evidence.days_alone.add((mention.month or 0, mention.day or 0))
        elif mention.kind == "month" and day is not None:
            if _THROUGH.search(mention.before):
                evidence.stands.setdefault(_next_month(day), []).append(place)
            else:
                evidence.months.setdefault(day, []).append(place)


def _of_half(evidence: Evidence, mention: Mention, place: str) -> bool:
    if mention.year is not None:
        evidence.years.add(mention.year)
    if mention.kind == "half":
        if mention.period is not None:
            evidence.halves.setdefault(mention.period, []).append(place)
        elif mention.half:
            evidence.half_alone.add(mention.half)
        return True
    if mention.kind == "weak_half" and mention.period is not None:
        evidence.weak_halves.setdefault(mention.period, []).append(place)
        return True
    return mention.kind == "year"


def _of_heading(evidence: Evidence, heading: str) -> None:
    found, words = mentions(heading)
    place = f"de kolom ‘{_short(heading)}’"
    balance = _BALANCE.search(words) and "incl" not in words
    dates = [mention for mention in found if mention.kind == "day"]
    for mention in found:
        if _of_half(evidence, mention, place) or mention.kind != "day" or len(dates) > 1:
            continue
        day = mention.first()
        if day is not None and balance:
            if day == HalfYear.of(day).start:
                evidence.starts.setdefault(day, []).append(place)
        elif day is not None and not re.search("inwoner|bevolking", words) and words:
            evidence.stands.setdefault(day, []).append(place)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def decide(
    evidence: Evidence, choices: ReadingChoices, *, realised: bool | None, last_month: date | None
) -> FileMoment:
    """Decide on the half-year and reference date.

    Parameters
    ----------
    choices : choices of a person; they take precedence
    realised : whether anything has been realised; distinguishes 1 July as the end of one half-year from the
        start of the next. None when not known.
    last_month : first day of the last month that has a column with figures, where months have columns
    """
    stated = _read_moment(evidence, realised, last_month)
    period = choices.period or stated.period
    reference = choices.reference_date or stated.reference_date
    if choices.period is None and choices.reference_date is None:
        return stated
    if choices.period is None and reference is not None:
        period, _ = _of_stand(reference, evidence, realised)
        period = stated.period if stated.period and reference in stated.period.reference_dates else period
    if choices.reference_date is None and period is not None and reference not in period.reference_dates:
        reference = _completed(evidence, period) or None
    findings = []
    for chosen, read in ((choices.period, stated.period), (choices.reference_date, stated.reference_date)):
        if chosen is not None and read is not None and chosen != read:
            findings.append(
                Finding(
                    Weight.ASKS,
                    "moment_contradiction",
                    f"Gekozen is {_say(chosen)}, maar het bestand zelf zegt {_say(read)} ({stated.by}). "
                    "Kijk of dit het bedoelde bestand is.",
                )
            )
    return _validated(FileMoment(period, reference, "gekozen", tuple(findings)))


def _say(moment: HalfYear | date) -> str:
    return str(moment) if isinstance(moment, HalfYear) else long_date(moment)


def _read_moment(evidence: Evidence, realised: bool | None, last_month: date | None) -> FileMoment:
    """Infer the moment from the file alone."""
    stands = evidence.stands
    halves = _halves(evidence)
    if len(stands) > 1 and len(halves) == 1:
        # The first day of the half-year itself stands beside the day of the figures.
        (half,) = halves
        stands = {day: places for day, places in stands.items() if day != half.start} or stands
    if len(stands) > 1:
        said = "; ".join(f"{long_date(day)} ({_places(places)})" for day, places in sorted(stands.items()))
        return FileMoment(_only(halves), None, "", (_contradiction("peildata", said),))
    reference = next(iter(stands), None)
    by = _places(stands[reference]) if reference else ""
    if len(halves) > 1:
        fitting = [half for half in halves if reference and reference in half.reference_dates]
        if len(fitting) != 1:
            said = "; ".join(f"{half} ({_places(places)})" for half, places in sorted(halves.items()))
            return FileMoment(None, reference, by, (_contradiction("halfjaren", said),))
        halves = {fitting[0]: halves[fitting[0]]}
    period = _only(halves)
    asked: list[Finding] = []
    if period is not None:
        by = _places([*halves[period][:2], *stands.get(reference, [])] if reference else halves[period])
    if reference is None and last_month is not None:
        reference = _next_month(last_month)
        by = "; ".join(filter(None, [by, f"de laatste gevulde maandkolom, {last_month:%m-%Y}"]))
    if reference is None and period is not None:
        reference = _completed(evidence, period)
        by += "; de dag zonder jaar" if reference else ""
    if reference is None:
        reference, why = _of_months(evidence, period)
        if reference is not None:
            by = "; ".join(filter(None, [by, why]))
            asked.append(_vague(reference, why))
    if reference is not None and period is None:
        period, why = _of_stand(reference, evidence, realised)
        by = "; ".join(filter(None, [by, why]))
    if period is not None and reference == period.start and realised:
        asked.append(
            Finding(
                Weight.STOPS,
                "moment_unknown",
                f"{long_date(period.start)} is het begin van {period}, maar er is al gehuisvest. "
                "Kies de peildatum, of het halfjaar ervoor.",
            )
        )
        reference = None
    return _validated(FileMoment(period, reference, by, tuple(asked)))


def _halves(evidence: Evidence) -> dict[HalfYear, list[str]]:
    """Half-years in the file, by its strongest evidence."""
    if evidence.halves or evidence.weak_halves:
        return evidence.halves or evidence.weak_halves
    if len(evidence.half_alone) == len(evidence.years) == 1:
        (half,), (year,) = evidence.half_alone, evidence.years
        return {HalfYear(year, half): ["halfjaar en jaar"]}
    if len(evidence.starts) == 1 and not evidence.stands:
        ((start, places),) = evidence.starts.items()
        return {HalfYear.of(start): places}
    return {}


def _only(halves: dict[HalfYear, list[str]]) -> HalfYear | None:
    return next(iter(halves)) if len(halves) == 1 else None


def _places(places: Iterable[str]) -> str:
    return ", ".join(list(dict.fromkeys(places))[:2])


def _contradiction(what: str, said: str) -> Finding:
    return Finding(
        Weight.STOPS,
        "moment_contradiction",
        f"Het bestand noemt meer dan een van de {what}: {said}. Kies welke geldt.",
    )


def _vague(reference: date, why: str) -> Finding:
    return Finding(
        Weight.ASKS,
        "moment_vague",
        f"Het bestand noemt alleen een maand ({why}); gelezen als stand op {long_date(reference)}. "
        "Klopt dat niet, kies dan de peildatum.",
    )


def _completed(evidence: Evidence, period: HalfYear) -> date | None:
    """Reference date of a half-year from a day without a year, when there is only one."""
    found = set()
    for day in period.reference_dates:
        for month, number in evidence.days_alone:
            mention = Mention("day", day.year, None, month, number, "")
            before = Mention("day", day.year - 1, None, month, number, "")
            if day in (mention.first(), before.first()) and day != period.start:
                found.add(day)
    return found.pop() if len(found) == 1 else None


def _of_months(evidence: Evidence, period: HalfYear | None) -> tuple[date | None, str]:
    """Reference date from a month without a day, when there is only one."""
    months = {day: places for day, places in evidence.months.items() if period is None or day in period.reference_dates}
    if len(months) != 1:
        return None, ""
    ((day, places),) = months.items()
    return day, _places(places)


def _of_stand(reference: date, evidence: Evidence, realised: bool | None) -> tuple[HalfYear | None, str]:
    """Half-year of a reference date; the realisation decides on 1 January and 1 July."""
    begins = HalfYear.of(reference)
    if reference != begins.start:
        return begins, ""
    ends = begins.previous()
    if ends.start in evidence.starts and begins.start not in evidence.starts:
        return ends, "de datum van de beginstand"
    if realised is None:
        return None, ""
    if realised:
        return ends, "er is gehuisvest, dus het halfjaar dat dan eindigt"
    return begins, "er is nog niemand gehuisvest, dus het halfjaar dat dan begint"


def _validated(moment: FileMoment) -> FileMoment:
    """Validate the moment: within its half-year, and nothing missing."""
    findings = list(moment.findings)
    period, reference = moment.period, moment.reference_date
    if period is not None and reference is not None:
        try:
            period.months_elapsed(reference)
        except PeriodError as error:
            findings.append(Finding(Weight.STOPS, "moment_contradiction", str(error)))
            return FileMoment(period, None, moment.by, tuple(findings))
    stopped = any(finding.weight is Weight.STOPS for finding in findings)
    missing = [what for what, value in (("halfjaar", period), ("peildatum", reference)) if value is None]
    if missing and not stopped:
        findings.append(
            Finding(
                Weight.STOPS,
                "moment_unknown",
                f"Onbekend: {' en '.join(missing)}. Geen titel, blad, kolom of bestandsnaam noemt dit. Kies het.",
                remedies=(Remedy("Bijvoorbeeld", "--period 2025-II --reference-date 2025-10-01"),),
            )
        )
    return FileMoment(period, reference, moment.by, tuple(findings))
