"""The state of a page as it stands in the URL: read, checked, and written back."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from callbacks.state.paths import HOME, Addresses
from data.areas import COUNTRY, OWN, Level
from data.formatting import shortened
from data.measures import FORMER, MEASURES
from geo.aliases import plain

NATIONAL: Final = COUNTRY
TABS: Final = ("kaart", "tabel")
#: How the municipalities are drawn: by their borders, or as equal tiles.
SHAPES: Final = ("kaart", "tegels")
#: How many areas stand side by side: as many colours as can be told apart.
MOST_COMPARED: Final = 8
#: Of a name, and of what is repeated in a remark.
MOST_LETTERS: Final = 40

#: The name of each part of the state in the URL, in the order in which it is written. The area stands in
#: the path; as a parameter it is read, and written only where there is no path.
PARAMETERS: Final = {
    "period": "periode",
    "reference_date": "stand",
    "measure": "kleur",
    "shape": "vorm",
    "area": "gebied",
    "selected": "gemeente",
    "tab": "tab",
    "show": "toon",
    "patterns": "patronen",
    "members": "leden",
    "name": "naam",
    "within": "binnen",
    "threshold": "drempel",
    "shift": "schuif",
    "compared": "gebieden",
}
_IN_PATH: Final = ("page", "area", "rest")


@dataclass(frozen=True)
class ViewState:
    """What a page shows: one moment, one measure, one area, and what is picked there.

    Parameters
    ----------
    period : half-year, as "2022-I"
    reference_date : first of a month in that period, as "2022-07-01"
    measure : key of a measure of `data.measures`
    shape : "kaart" or "tegels": how the municipalities are drawn
    area : code of an area; "eigen" for one's own collaboration
    selected : CBS code of a municipality, or None
    tab : "kaart" or "tabel"
    patterns : "1" when hatches lie over the colours
    show : keys of the measure's classes that stay lit; empty shows all
    members, name : codes and name of one's own collaboration
    within : kind of area within which peers are sought; empty is the whole country
    threshold : percentage of its own target below which a member's part is not substantial
    shift : persons shifted in a pool, as "GM0197:3,GM0222:-3"
    compared : codes of areas side by side
    page, rest : what the path says: key of the page, and what stands behind its own path
    """

    period: str
    reference_date: str
    measure: str = "status"
    shape: str = "kaart"
    area: str = NATIONAL
    selected: str | None = None
    tab: str = "kaart"
    show: tuple[str, ...] = ()
    patterns: str = ""
    members: tuple[str, ...] = ()
    name: str = ""
    within: str = ""
    threshold: int = 50
    shift: str = ""
    compared: tuple[str, ...] = ()
    page: str = HOME
    rest: str = ""

    @property
    def date(self) -> date:
        """The reference date as a date."""
        return date.fromisoformat(self.reference_date)


@dataclass(frozen=True)
class Choices:
    """What a state may hold.

    Parameters
    ----------
    addresses : the pages
    dates : the reference dates of each period, oldest first
    measures : the class keys of each measure
    areas : the kind of every area, municipalities among them, by code
    municipalities : codes
    withins : kinds of area within which peers may be sought
    heirs : of a municipality that is no more, or a collaboration that has become one, the code of the one it went into
    named : codes by name in small letters; of names that one has alone
    titled : codes of areas by plain name, see :func:`callbacks.state.area_choices.codes_by_title`
    called : names by code, of heirs and of the municipalities that went into them
    """

    addresses: Addresses
    dates: Mapping[str, Sequence[str]]
    measures: Mapping[str, Collection[str]]
    areas: Mapping[str, Level]
    municipalities: Collection[str]
    withins: Collection[str] = ()
    heirs: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    titled: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def default(self) -> ViewState:
        """The newest figures of the whole country, by status."""
        period = list(self.dates)[-1]
        return ViewState(period, self.dates[period][-1])

    def area(self, text: str) -> str | None:
        """Find the area of a code, whatever its capitals; None when there is none.

        A municipality that has merged since is the one of today.
        """
        for code in (text, text.strip().upper(), text.strip().lower()):
            if code in self.areas or code == OWN:
                return code
            if code in self.heirs:
                return self.heirs[code]
        return None

    def place(self, text: str) -> str | None:
        """Find the area of a code, or the municipality of a name, as people type it."""
        return self.area(text) or self.named.get(plain(text))

    def knows(self, path: str) -> bool:
        """Whether there is something at a path: a page, and the area that it names."""
        found = self.addresses.read(path)
        return found is not None and (found[1] in ("", COUNTRY, OWN) or self.region(found[1]) is not None)

    def region(self, text: str) -> str | None:
        """Find the area of a code or of a name as people type it, a municipality last."""
        return self.area(text) or self.titled.get(plain(text)) or self.named.get(plain(text))


def parse(query: Mapping[str, str], choices: Choices, path: str = "/") -> tuple[ViewState, list[str]]:
    """Read a state from a URL.

    Parameters
    ----------
    query : parameter names (as in `PARAMETERS`) and their text
    choices : what exists
    path : which page, and of which area

    Returns
    -------
    The state, with the default in place of every part that is missing or malformed, and one
    Dutch remark for each malformed part. Parameters of others (`utm_…`) are left alone.
    """
    reading = _Reading(query, choices)
    reading.moment()
    reading.path(path)
    for part, allowed in (
        ("measure", choices.measures),
        ("shape", SHAPES),
        ("selected", choices.municipalities),
        ("tab", TABS),
        ("patterns", ("1",)),
        ("within", choices.withins),
    ):
        reading.one_of(part, allowed)
    reading.classes()
    reading.own_collaboration()
    reading.pool()
    reading.areas_compared()
    return reading.state, reading.remarks


def query(state: ViewState, choices: Choices, *, with_area: bool = False) -> str:
    """Write the part of a state that differs from the default as a query, without "?".

    Parameters
    ----------
    with_area : whether the area is in it; it is not where the path has it
    """
    default = choices.default
    pairs = []
    moved = (state.period, state.reference_date) != (default.period, default.reference_date)
    for part in fields(state):
        value = getattr(state, part.name)
        if part.name in _IN_PATH and not (part.name == "area" and with_area):
            continue
        in_url = moved if part.name in ("period", "reference_date") else value != getattr(default, part.name)
        if in_url:
            text = ",".join(value) if isinstance(value, tuple) else str(value)
            pairs.append((PARAMETERS[part.name], text))
    return urlencode(pairs, safe=",:")


def address(state: ViewState, choices: Choices) -> str:
    """Write the URL of a state: its path, and what differs from the default."""
    text = query(state, choices, with_area=choices.addresses.pages[state.page].area == "query")
    path = choices.addresses.path(state.page, state.area, state.rest)
    return f"{path}?{text}" if text else path


_KINDS: Final = {
    "period": "halfjaar dat",
    "reference_date": "stand die",
    "measure": "maat die",
    "shape": "vorm die",
    "area": "gebied dat",
    "selected": "gemeente die",
    "tab": "tabblad dat",
    "patterns": "keuze die",
    "show": "klasse die",
    "members": "gemeente die",
    "within": "soort gebied dat",
    "compared": "gebied dat",
}

_INSTEAD: Final = {
    "measure": "de kaart toont de status.",
    "shape": "u ziet de kaart.",
    "area": "u ziet heel Nederland.",
    "selected": "er is geen gemeente gekozen.",
    "tab": "u ziet de kaart.",
    "patterns": "u ziet vlakken zonder patronen.",
    "within": "gezocht is in heel Nederland.",
}


class _Reading:
    """One URL being read: the state so far, and the remarks."""

    def __init__(self, query: Mapping[str, str], choices: Choices) -> None:
        self.query = query
        self.choices = choices
        self.state = choices.default
        self.remarks: list[str] = []

    def given(self, part: str) -> str | None:
        return self.query.get(PARAMETERS[part]) or None

    def change(self, **parts: Any) -> None:
        self.state = replace(self.state, **parts)

    def remark(self, part: str, instead: str, text: str | None = None) -> None:
        self.remarks.append(
            f"“{shortened(text or self.given(part) or '')}” is geen {_KINDS[part]} wij kennen; {instead}"
        )

    def path(self, path: str) -> None:
        found = self.choices.addresses.read(path)
        if found is None:
            self.remarks.append(f"De pagina “{path[:60]}” bestaat niet; u ziet de landelijke kaart.")
        page, text, rest = found or (HOME, NATIONAL, "")
        self.change(page=page, rest=rest)
        asked = text if text and text != NATIONAL else self.given("area")
        if not asked or self.choices.addresses.pages[page].area == "none":
            return
        code = self.choices.region(asked)
        if code is None:
            self.remark("area", _INSTEAD["area"], asked)
        else:
            self.heir(asked, code)
            self.change(area=code)

    def heir(self, asked: str, code: str) -> None:
        old = asked.strip().upper()
        if code == self.choices.heirs.get(old):
            called = self.choices.called
            self.remarks.append(f"{called[old]} is opgegaan in {called[code]}; u ziet de gemeente van nu.")

    def moment(self) -> None:
        days = self.choices.dates
        day, period = self.given("reference_date"), self.given("period")
        if period not in days:
            found = _period_that_ends_or_holds(day, self.choices) if day is not None else None
            if period is not None:
                self.remark("period", f"u ziet {found or self.state.period}.")
            period = found
        if period is not None:
            self.change(period=period, reference_date=days[period][-1])
        if day is not None:
            if day in days[self.state.period]:
                self.change(reference_date=day)
            else:
                self.remark("reference_date", f"u ziet de laatste stand van {self.state.period}.")

    def one_of(self, part: str, allowed: Collection[str]) -> None:
        value = self.given(part)
        if part == "measure" and value is not None:
            value = FORMER.get(value, value)
        if value in allowed:
            self.change(**{part: value})
        elif value is not None:
            self.remark(part, _INSTEAD[part])

    def classes(self) -> None:
        shown = self.given("show")
        if shown is None:
            return
        keys = self.choices.measures[self.state.measure]
        former = MEASURES[self.state.measure].former if self.state.measure in MEASURES else {}
        asked = [former.get(key, key) for key in shown.split(",")]
        known = tuple(key for key in keys if key in asked)
        if len(known) < len(set(asked)):
            self.remark("show", "wat wij niet kennen is overgeslagen." if known else "alle klassen zijn te zien.")
        self.change(show=known)

    def codes(self, part: str, allowed: Callable[[str], bool]) -> tuple[str, ...]:
        """Read a list of codes without duplicates; unknown ones are left out, with one remark."""
        asked = [text for text in (self.given(part) or "").split(",") if text.strip()]
        found = [(text, self.choices.place(text)) for text in asked]
        odd = [text for text, code in found if code is None or not allowed(code)]
        if odd:
            self.remark(part, "wat wij niet kennen is overgeslagen.", ", ".join(odd))
        for text, code in found:
            if code is not None:
                self.heir(text, code)
        return _once(code for _, code in found if code is not None and allowed(code))

    def own_collaboration(self) -> None:
        name = " ".join((self.given("name") or "").split())
        members = self.codes("members", lambda code: code not in (OWN, NATIONAL))
        self.change(members=members, name=name[:MOST_LETTERS].strip())
        if self.state.area == OWN and not self.state.members:
            self.remarks.append(
                "Een eigen samenwerking heeft gemeenten nodig (leden=GM0197,GM0222); u ziet heel Nederland."
            )
            self.change(area=NATIONAL)

    def pool(self) -> None:
        text = self.given("threshold")
        if text is not None:
            if text.isascii() and text.isdigit() and int(text[:9]) <= 100:
                self.change(threshold=int(text))
            else:
                self.remarks.append(
                    f"“{shortened(text)}” is geen drempel; kies een percentage van 0 tot en met 100. U ziet 50."
                )
        self.change(shift=self.given("shift") or "")

    def areas_compared(self) -> None:
        own = bool(self.state.members)
        found = self.codes("compared", lambda code: code != OWN or own)
        if len(found) > MOST_COMPARED:
            self.remarks.append(
                f"U vroeg {len(found)} gebieden naast elkaar; er passen er {MOST_COMPARED}. "
                "U ziet de eerste; haal er een weg om een ander toe te voegen."
            )
        self.change(compared=found[:MOST_COMPARED])


def _once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _period_that_ends_or_holds(day: str, choices: Choices) -> str | None:
    """Find the period of a reference date; a date that ends one and starts the next ends one."""
    holding = [period for period, days in choices.dates.items() if day in days]
    return holding[0] if holding else None
