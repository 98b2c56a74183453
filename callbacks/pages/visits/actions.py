"""Actions on a visit list: add, remove, move, date, order, divide over days, empty."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from callbacks.state.world import World
from data.formatting import LETTERS_REPEATED, long_date, number
from data.visits import (
    MOST_PER_DAY,
    MOST_VISITS,
    PER_DAY,
    Visit,
    by_day,
    in_time,
    near_names,
    read_day,
    route_length,
    shortest_order,
    split_days,
    workdays,
)

TOGGLE, ADD, MEANT, REMOVE, UP, DOWN, DO = "wissel", "erbij", "bedoeld", "eraf", "omhoog", "omlaag", "doe"
DAY: Final = "dag-"
"""Prefix of the date fields in the form, before the code of a municipality."""
FIRST, PER = "vanaf", "perdag"
SHORTEST, IN_TIME, DIVIDE, EMPTY = "kortste", "opdatum", "verdeel", "leeg"


@dataclass(frozen=True)
class Done:
    """Result of an action on a list."""

    visits: tuple[Visit, ...]
    said: tuple[str, ...] = ()
    """Announcements for screen readers."""
    remarks: tuple[str, ...] = ()
    """Reasons for what could not be done."""
    typed: str = ""
    """Text in the field to add a municipality that could not be added."""

    def then(self, other: "Done") -> "Done":
        """Combine with the result of a later action."""
        said, remarks = (*self.said, *other.said), (*self.remarks, *other.remarks)
        return Done(other.visits, said, remarks, other.typed or self.typed)


_Act = Callable[[World, tuple[Visit, ...], str], Done]


def acted(world: World, visits: Sequence[Visit], asked: Mapping[str, str], today: date) -> Done:
    """Apply a submitted form to a list.

    Parameters
    ----------
    world : source of municipalities and coordinates
    visits : the list before the action
    asked : form fields; entered dates apply with every action
    today : start of proposed dates
    """
    done = _dated(world, tuple(visits), asked)
    for name, act in _ACTS.items():
        # A button with the name that was meant stands beside the field with what was typed.
        if (text := asked.get(name, "").strip()) and not (name == ADD and asked.get(MEANT)):
            done = done.then(act(world, done.visits, text))
    what = asked.get(DO, "")
    if what == SHORTEST:
        return done.then(_shortest(world, done.visits))
    if what == IN_TIME:
        return done.then(Done(in_time(done.visits), ("De bezoeken staan op volgorde van datum.",)))
    if what == DIVIDE:
        return done.then(_divided(world, done.visits, asked, today))
    if what == EMPTY:
        return done.then(Done((), ("De bezoeklijst is leeg. Ga terug om haar weer te zien.",)))
    return done


def first_day(visits: Sequence[Visit], today: date) -> date:
    """Proposed start date: the first date to come on the list, or the first workday after today."""
    days = [visit.on for visit in visits if visit.on is not None and visit.on >= today]
    if days:
        return min(days)
    later = workdays(today)
    return next(day for day in later if day > today)


def _dated(world: World, visits: tuple[Visit, ...], asked: Mapping[str, str]) -> Done:
    """Apply the dates entered in the form."""
    done = Done(visits)
    for visit in visits:
        text = asked.get(f"{DAY}{visit.gm_code}")
        if text is None:
            continue
        name, on = world.names[visit.gm_code], read_day(text.strip())
        if text.strip() and on is None:
            done = done.then(
                Done(done.visits, (), (f"“{text[:LETTERS_REPEATED]}” is geen dag; die van {name} is niet veranderd.",))
            )
        elif on != visit.on:
            changed = tuple(replace(one, on=on) if one == visit else one for one in done.visits)
            when = "heeft geen datum meer" if on is None else f"is nu op {long_date(on)}"
            done = done.then(Done(changed, (f"{name} {when}.",)))
    return done


def _toggled(world: World, visits: tuple[Visit, ...], text: str) -> Done:
    code = world.choices.place(text)
    there = any(visit.gm_code == code for visit in visits)
    if not there and (why := refused(world, visits, text)):
        return Done(visits, remarks=(why.message,))  # a button, without a field beside which to tell
    return _removed(world, visits, text) if there else _added(world, visits, text)


def _added(world: World, visits: tuple[Visit, ...], text: str) -> Done:
    code = world.choices.place(text)
    if refused(world, visits, text):
        return Done(visits, typed=text)
    name = world.names[code or ""]
    if any(visit.gm_code == code for visit in visits):
        return Done(visits, (f"{name} staat al op de bezoeklijst.",))
    return Done((*visits, Visit(code or "")), (f"{name} staat op de bezoeklijst, als nummer {len(visits) + 1}.",))


@dataclass(frozen=True)
class Refusal:
    """Why what was typed is not added, and what may have been meant."""

    typed: str
    message: str
    near: tuple[str, ...] = ()
    """Codes of municipalities with a like name."""


def refused(world: World, visits: Sequence[Visit], text: str) -> Refusal | None:
    """Say why a municipality cannot be added; None when it can, or is on the list already."""
    if not text:
        return None
    typed = text[:LETTERS_REPEATED]
    code = world.choices.place(text)
    if code is None or code not in world.names:
        message = f"“{typed}” is geen gemeente die wij kennen. Typ een naam of code, zoals Zwolle of GM0193."
        return Refusal(typed, message, near_names(text, world.choices))
    if len(visits) >= MOST_VISITS and all(visit.gm_code != code for visit in visits):
        name = world.names[code]
        full = f"Op een bezoeklijst passen {MOST_VISITS} gemeenten; haal er een weg om {name} toe te voegen."
        return Refusal(typed, full)
    return None


def _removed(world: World, visits: tuple[Visit, ...], text: str) -> Done:
    code = world.choices.place(text)
    left = tuple(visit for visit in visits if visit.gm_code != code)
    if code is None or len(left) == len(visits):
        return Done(visits)
    how_many = f"er {'staat' if len(left) == 1 else 'staan'} nog {len(left)} op" if left else "zij is leeg"
    return Done(left, (f"{world.names[code]} is van de bezoeklijst gehaald; {how_many}.",))


def _moved(by: int) -> _Act:
    def move(world: World, visits: tuple[Visit, ...], text: str) -> Done:
        at = next((i for i, visit in enumerate(visits) if visit.gm_code == text), None)
        if at is None or not 0 <= at + by < len(visits):
            return Done(visits)
        order = [*visits]
        order.insert(at + by, order.pop(at))
        return Done(tuple(order), (f"{world.names[text]} is nu nummer {at + by + 1} van {len(visits)}.",))

    return move


def _shortest(world: World, visits: tuple[Visit, ...]) -> Done:
    """Order by date, with a short route within each day."""
    points = world.bundle.label_points
    ordered: list[Visit] = []
    for _, of_day in by_day(visits):
        known = {visit.gm_code: visit for visit in of_day}
        ordered += [known[code] for code in shortest_order(points, [*known])]
    before, after = (route_length(points, [one.gm_code for one in way]) for way in (visits, ordered))
    message = f"Van de ene naar de andere is het nu {number(after)} km hemelsbreed; het was {number(before)} km."
    if tuple(ordered) == visits:
        within = " binnen elke dag" if any(visit.on is not None for visit in visits) else ""
        message = f"Korter kan het{within} niet: {number(before)} km hemelsbreed."
    elif after > before:
        message = f"Nu op datum, en binnen elke dag in de kortste volgorde: {number(after)} km hemelsbreed."
    return Done(tuple(ordered), (message,))


def _divided(world: World, visits: tuple[Visit, ...], asked: Mapping[str, str], today: date) -> Done:
    remarks = []
    first = read_day(asked.get(FIRST, "").strip())
    if first is None:
        first = first_day(visits, today)
        remarks.append(f"De eerste dag is niet te lezen; begonnen is op {long_date(first)}.")
    text = asked.get(PER, "").strip()
    per_day = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
    if not 1 <= per_day <= MOST_PER_DAY:
        per_day = PER_DAY
        remarks.append(
            f"“{text[:LETTERS_REPEATED]}” bezoeken op een dag kan niet; geef een getal van 1 tot en met "
            f"{MOST_PER_DAY}. Gerekend is met {PER_DAY}."
        )
    groups = split_days(world.bundle.label_points, [visit.gm_code for visit in visits], per_day)
    divided = tuple(Visit(code, day) for group, day in zip(groups, workdays(first), strict=False) for code in group)
    message = (
        f"{len(visits)} bezoeken, verdeeld over {len(groups)} {'dag' if len(groups) == 1 else 'werkdagen'} "
        f"vanaf {long_date(divided[0].on or first)}."
        if divided
        else "Er is nog niets te verdelen: de bezoeklijst is leeg."
    )
    return Done(divided, (message,), tuple(remarks))


_ACTS: Final[Mapping[str, _Act]] = {
    TOGGLE: _toggled,
    ADD: _added,
    MEANT: _added,
    REMOVE: _removed,
    UP: _moved(-1),
    DOWN: _moved(1),
}
