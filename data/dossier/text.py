"""Text of a dossier: formatted numbers and Dutch sentences, for the template."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from data.analysis.diagnosis import questions_of
from data.dossier.charts import balance_chart, balance_description, course_chart, course_description
from data.dossier.model import AreaStanding, ComparedMunicipality, Dossier, HalfYearStanding
from data.formatting import (
    KIND,
    QUALITY,
    enumerate_all,
    example_notice,
    long_date,
    moment,
    months_word,
    number,
    percentage,
    sentence,
    signed,
    since,
    since_when,
    status_label,
)
from data.measures import STATUS
from data.palette import CLASS_TONES, TONES
from data.periods import HalfYear, expected_share
from data.progress import FEW
from data.quality import Quality, weakest_of

MARKS: Final = {"published": "", "computed": "ᵇ", "estimated": "ᵍ", "simulated": "ˢ"}
"""Superscript after a figure for its quality: the letter of the Dutch word."""

Cell = dict[str, str]
"""A figure with the mark of its quality: `t` and `q`."""

_PART: Final = "< 1"
"""Persons behind or ahead of schedule, when less than one but not none."""
_SOURCES_SHOWN: Final = 3
_LINE_LENGTH: Final = 54
"""Letters in a line of half a page; a lower bound."""
_LINES_ON_FIRST_PAGE: Final = 21
"""Lines of findings below a table without half-years on the first page; a lower bound."""
_LINES_PER_ROW: Final = 1.2


def dossier_values(dossier: Dossier) -> dict[str, Any]:
    """Plain values of a dossier, ready for JSON."""
    now = dossier.now
    day = long_date(dossier.reference_date)
    return {
        "code": dossier.gm_code,
        "name": dossier.name,
        "province": dossier.province,
        "moment": moment(dossier.reference_date, dossier.period, dossier.months),
        "day": day,
        "period": dossier.period,
        "status": {"key": now.status, "word": status_label(now.status, dossier.months, dossier.slightly_behind_pace)},
        "notice": example_notice(dossier.example_name),
        "example_name": dossier.example_name,
        "summary": summary(dossier),
        "tiles": tiles(dossier),
        "map": asdict(dossier.map),
        "legend": [
            {"key": part.key, "word": part.label}
            for part in STATUS.classes_at(dossier.months, dossier.slightly_behind_pace)
            if not part.absent
        ],
        "history": [_half_year_row(dossier, standing) for standing in dossier.half_years],
        "history_note": _history_note(dossier),
        "course": {"svg": course_chart(dossier), "alternative": course_description(dossier)},
        "balance": {"svg": balance_chart(dossier), "alternative": balance_description(dossier)},
        "outlook": [*dossier.outlook],
        "around": [_area_row(each) for each in dossier.areas],
        "around_note": "Zonder voorsprong: een voorsprong van de ene gemeente gaat niet af van wat de andere nog moet. "
        f"Rang: die van {dossier.name} onder de gemeenten daar; 1 heeft het laagste aandeel.",
        **_compared("neighbours", dossier, dossier.neighbours, _neighbours_note(dossier)),
        **_compared("peers", dossier, dossier.peers, dossier.likeness),
        "together": _collaborations(dossier),
        **_findings(dossier),
        "questions": [*questions_of(dossier.findings)],
        "lessons": [asdict(each) for each in dossier.lessons],
        "matches": [
            {
                "heading": each.heading,
                "matches": [{"name": match.name, "reason": match.reason} for match in each.matches],
            }
            for each in dossier.matches
        ],
        "matches_note": _quality_note(
            [match.quality for each in dossier.matches for match in each.matches if match.quality]
        ),
        "definitions": _definitions(dossier),
        "quality": QUALITY_NOTE,
        "sources": _sources(dossier),
        "version": dossier.version,
        "permalink": dossier.permalink,
        "permalink_shown": re.sub(r"^https?://", "", dossier.permalink),
    }


def palette() -> dict[str, Any]:
    """Palette of the statuses for the template: fill and hatch."""
    return {
        status: dict(zip(("fill", "line", "kind", "gap"), TONES[tone], strict=True))
        for status, tone in CLASS_TONES["status"].items()
    }


def _word(dossier: Dossier, status: str, months: int) -> str:
    """Short word for a status in a table that has the share too: "Niet gehaald", "Iets achter"."""
    words = status_label(status, months, dossier.slightly_behind_pace)
    return words.partition(",")[0].removesuffix(" op schema")


QUALITY_NOTE: Final = [
    {"mark": "zonder letter", "meaning": "gepubliceerd door de bron, of zoals bij de rij of tabel staat."},
    {"mark": MARKS["computed"], "meaning": "berekend, uit gepubliceerde cijfers en de regels van de wet."},
    {"mark": MARKS["estimated"], "meaning": "geschat."},
    {"mark": MARKS["simulated"], "meaning": "gesimuleerd: geen echt cijfer."},
]


def summary(dossier: Dossier) -> str:
    """Summary of the municipality's standing, in a few sentences."""
    now, day = dossier.now, long_date(dossier.reference_date)
    if now.corrected_target is None or now.realised is None:
        return f"Van {dossier.name} zijn op {day} geen cijfers bekend die zeggen hoe het ervoor staat."
    if now.corrected_target <= 0:
        note = (
            f"{_without_task(dossier, -now.corrected_target)} Er {_is_or_are(now.realised)} {people(now.realised)} "
            "gehuisvest."
        )
    else:
        note = (
            f"Op {day}, {months_word(dossier.months)}, {_housed(now.corrected_target, now.realised)}: "
            f"{percentage(now.share)}. {_expected(dossier)}"
        )
        if now.corrected_target < FEW:
            note += " Kleine aantallen: één gezin maakt het verschil."
    return f"{note} {_missed(dossier)}".strip()


