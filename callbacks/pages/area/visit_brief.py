"""Visit preparation: a lazily loaded section of a municipality's page."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from flask import Flask, Response, request

from callbacks.state.breadcrumbs import link
from callbacks.state.view_state import ViewState, parse
from callbacks.state.world import Showing, World
from data.analysis.diagnosis import diagnose, facts_of, questions_of, themes_of
from data.analysis.matching import LEAST_PERSONS, LIKE_SIZE, Match, matches
from data.analysis.projection import outlook
from data.areas import area_path
from data.periods import HalfYear
from data.practices import THEMES, Practice, catalogue
from layouts.visit_brief import Found, LearnView, Link, Other, OtherList, learn_html, learn_nothing

PART: Final = "/deel/bezoek/"
DOSSIER: Final = "/download/dossier/"

_NO_TASK: Final = "Niemand in de buurt of van dezelfde soort loopt op deze peildatum achter."


def register(server: Flask, live: Showing) -> None:
    """Register ``/deel/bezoek/<code>``: the section as HTML, for `periode` and `stand`."""

    @server.get(f"{PART}<code>")
    def learn_part(code: str) -> Response:
        body, status = learn_answer(live.world, code, request.args)
        answer = Response(body, status, mimetype="text/html")
        answer.cache_control.no_cache = True
        return answer


def learn_answer(world: World, code: str, query: Mapping[str, str]) -> tuple[str, int]:
    """Section for an address.

    Parameters
    ----------
    world : boundaries and figures
    code : code of the municipality, from the path
    query : `periode` and `stand`; malformed values get their default and a remark

    Returns
    -------
    HTML and status: 404 when the code is no municipality, with a remark in the HTML.
    """
    state, remarks = parse(query, world.choices, area_path(code) if code.strip() else "/")
    if state.area not in world.choices.municipalities:
        unknown = f"“{code[:40]}” is geen gemeente van nu; kies er een op de kaart."
        return str(learn_nothing((unknown,))), 404
    return str(learn_html(learn_view(world, state, tuple(remarks), catalogue().practices))), 200


def learn_view(world: World, state: ViewState, remarks: tuple[str, ...], practices: Sequence[Practice]) -> LearnView:
    """View of the section for the municipality and reference date of a state."""
    snapshot, code, day = world.snapshot, state.area, state.date
    period = HalfYear.parse(state.period)
    facts = facts_of(snapshot, world.bundle, code, period, day)
    findings = diagnose(facts)
    themes = themes_of(findings)
    found = matches(snapshot, world.bundle, practices, code, period, day, themes)
    titles = {practice.id: _title(practice) for practice in practices}

    def others(title: str, intro: str, none: str, matched: Sequence[Match]) -> OtherList:
        matches = tuple(_other(world, state, match, titles) for match in matched)
        return OtherList(title, intro, none, matches)

    if found.lagging:
        lists: tuple[OtherList, ...] = (
            others(
                "Koplopers in de buurt",
                "Gemeenten in dezelfde regio of ernaast die niet achterlopen, dichtbij eerst: hoogstens "
                f"{LIKE_SIZE} keer zo groot of zo klein, met minstens {LEAST_PERSONS} personen te huisvesten.",
                "Geen gemeente van vergelijkbare grootte in de regio of ernaast is op deze peildatum op schema.",
                found.frontrunners,
            ),
            others(
                "Van dezelfde soort",
                f"Gemeenten die in inwoners en dichtheid op {facts.name} lijken en niet achterlopen.",
                "Geen van de gemeenten die er het meest op lijken is op deze peildatum op schema.",
                found.peers,
            ),
            others(
                "Met een goed voorbeeld",
                "Gemeenten met een voorbeeld over een onderwerp dat hier speelt, dichtbij eerst. Zij kunnen "
                "zelf ook achterlopen.",
                "Er is nog geen voorbeeld over wat hier speelt.",
                found.with_practice,
            ),
        )
    elif facts.quality is not None and facts.months > 0:
        intro = (
            f"Gemeenten die achterlopen en dichtbij {facts.name} liggen of erop lijken; de grootste achterstand eerst."
        )
        lists = (others(f"Gemeenten die {facts.name} kan helpen", intro, _NO_TASK, found.could_help),)
    else:
        lists = ()
    moment = {"periode": state.period, "stand": state.reference_date}
    return LearnView(
        code=code,
        name=facts.name,
        day=day,
        period=state.period,
        months=facts.months,
        quality=facts.quality,
        example=state.period in snapshot.example_periods,
        source=snapshot.source(period, day),
        findings=tuple(Found(each.key, each.title, each.text, each.condition) for each in findings),
        outlook=outlook(snapshot, code, period, day).sentences,
        questions=questions_of(findings),
        lists=lists,
        themes=tuple(_theme(world, state, theme) for theme in THEMES if theme in themes),
        dossier=f"{DOSSIER}{code}.pdf?{urlencode(moment)}",
        visit=f"{world.choices.addresses.base('visits')}?{urlencode({'bezoek': code, **moment})}",
        remarks=remarks,
    )


def _other(world: World, state: ViewState, match: Match, titles: Mapping[str, str]) -> Other:
    page = link(world.choices, state, "practices")
    return Other(
        code=match.gm_code,
        name=match.name,
        path=link(world.choices, state, "area", match.gm_code),
        status=match.status,
        status_label=world.snapshot.status_label(match.status, HalfYear.parse(state.period).months_elapsed(state.date)),
        reason=match.short_reason,
        quality=match.quality,
        practices=tuple(Link(titles[practice], f"{page}#{practice}") for practice in match.practices),
    )


def _title(practice: Practice) -> str:
    """Title of a practice, with its start where that is known."""
    return f"{practice.title} (sinds {practice.since_words})" if practice.since_words else practice.title


def _theme(world: World, state: ViewState, theme: str) -> Link:
    page = link(world.choices, state, "practices")
    return Link(THEMES[theme], f"{page}{'&' if '?' in page else '?'}thema={theme}")
