"""The page of good examples: what its address asks for, the cards and the map that answer it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from markupsafe import Markup

from callbacks.pages.practices.map import frame_of, points_of, tones_of
from callbacks.state.area_choices import Offered, offered_areas
from callbacks.state.breadcrumbs import CARRIED, link
from callbacks.state.view_state import ViewState, query
from callbacks.state.world import World
from data.areas import COUNTRY, Area, UnknownArea, name_order
from data.formatting import LETTERS_REPEATED, counted, enumerate_all, shortened
from data.practices import THEMES, Catalogue, Practice, catalogue
from layouts import labels
from layouts.map import Drawing
from layouts.practices import Card, Choice, Offer, Participant, PracticesView, practices_html

PAGE: Final = "/voorbeelden"
THEME: Final = "thema"
AREA: Final = "gebied"

_BY_LABEL: Final = {label.casefold(): key for key, label in THEMES.items()}


def practices_content(
    drawing: Drawing, world: World, state: ViewState, asked: Iterable[tuple[str, str]]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give the island below the head its values.

    Parameters
    ----------
    drawing : the national map
    world, state : ground and figures, and the moment that links take along
    asked : parameters of the URL, each as often as it stands there

    Returns
    -------
    Values of `layouts/templates/below.html`, and remarks.
    """
    view = practices_view(drawing, world, state, asked)
    return {"page": state.page, "content": practices_html(view)}, view.remarks


def practices_view(
    drawing: Drawing,
    world: World,
    state: ViewState,
    asked: Iterable[tuple[str, str]],
    found: Catalogue | None = None,
) -> PracticesView:
    """Choose the good examples that an address asks for.

    Parameters
    ----------
    drawing, world, state : see :func:`practices_content`
    asked : `thema` (a key of `data.practices.THEMES`, or its label; several, or parted by commas:
        what has one of them) and `gebied` (the code of an area in which one takes part); a wrong part
        is left out, with a remark
    found : the good examples; those of the project when None
    """
    found = catalogue() if found is None else found
    asked = list(asked)
    remarks: list[str] = []
    themes = _themes([text for name, text in asked if name == THEME], remarks)
    area = _area(world, [text for name, text in asked if name == AREA], remarks)
    inside = set(area.municipalities)
    numbered = list(enumerate(found.practices, start=1))
    chosen = [
        (number, each)
        for number, each in numbered
        if inside & set(each.municipalities) and (not themes or set(themes) & set(each.themes))
    ]
    carried = _carried(world, state)
    frame = frame_of(world.bundle, area)
    return PracticesView(
        address=_address(themes, area, carried),
        themes=tuple(
            Choice(key, label, sum(key in each.themes for each in found.practices), key in themes)
            for key, label in THEMES.items()
        ),
        areas=_groups(world, found.practices),
        area=area.code,
        area_name=_called(area),
        municipality=_called(area) if area.level == "municipality" else "",
        carried=tuple(carried),
        cards=tuple(_card(world, state, number, each, carried) for number, each in chosen),
        total=len(found.practices),
        told=_told(len(chosen), len(found.practices), themes, area),
        offers=_offers(themes, area, carried),
        drawing=Markup(drawing.paint(tones_of(world.bundle, area, [each for _, each in chosen]), frame)),  # noqa: S704  our own
        points=points_of(world.bundle, area, chosen),
        amiss=tuple(str(problem) for problem in found.problems),
        files_amiss=len({problem.source_name for problem in found.problems}),
        example=bool(world.snapshot.example_name),
        remarks=tuple(remarks),
    )


def _themes(asked: Sequence[str], remarks: list[str]) -> tuple[str, ...]:
    texts = [text.strip() for each in asked for text in each.split(",") if text.strip()]
    found = {text: text if text in THEMES else _BY_LABEL.get(text.casefold()) for text in texts}
    odd = [text for text, key in found.items() if key is None]
    if odd:
        known = ", ".join(THEMES.values())
        remarks.append(
            f"“{shortened(', '.join(odd))}” is geen thema dat wij kennen en is overgeslagen; kies uit {known}."
        )
    return tuple(key for key in THEMES if key in found.values())