def _without_task(dossier: Dossier, ahead: int) -> str:
    if not ahead and not dossier.now.opening_balance:
        return f"Voor {dossier.period} is er niets te huisvesten."
    covers = f"is {people(ahead)} groter dan" if ahead else "is precies zo groot als"
    lead = f"De voorsprong uit eerdere halfjaren {covers} de taakstelling van {dossier.period}"
    return f"{lead}: er is niets te huisvesten."


def _housed(target: int, realised: int) -> str:
    if target == 1:
        return f"was 1 persoon te huisvesten en {_is_or_are(realised)} {people(realised)} gehuisvest"
    return f"{_is_or_are(realised)} {number(realised)} van de {number(target)} personen gehuisvest"


def _expected(dossier: Dossier) -> str:
    if dossier.months == 0:
        return "Bij de start van een halfjaar wordt nog niets verwacht."
    expected = f"Verwacht was {percentage(expected_share(dossier.months))}"
    backlog = dossier.backlog or 0.0
    if backlog == 0:
        return f"{expected}: precies op schema."
    less = "minder" if backlog > 0 else "meer"
    if number(abs(backlog)) == "0":
        return f"{expected}: dat is minder dan één persoon {less} dan het schema vraagt."
    return f"{expected}: dat is {people(abs(backlog))} {less} dan het schema vraagt."


def _missed(dossier: Dossier) -> str:
    """Sentence on half-years missed in a row, up to the last completed one."""
    ended = [standing for standing in dossier.history if standing.ended]
    if not ended or ended[-1].missed is None:
        return ""
    last = ended[-1]
    known = "" if HalfYear.parse(last.period).next() >= HalfYear.parse(dossier.period) else " met cijfers"
    if not last.missed:
        return f"In {last.period}, het laatste afgesloten halfjaar{known}, is de taakstelling gehaald."
    told = since(last.missed, HalfYear.parse(last.period), or_earlier=last.missed_may_be_higher)
    return f"{sentence(told)} is de taakstelling niet gehaald, geteld tot en met {last.period}."


def _is_or_are(count: int) -> str:
    return "is" if count == 1 else "zijn"


def people(count: float) -> str:
    """Number of persons in words: "1 persoon", "12 personen"."""
    text = number(count)
    return f"{text} {'persoon' if text == '1' else 'personen'}"


