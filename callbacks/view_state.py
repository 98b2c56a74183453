"""The state of a page as it stands in the URL: read, checked, and written back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

NATIONAL: Final = "NL"
TABS: Final = ("kaart", "tabel")

#: The name of each part of the state in the URL, in the order in which it is written.
PARAMETERS: Final = {
    "period": "periode",
    "reference_date": "stand",
    "measure": "kleur",
    "area": "gebied",
    "selected": "gemeente",
    "tab": "tab",
    "show": "toon",
}


@dataclass(frozen=True)
class ViewState:
    """What a page shows: one moment, one measure, one area, and what is picked there.

    Parameters
    ----------
    period : half-year, as "2022-I"
    reference_date : first of a month in that period, as "2022-07-01"
    measure : key of a measure of `data.measures`
    area : "NL" or the code of a province
    selected : CBS code of a municipality, or None
    tab : "kaart" or "tabel"
    show : keys of the measure's classes that stay lit; empty shows all
    """

    period: str
    reference_date: str
    measure: str = "status"
    area: str = NATIONAL
    selected: str | None = None
    tab: str = "kaart"
    show: tuple[str, ...] = ()

    @property
    def date(self) -> date:
        """The reference date as a date."""
        return date.fromisoformat(self.reference_date)


@dataclass(frozen=True)
class Choices:
    """What a state may hold.

    Parameters
    ----------
    dates : the reference dates of each period, oldest first
    measures : the class keys of each measure
    areas, municipalities : codes
    """

    dates: Mapping[str, Sequence[str]]
    measures: Mapping[str, Collection[str]]
    areas: Collection[str]
    municipalities: Collection[str]

    @property
    def default(self) -> ViewState:
        """The newest figures of the whole country, by status."""
        period = list(self.dates)[-1]
        return ViewState(period, self.dates[period][-1])


def parse(query: Mapping[str, str], choices: Choices) -> tuple[ViewState, list[str]]:
    """Read a state from a URL's query.

    Parameters
    ----------
    query : parameter names (as in `PARAMETERS`) and their text
    choices : what exists

    Returns
    -------
    The state, with the default in place of every part that is missing or malformed, and one
    Dutch remark for each malformed part. Parameters of others (`utm_…`) are left alone.
    """
    state, remarks = choices.default, []

    def remark(part: str, shown: str) -> None:
        value = query[PARAMETERS[part]]
        text = value if len(value) <= 40 else value[:40] + "…"
        remarks.append(f"“{text}” is geen {_KINDS[part]} wij kennen; {shown}")

    def given(part: str) -> str | None:
        value = query.get(PARAMETERS[part])
        return value if value else None

    day = given("reference_date")
    period = given("period")
    if period not in choices.dates:
        found = _period_that_ends_or_holds(day, choices) if day is not None else None
        if period is not None:
            remark("period", f"u ziet {found or state.period}.")
        period = found
    if period is not None:
        state = replace(state, period=period, reference_date=choices.dates[period][-1])
    if day is not None:
        if day in choices.dates[state.period]:
            state = replace(state, reference_date=day)
        else:
            remark("reference_date", f"u ziet de laatste stand van {state.period}.")

    for part, allowed in (
        ("measure", choices.measures),
        ("area", choices.areas),
        ("selected", choices.municipalities),
        ("tab", TABS),
    ):
        value = given(part)
        if value is None:
            continue
        if value in allowed:
            changed: dict[str, Any] = {part: value}
            state = replace(state, **changed)
        else:
            remark(part, _INSTEAD[part])

    shown = given("show")
    if shown is not None:
        keys = choices.measures[state.measure]
        asked = shown.split(",")
        known = tuple(key for key in keys if key in asked)
        if len(known) < len(set(asked)):
            remark("show", "wat wij niet kennen is overgeslagen." if known else "alle klassen zijn te zien.")
        state = replace(state, show=known)
    return state, remarks


def query(state: ViewState, choices: Choices) -> str:
    """Write the part of a state that differs from the default as a query, without "?"."""
    default = choices.default
    pairs = []
    moved = (state.period, state.reference_date) != (default.period, default.reference_date)
    for field in fields(state):
        value = getattr(state, field.name)
        in_url = (
            moved if field.name in ("period", "reference_date") else value != getattr(default, field.name)
        )
        if in_url:
            pairs.append((PARAMETERS[field.name], ",".join(value) if isinstance(value, tuple) else value))
    return urlencode(pairs, safe=",")


_KINDS: Final = {
    "period": "halfjaar dat",
    "reference_date": "stand die",
    "measure": "maat die",
    "area": "gebied dat",
    "selected": "gemeente die",
    "tab": "tabblad dat",
    "show": "klasse die",
}

_INSTEAD: Final = {
    "measure": "de kaart toont de status.",
    "area": "u ziet heel Nederland.",
    "selected": "er is geen gemeente gekozen.",
    "tab": "u ziet de kaart.",
}


def _period_that_ends_or_holds(day: str, choices: Choices) -> str | None:
    """Find the period of a reference date; a date that ends one and starts the next ends one."""
    holding = [period for period, days in choices.dates.items() if day in days]
    return holding[0] if holding else None
