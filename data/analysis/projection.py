"""Outlook: the pace that a municipality needs, and when its recent pace clears the backlog.

It is arithmetic, not a forecast: the pace is assumed to last, and assumptions on new targets are
stated. Real and example figures are never combined into one pace.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from data.analysis.laggards import comparable
from data.formatting import QUALITY, counted, long_date, months_word, number, persons
from data.parsing import int_or_none
from data.periods import MONTHS, HalfYear
from data.progress import FEW
from data.quality import Quality, weakest_of
from data.snapshot import Snapshot

LONGEST: Final = 240
"""Months up to which a date is given: twenty years. Beyond, the text says only that it takes longer,
since no target and no pace stays the same for that long."""


@dataclass(frozen=True)
class Clearance:
    """Moment at which nothing remains, at the pace of the last six months."""

    when: Literal["now", "on", "later", "never", "unknown"]
    """`on` a date; `later` than `LONGEST` months; `now` when nothing remains already; `never` at this pace."""
    months: int | None = None
    """Whole months from the reference date: 0 for `now`, None unless `now` or `on`."""
    on: date | None = None
    """First of the month in which nothing remains, likewise."""


@dataclass(frozen=True)
class Outlook:
    """Projection of a municipality; persons unless stated otherwise, None where unknown."""

    gm_code: str
    name: str
    period: str
    reference_date: date
    ends: date
    """Test date of the half-year."""
    months: int
    """Months elapsed of the half-year, 0 to 6."""
    net_target: int | None
    remaining: int | None
    needed_per_month: float | None
    """From here to the end of the half-year, to have nothing remain; 0 when nothing does. None at the
    end."""
    housed: int | None
    """Persons housed in the last six months: in the half-year, and in the part of the one before that is
    less than six months ago. None where that one is unknown, or of another kind."""
    housed_from: date
    """The day six months before the reference date."""
    without_new_targets: Clearance
    """Clearance of what remains now, without new targets."""
    with_new_targets: Clearance
    """First time that nothing remains, if every coming half-year adds a target equal to this one's net
    target, on its first day."""
    quality: Quality | None
    """Weakest quality of the figures used; values computed here are at best `computed`."""
    corrected_target: int | None = None

    @property
    def few(self) -> bool:
        """Whether there are too few persons to house for a pace that means something."""
        return self.corrected_target is not None and 0 < self.corrected_target < FEW

    @property
    def sentences(self) -> tuple[str, ...]:
        """Text in Dutch, with its assumptions and the quality of the figures."""
        if self.remaining is None:
            day = long_date(self.reference_date)
            return (f"Van {self.name} zijn er op {day} geen cijfers. Vooruitkijken kan daarom niet.",)
        if self.few:
            small = (
                "Kleine aantallen: één gezin verschil verandert dit beeld. Verder vooruitrekenen zegt daarom weinig."
            )
            sure = "" if self.quality is None else f"De cijfers zijn {QUALITY[self.quality]}."
            return tuple(filter(None, (_needed(self), _recent(self), f"{small} {sure}".strip())))
        parts = (_needed(self), _recent(self), *_when_gone(self), _caution(self))
        return tuple(part for part in parts if part)


def outlook(snapshot: Snapshot, gm_code: str, period: HalfYear, reference_date: date) -> Outlook:
    """Project the figures of a municipality at its recent pace.

    Raises
    ------
    data.snapshot.NotInSnapshot, data.areas.UnknownArea
    """
    row = snapshot.row(period, reference_date, gm_code)
    months = int(row["months"])
    net, left, done = (int_or_none(row[name]) for name in ("net_target", "remaining", "realised"))
    tail = _tail(snapshot, gm_code, period, months)
    housed = None if done is None or tail is None else done + tail.persons
    qualities = [row["quality"], *(tail.qualities if housed is not None and tail is not None else ())]
    return Outlook(
        gm_code=gm_code,
        name=str(row["name"]),
        period=str(period),
        reference_date=reference_date,
        ends=period.end,
        months=months,
        net_target=net,
        remaining=left,
        needed_per_month=None if left is None or months == MONTHS else max(left, 0) / (MONTHS - months),
        housed=housed,
        housed_from=months_later(reference_date, -MONTHS),
        without_new_targets=clearance(left, housed, 0, period, reference_date),
        with_new_targets=clearance(left, housed, net, period, reference_date),
        quality=weakest_of(qualities),
        corrected_target=int_or_none(row["corrected_target"]),
    )


def clearance(
    remaining: int | None, housed: int | None, net_target: int | None, period: HalfYear, reference_date: date
) -> Clearance:
    """Moment at which nothing remains, when each coming half-year adds a target.

    Parameters
    ----------
    remaining : persons that remain on the reference date
    housed : persons housed in six months
    net_target : persons that every coming half-year adds; 0 for none. On a test date the next half-year's
        target does not count yet.
    """
    if remaining is not None and remaining <= 0:
        return Clearance("now", 0, reference_date)
    if remaining is None or housed is None or net_target is None:
        return Clearance("unknown")
    if housed <= 0:
        return Clearance("never")
    # In sixths of a person, so that all numbers are whole: each month houses `housed` of them.
    left_at_end = MONTHS * remaining - housed * (MONTHS - period.months_elapsed(reference_date))
    half_years = 0
    if left_at_end > 0:
        gained = MONTHS * (housed - net_target)
        if gained <= 0:
            return Clearance("never")
        half_years = -(-left_at_end // gained)
    months = -(-MONTHS * (remaining + half_years * net_target) // housed)
    if months > LONGEST:
        return Clearance("later")
    return Clearance("on", months, months_later(reference_date, months))


def months_later(day: date, months: int) -> date:
    """First of the month a number of months later; earlier when negative."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