def tiles(dossier: Dossier) -> list[dict[str, Any]]:
    """Key figures, each with label and quality."""
    now = dossier.now
    both = _weaker(now, "corrected_target", "realised")
    # A ratio or difference of published counts is computed here.
    ratio_quality = _at_best_computed(both)
    ahead = dossier.backlog is not None and dossier.backlog < 0
    ended = [standing for standing in dossier.history if standing.ended and standing.missed is not None]
    missed = ended[-1] if ended else None
    expected = "" if now.share is None else f"verwacht {percentage(expected_share(dossier.months))}"
    behind = number(None if dossier.backlog is None else abs(dossier.backlog))
    if dossier.backlog and behind == "0":
        behind = _PART
    return [
        _tile("Te huisvesten", number(now.corrected_target), now.qualities.get("corrected_target")),
        _tile("Gehuisvest", number(now.realised), now.qualities.get("realised")),
        _tile("Nog te huisvesten", number(now.remaining), ratio_quality),
        _tile(
            "Aandeel gehuisvest",
            percentage(now.share),
            ratio_quality,
            expected,
        ),
        _tile(
            "Voor op schema" if ahead else "Achter op schema",
            behind,
            ratio_quality,
            "" if behind == "–" else "persoon" if behind in ("1", _PART) else "personen",
        ),
        _tile(
            "Halfjaren op rij niet gehaald",
            "–" if missed is None else number(missed.missed),
            None if missed is None else _at_best_computed(missed.quality),
            "" if missed is None else _since(missed),
        ),
        _tile("Taakstelling dit halfjaar", number(now.net_target), now.qualities.get("net_target")),
        _tile(
            f"{'Voorsprong' if (now.opening_balance or 0) > 0 else 'Achterstand'} bij de start",
            number(None if now.opening_balance is None else abs(now.opening_balance)),
            now.qualities.get("opening_balance"),
        ),
        _tile("Achter op schema per 1.000", number(dossier.per_1000, 2), ratio_quality, _inhabitants(dossier)),
    ]


def _since(missed: HalfYearStanding) -> str:
    if not missed.missed:
        return f"t/m {missed.period}"
    return since_when(missed.missed, HalfYear.parse(missed.period), or_earlier=missed.missed_may_be_higher)


def _inhabitants(dossier: Dossier) -> str:
    if dossier.inhabitants is None:
        return "aantal inwoners niet bekend"
    return f"{number(dossier.inhabitants)} inwoners"


def _tile(label: str, text: str, quality: str | None, note: str = "") -> dict[str, Any]:
    return {"label": label, **_cell(text, quality), "note": note}


def _cell(text: str, quality: str | None) -> Cell:
    return {"t": text, "q": "" if text == "–" or quality is None else MARKS[quality]}


def _weaker(standing: HalfYearStanding, *names: str) -> str | None:
    return weakest_of(standing.qualities.get(name) for name in names)


def _at_best_computed(quality: str | None) -> str | None:
    return None if quality is None else weakest_of((quality, Quality.COMPUTED))


def _half_year_row(dossier: Dossier, standing: HalfYearStanding) -> dict[str, Any]:
    both = _at_best_computed(_weaker(standing, "corrected_target", "realised"))
    missed = "–" if standing.missed is None else number(standing.missed)
    if standing.missed and standing.missed_may_be_higher:
        missed = f"≥ {missed}"
    row = {
        "period": standing.period,
        # The year is in the column before it.
        "until": "" if standing.ended else f"stand {long_date(standing.day).rpartition(' ')[0]}",
        "net_target": _cell(number(standing.net_target), standing.qualities.get("net_target")),
        "opening_balance": _cell(signed(standing.opening_balance), standing.qualities.get("opening_balance")),
        "corrected_target": _cell(number(standing.corrected_target), standing.qualities.get("corrected_target")),
        "realised": _cell(number(standing.realised), standing.qualities.get("realised")),
        "remaining": _cell(number(standing.remaining), both),
        "share": _cell(percentage(standing.share), both),
        "status": {"key": standing.status, "word": _word(dossier, standing.status, standing.months)},
        "missed": missed,
        "quality": "–" if standing.quality is None else QUALITY[standing.quality],
    }
    return _said_once(row, standing.quality)


