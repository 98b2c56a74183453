"""Page of good practices: query, filters, cards and map."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from markupsafe import Markup

from callbacks.pages.page import Content, Page, Request
from callbacks.pages.practices.map import frame_of, points_of, tones_of
from callbacks.state.area_choices import Offered, offered_areas
from callbacks.state.breadcrumbs import CARRIED, link
from callbacks.state.paths import HOME
from callbacks.state.query import QueryReader
from callbacks.state.view_state import ViewState, query
from callbacks.state.world import World
from data.areas import COUNTRY, Area, name_order
from data.formatting import counted, enumerate_all, shortened
from data.practices import PATH, THEMES, Catalogue, Practice, catalogue
from layouts import labels
from layouts.map import Drawing
from layouts.practices import Card, Choice, Offer, Participant, PracticesView, practices_html

THEME: Final = "thema"
AREA: Final = "gebied"

_BY_LABEL: Final = {label.casefold(): key for key, label in THEMES.items()}


class PracticesPage(Page):
    """Good practices of municipalities."""

    key = "practices"
    label = "Voorbeelden"
    route = PATH
    script = "pages/practices.js"
    style = "pages/practices.css"

    def content(self, request: Request) -> Content:
        """Render the practices that match the query."""
        view = practices_view(request.live.drawing, request.world, request.state, request.query.items(multi=True))
        return Content(practices_html(view), view.remarks)


def practices_view(
    drawing: Drawing,
    world: World,
    state: ViewState,
    asked: Iterable[tuple[str, str]],
    found: Catalogue | None = None,
) -> PracticesView:
    """Good practices for a query.

    Parameters
    ----------
    drawing, world : the national map, boundaries and figures
    state : reference date and measure for links
    asked : `thema` (keys of `data.practices.THEMES` or labels, repeated or separated by commas; alternatives)
        and `gebied` (code of an area with a participant); invalid parts are left out, with a remark
    found : the catalogue; default: the bundled one
    """
    found = catalogue() if found is None else found
    asked = list(asked)
    reader = QueryReader({})
    themes = _themes([text for name, text in asked if name == THEME], reader)
    area = reader.area(world, next((text for name, text in asked if name == AREA and text.strip()), COUNTRY))
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
        base=PATH,
        address=_address(themes, area, carried),
        themes=tuple(
            Choice(key, label, sum(key in each.themes for each in found.practices), key in themes)
            for key, label in THEMES.items()
        ),
        areas=_groups(world, found.practices),
        area=area.code,
        area_name=_area_name(area),
        municipality=_area_name(area) if area.level == "municipality" else "",
        carried=tuple(carried),
        cards=tuple(_card(world, state, number, each, carried) for number, each in chosen),
        total=len(found.practices),
        result=_result_text(len(chosen), len(found.practices), themes, area),
        offers=_offers(themes, area, carried),
        drawing=Markup(drawing.paint(tones_of(world.bundle, area, [each for _, each in chosen]), frame)),  # noqa: S704  our own
        points=points_of(world.bundle, area, chosen),
        problems=tuple(str(problem) for problem in found.problems),
        invalid_files=len({problem.source_name for problem in found.problems}),
        example=bool(world.snapshot.example_name),
        remarks=tuple(reader.remarks),
    )


def _themes(asked: Sequence[str], reader: QueryReader) -> tuple[str, ...]:
    texts = [text.strip() for each in asked for text in each.split(",") if text.strip()]
    found = {text: text if text in THEMES else _BY_LABEL.get(text.casefold()) for text in texts}
    odd = [text for text, key in found.items() if key is None]
    if odd:
        known = ", ".join(THEMES.values())
        reader.remark(
            f"“{shortened(', '.join(odd))}” is geen thema dat wij kennen en is overgeslagen; kies uit {known}."
        )
    return tuple(key for key in THEMES if key in found.values())


def _carried(world: World, state: ViewState) -> list[tuple[str, str]]:
    """Parameters of links and form: reference date and measure, unless default."""
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
    return f"{PATH}?{urlencode(pairs, safe=',')}" if pairs else PATH


def _offers(themes: Sequence[str], area: Area, carried: Sequence[tuple[str, str]]) -> tuple[Offer, ...]:
    """Links that remove one filter each."""
    whole = Area(COUNTRY, "", "country", ())
    offers = []
    if themes:
        offers.append(Offer("Toon alle thema’s", _address((), area, carried)))
    if area.code != COUNTRY:
        offers.append(Offer("Toon heel Nederland", _address(themes, whole, carried)))
    return tuple(offers)


def _result_text(count: int, total: int, themes: Sequence[str], area: Area) -> str:
    where = "" if area.code == COUNTRY else f" in {_area_name(area)}"
    about = enumerate_all((THEMES[key] for key in themes), "of")
    if not themes and area.code == COUNTRY:
        return f"{counted(count, 'voorbeeld', 'voorbeelden')}."
    return f"{count} van de {total} voorbeelden{where}{f', over {about}' if about else ''}."


def _area_name(area: Area) -> str:
    """Name of an area, with its kind where the name is ambiguous."""
    known = area.level in ("country", "province")
    return area.name if known else f"{area.name} ({labels.KIND[area.level]})"


def _groups(world: World, practices: Sequence[Practice]) -> Offered:
    """Selectable areas by level, with names that tell the number of good practices."""

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
            Participant(world.names[code], link(world.choices, state, HOME, code))
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