@dataclass(frozen=True)
class _Tail:
    """Persons housed in the previous half-year, after its first months."""

    persons: int
    qualities: tuple[object, ...]


def _tail(snapshot: Snapshot, gm_code: str, period: HalfYear, months: int) -> _Tail | None:
    """Persons housed in the previous half-year after the given month; None where unknown."""
    if months == MONTHS:
        return _Tail(0, ())
    before = period.previous()
    # Nothing is realised on the first day, whether or not that was published.
    moments = [before.end, *([before.reference_date(months)] if months else [])]
    if not all(comparable(snapshot, period, before, moment) for moment in moments):
        return None
    rows = [snapshot.row(before, moment, gm_code) for moment in moments]
    done = [int_or_none(row["realised"]) for row in rows]
    known = [count for count in done if count is not None]
    if len(known) < len(done):
        return None
    return _Tail(known[0] - sum(known[1:]), tuple(row["realised_quality"] for row in rows))


def _rate(per_month: float) -> str:
    """Persons a month, with a decimal only where the number is not whole."""
    return number(per_month, 0 if float(per_month).is_integer() else 1)


def _needed(projection: Outlook) -> str:
    left, end = projection.remaining or 0, long_date(projection.ends)
    if left <= 0:
        more = f", en {persons(-left)} meer dan dat" if left < 0 else ""
        return f"Alles wat tot en met {projection.period} moest, is gedaan{more}."
    if projection.needed_per_month is None:
        return f"Het halfjaar {projection.period} is voorbij. Er {_stands(left)} nog {persons(left)} open."
    must, months = "moet" if left == 1 else "moeten", MONTHS - projection.months
    spread = f"in {counted(months, 'maand', 'maanden')}: gemiddeld {_rate(projection.needed_per_month)} per maand"
    return (
        f"Om op {end} op nul uit te komen, {must} er nog {persons(left)} worden gehuisvest "
        f"{spread if months > 1 else 'in de laatste maand'}."
    )


def _stands(count: int) -> str:
    return "staat" if count == 1 else "staan"


def _recent(projection: Outlook) -> str:
    since = long_date(projection.housed_from)
    if projection.housed is None:
        before = str(HalfYear.parse(projection.period).previous())
        return (
            f"Hoeveel personen er sinds {since} zijn gehuisvest, is niet bekend: van {before} zijn de "
            "cijfers die daarvoor nodig zijn er niet, of ze zijn van een andere soort."
        )
    if projection.housed <= 0:
        return f"Sinds {since} is er volgens de cijfers niemand gehuisvest."
    verb = "is" if projection.housed == 1 else "zijn"
    return (
        f"Sinds {since} {verb} er {persons(projection.housed)} gehuisvest: gemiddeld "
        f"{_rate(projection.housed / MONTHS)} per maand."
    )


def _when_gone(projection: Outlook) -> tuple[str, ...]:
    alone, together = projection.without_new_targets, projection.with_new_targets
    if alone.when in ("now", "unknown"):
        return ()
    if alone.when == "never":
        return ("In dat tempo wordt wat nu openstaat niet minder.",)
    if alone.when == "later":
        first = "dan duurt het langer dan twintig jaar voordat weg is wat nu openstaat."
    else:
        first = f"dan is wat nu openstaat weg op {_on(alone)}."
    first_sentence = f"Blijft dat tempo gelijk en komt er geen nieuwe taakstelling bij, {first}"
    if together.when == "unknown" or projection.net_target == 0:
        return (first_sentence,)
    added, housed = persons(projection.net_target or 0), persons(projection.housed or 0)
    assumed = f"Komt er elk halfjaar een taakstelling bij van {added}, net als in {projection.period}"
    if together.when == "never":
        verb = "wordt" if projection.housed == 1 else "worden"
        second = f"{assumed}, dan blijft er in dit tempo altijd iets open: per halfjaar {verb} er {housed} gehuisvest."
    elif together.when == "later":
        second = f"{assumed}, dan duurt het langer dan twintig jaar voordat er niets meer openstaat."
    elif together == alone:
        second = f"{assumed}, dan verandert dat niets: de dag valt nog in dit halfjaar."
    else:
        second = f"{assumed}, dan staat er voor het eerst niets meer open op {_on(together)}."
    return first_sentence, second


def _on(when: Clearance) -> str:
    day = "" if when.on is None else long_date(when.on)
    return f"{day} ({months_word(when.months or 0)})"


def _caution(projection: Outlook) -> str:
    sure = f" De cijfers zijn {QUALITY[projection.quality]}." if projection.quality is not None else ""
    if projection.without_new_targets.when in ("on", "later", "never"):
        return f"Dit is een rekensom met het tempo van de laatste zes maanden, geen voorspelling.{sure}"
    return sure.strip()