def _findings(dossier: Dossier) -> dict[str, Any]:
    """Findings that fit on the first page, the others for the second, and all their rules."""
    said = [{"rule": each.rule, "text": each.text} for each in dossier.findings]
    lines = [-(-(len(each.rule) + len(each.text) + 2) // _LINE_LENGTH) for each in dossier.findings]
    room = _LINES_ON_FIRST_PAGE - _LINES_PER_ROW * len(dossier.half_years) - bool(dossier.earlier)
    first = sum(sum(lines[: count + 1]) + 0.5 * count <= room for count in range(len(lines)))
    rests_on = [] if dossier.findings_quality is None else [dossier.findings_quality]
    return {
        "said": said[:first],
        "said_further": said[first:],
        "said_note": _quality_note(rests_on),
        "rules": [{"rule": each.rule, "condition": each.condition} for each in dossier.findings],
    }


def _quality_note(qualities: Sequence[str]) -> str:
    """Sentence on the quality of the figures in a text."""
    worst = weakest_of(qualities)
    return "" if worst is None else f"De minst zekere cijfers in deze teksten zijn {QUALITY[worst]}."


def _history_note(dossier: Dossier) -> str:
    note = "Beginstand: + is voorsprong, − is achterstand. Op rij: halfjaren op rij niet gehaald. "
    note += "Kwaliteit: de zwakste van de rij. Achter een cijfer: ᵇ berekend, ᵍ geschat, ˢ gesimuleerd."
    if dossier.earlier:
        some = "eerder halfjaar staat" if dossier.earlier == 1 else "eerdere halfjaren staan"
        note += f" {dossier.earlier} {some} op de pagina van de gemeente."
    return note


def _area_row(area: AreaStanding) -> dict[str, Any]:
    of = {name: _at_best_computed(quality) for name, quality in area.qualities.items()}
    worst = weakest_of(of.values())
    row = {
        "name": area.name,
        "kind": KIND[area.level],
        "share": _cell(percentage(area.share), of.get("share")),
        "remaining": _cell(number(area.remaining), of.get("remaining")),
        "shortfall": _cell(number(area.shortfall), of.get("shortfall")),
        "lagging": f"{number(area.lagging)} van {number(area.municipalities)}",
        "rank": "–" if area.rank is None else f"{number(area.rank)} van {number(area.ranked)}",
        "quality": "–" if worst is None else QUALITY[worst],
    }
    return _said_once(row, worst)


def _place_row(dossier: Dossier, place: ComparedMunicipality) -> dict[str, Any]:
    best = _at_best_computed(place.quality)
    return {
        "name": place.name,
        "here": place.here,
        "better": place.better,
        "status": {"key": place.status, "word": _word(dossier, place.status, dossier.months)},
        "share": _cell(percentage(place.share), best),
        "remaining": _cell(number(place.remaining), best),
    }


def _compared(name: str, dossier: Dossier, places: Sequence[ComparedMunicipality], note: str) -> dict[str, Any]:
    """Rows of a table of municipalities and its note, with the quality if that is one for all."""
    rows = [_place_row(dossier, each) for each in places]
    known = {quality for each in places if (quality := _at_best_computed(each.quality)) is not None}
    if len(known) == 1:
        for row in rows:
            row["share"], row["remaining"] = ({**row[each], "q": ""} for each in ("share", "remaining"))
        note = f"{note} Alle cijfers in deze tabel zijn {QUALITY[known.pop()]}.".strip()
    return {name: rows, f"{name}_note": note}


def _said_once(row: dict[str, Any], quality: str | None) -> dict[str, Any]:
    """Leave out the marks of a row if they all say what its last column says."""
    cells = {name: cell for name, cell in row.items() if isinstance(cell, dict) and "q" in cell and cell["t"] != "–"}
    same = quality is not None and {cell["q"] for cell in cells.values()} == {MARKS[quality]}
    return {**row, **{name: {**cell, "q": ""} for name, cell in cells.items()}} if same else row


def _neighbours_note(dossier: Dossier) -> str:
    if not dossier.neighbours_left_out:
        return ""
    return f"De {len(dossier.neighbours) - 1} met de langste grens; {dossier.neighbours_left_out} niet getoond."


def _collaborations(dossier: Dossier) -> list[dict[str, str]]:
    return [
        {"name": area.name, "members": enumerate_all(area.members), "source": area.source}
        for area in dossier.areas
        if area.level == "collaboration"
    ]


def _definitions(dossier: Dossier) -> list[dict[str, str]]:
    line = percentage(dossier.slightly_behind_pace)
    meanings = {
        "Taakstelling": "personen die de gemeente in dit halfjaar moet huisvesten (Huisvestingswet 2014, art. 29).",
        "Beginstand": "achterstand (−) of voorsprong (+) uit eerdere halfjaren.",
        "Te huisvesten": "taakstelling, met de achterstand erbij of de voorsprong eraf.",
        "Nog te huisvesten": "te huisvesten − gehuisvest; onder nul is voorsprong.",
        "Op schema": "na elke maand een zesde van wie te huisvesten is.",
        "Status": "tempo is aandeel gehuisvest ÷ verwacht aandeel. Op schema: vanaf "
        f"{percentage(1)}; iets achter: vanaf {line}; ver achter: daaronder. De grens van {line} is van ons.",
    }
    return [{"term": term, "meaning": meaning} for term, meaning in meanings.items()]


def _sources(dossier: Dossier) -> list[str]:
    """Sources of the half-years, grouped by source."""
    by_source: dict[str, list[str]] = {}
    for standing in dossier.history:
        by_source.setdefault(standing.source, []).append(standing.period)
    note = []
    for source, periods in [*reversed(by_source.items())][:_SOURCES_SHOWN]:
        span = periods[0] if len(periods) == 1 else f"{periods[0]} tot en met {periods[-1]}"
        note.append(f"{span}: {source}." if len(by_source) > 1 else f"{source}.")
    if len(by_source) > _SOURCES_SHOWN:
        note.append(f"Nog {len(by_source) - _SOURCES_SHOWN} bronnen staan op de pagina Cijfers.")
    note.append(f"Grenzen: {dossier.ground}.")
    return note


def document(dossiers: Sequence[Dossier], remarks: Sequence[str]) -> dict[str, Any]:
    """Plain values of a document: title, table of contents if any, and dossiers.

    Raises
    ------
    ValueError
        When there is no dossier.
    """
    if not dossiers:
        raise ValueError("Er is geen dossier om te maken; geef minstens één gemeente.")
    several = len(dossiers) > 1 or bool(remarks)
    first = dossiers[0]
    moments = list(dict.fromkeys(moment(each.reference_date, each.period, each.months) for each in dossiers))
    on = enumerate_all(moments)
    count = f"{len(dossiers)} gemeenten" if len(dossiers) > 1 else "1 gemeente"
    title = f"Dossiers van {count}" if several else f"Dossier {first.name}"
    names = [*dict.fromkeys(each.example_name for each in dossiers if each.example_name)]
    return {
        "made_on": max(each.reference_date for each in dossiers).isoformat(),
        "palette": palette(),
        "dossiers": [dossier_values(dossier) for dossier in dossiers],
        "title": title,
        "description": f"Huisvesting van vergunninghouders, stand {on}. "
        + " ".join(example_notice(name) for name in names),
        "keywords": ["huisvesting vergunninghouders", "taakstelling", *(each.name for each in dossiers)],
        "contents": {
            "notice": example_notice(" en ".join(names)),
            "lead": "Van elke gemeente twee bladen: hoe het staat met het huisvesten van vergunninghouders, "
            f"sinds wanneer, en wat er te vragen en te leren valt. Stand: {on}.",
            "remarks": [*remarks],
            "note": f"Bron: {enumerate_all(dict.fromkeys(each.source for each in dossiers))}.",
        }
        if several
        else None,
    }