def _area(world: World, asked: Sequence[str], remarks: list[str]) -> Area:
    text = next((text for text in asked if text.strip()), COUNTRY)
    code = text[:LETTERS_REPEATED]
    try:
        return world.snapshot.area(world.choices.heirs.get(code.strip().upper(), code))
    except UnknownArea as error:
        remarks.append(f"{error} U ziet heel Nederland.")
        return world.snapshot.area(COUNTRY)


def _carried(world: World, state: ViewState) -> list[tuple[str, str]]:
    """What links and form take along: the moment and the measure, where they are not the default."""
    default = world.choices.default
    moment = replace(default, **{part: getattr(state, part) for part in CARRIED})
    return parse_qsl(query(moment, world.choices))


def _address(themes: Iterable[str], area: Area, carried: Sequence[tuple[str, str]]) -> str:
    chosen = ",".join(themes)
    pairs = [
        *([(THEME, chosen)] if chosen else []),
        *([(AREA, area.code)] if area.code != COUNTRY else []),
        *carried,
    ]
    return f"{PAGE}?{urlencode(pairs, safe=',')}" if pairs else PAGE


def _offers(themes: Sequence[str], area: Area, carried: Sequence[tuple[str, str]]) -> tuple[Offer, ...]:
    """Ways to drop one part of what was asked."""
    whole = Area(COUNTRY, "", "country", ())
    offers = []
    if themes:
        offers.append(Offer("Toon alle thema’s", _address((), area, carried)))
    if area.code != COUNTRY:
        offers.append(Offer("Toon heel Nederland", _address(themes, whole, carried)))
    return tuple(offers)


def _told(count: int, total: int, themes: Sequence[str], area: Area) -> str:
    where = "" if area.code == COUNTRY else f" in {_called(area)}"
    about = enumerate_all((THEMES[key] for key in themes), "of")
    if not themes and area.code == COUNTRY:
        return f"{counted(count, 'voorbeeld', 'voorbeelden')}."
    return f"{count} van de {total} voorbeelden{where}{f', over {about}' if about else ''}."


def _called(area: Area) -> str:
    """Name an area, with its kind where names are shared."""
    known = area.level in ("country", "province")
    return area.name if known else f"{area.name} ({labels.KIND[area.level]})"


def _groups(world: World, practices: Sequence[Practice]) -> Offered:
    """Areas to choose from by level, by name, with how many good examples each has."""

    def label(code: str, name: str) -> str:
        inside = set(world.snapshot.areas[code].municipalities)
        count = sum(not inside.isdisjoint(each.municipalities) for each in practices)
        return f"{name} ({count})" if count else name

    return tuple(
        (kind, tuple((code, label(code, name)) for code, name in areas))
        for kind, areas in offered_areas(world.snapshot)
    )


def _card(world: World, state: ViewState, number: int, practice: Practice, carried: Sequence[tuple[str, str]]) -> Card:
    whole = world.snapshot.area(COUNTRY)
    return Card(
        number=number,
        id=practice.id,
        title=practice.title,
        place=practice.place,
        municipalities=tuple(
            Participant(world.names[code], link(world.choices, state, "area", code))
            for code in sorted(practice.municipalities, key=lambda code: name_order(world.names[code]))
        ),
        themes=tuple(Offer(THEMES[key], _address((key,), whole, carried)) for key in practice.themes),
        household_types=practice.household_types,
        housing=practice.housing,
        partners=practice.partners,
        since=practice.since_words,
        sources=tuple((source.label, source.url or "") for source in practice.sources),
        summary=practice.summary,
        paragraphs=practice.paragraphs,
        lessons=practice.lessons,
    )
