"""The list of publications: by half-year, newest first, with their state and changes."""

from typing import Final
from urllib.parse import quote

from callbacks.auth.identity import Identity
from callbacks.live import Live
from callbacks.pages.publications.differences import change_word
from data.sources.formats.limits import LARGEST_FILE, MEGABYTE
from data.store import EXAMPLE, Publication
from layouts import labels
from layouts.publications import Group, Line, ListView, LogLine, Who, size_word, source_name, time_word

BASE: Final = "/cijfers"
MEGABYTES: Final = LARGEST_FILE // MEGABYTE
_WHAT: Final = {
    "saved": "concept gemaakt",
    "replaced": "opnieuw gelezen",
    "discarded": "concept weggegooid",
    "published": "gepubliceerd",
    "withdrawn": "ingetrokken",
    "remembered": "keuzes onthouden",
    "inhabitants": "inwoners geladen",
    "restored": "teruggezet",
    "list_kept": "bezoeklijst bewaard",
    "list_changed": "bezoeklijst gewijzigd",
    "list_removed": "bezoeklijst weggegooid",
    "list_restored": "bezoeklijst teruggezet",
}
_MOST_LOGGED: Final = 200
"""Lines of the log on the page; the command line has them all."""
_DETAIL: Final = 160
"""Characters of a detail in the log."""


def list_view(live: Live, identity: Identity, who: Who, refusal: str) -> ListView:
    """Build the view of the list.

    Parameters
    ----------
    identity, who : the user, and the view of the user
    refusal : why their last file could not be read; empty when it could, or there was none

    Raises
    ------
    data.store.StoreError
    """
    publications = live.store.publications()
    drafts = [one for one in publications if one.state == "draft"]
    lines: dict[str, list[Line]] = {}
    others = [one for one in publications if one.state != "draft"]
    for one in sorted(others, key=_newest, reverse=True):
        lines.setdefault(str(one.period or ""), []).append(line_of(live, one))
    log = None
    if identity.may_see_log:
        there = {one.id for one in publications}
        log = tuple(
            LogLine(
                at=time_word(entry.at),
                who=entry.who,
                what=_WHAT.get(entry.what, entry.what)
                + ("" if entry.publication is None else f" (nr. {entry.publication})"),
                path=path_of(entry.publication) if entry.publication is not None and entry.publication in there else "",
                detail=entry.detail if len(entry.detail) <= _DETAIL else entry.detail[:_DETAIL] + "…",
            )
            for entry in live.store.log()[:_MOST_LOGGED]
        )
    named = dict.fromkeys(["COA", *(source_name(one.source) for one in others if one.source != EXAMPLE)])
    return ListView(
        who=who,
        groups=tuple(Group(period or "Oefencijfers", tuple(of_it)) for period, of_it in lines.items()),
        drafts=tuple(line_of(live, one) for one in drafts) if identity.may_edit else (),
        log=log,
        sources=tuple(named),
        refusal=refusal,
        megabytes=MEGABYTES,
    )


def line_of(live: Live, one: Publication) -> Line:
    """Build the list line of a publication."""
    draft = one.state == "draft"
    return Line(
        id=one.id,
        path=path_of(one.id),
        file_name=one.file_name,
        state=state_of(one),
        source=source_name(one.source),
        period=str(one.period or ""),
        day=one.reference_date,
        moment=moment_word(one),
        published_on=one.published_on,
        at=time_word(one.made_at if draft else one.published_at),
        by=(one.made_by if draft else one.published_by) or "",
        note=one.note,
        withdrawn=_withdrawn(one),
        change=labels.municipalities(one.municipalities) if draft else _change(live, one),
        original=f"{path_of(one.id)}/bestand",
        size=size_word(one.size),
        municipalities=one.municipalities,
    )


def path_of(publication: int | None) -> str:
    """Path of a publication's page; that of the list when there is none."""
    return BASE if publication is None else f"{BASE}/{quote(str(publication))}"


def state_of(one: Publication) -> str:
    """State of a publication: a key of `layouts.publications.STATE`."""
    match one.state:
        case "draft":
            return "draft"
        case "withdrawn":
            return "withdrawn"
        case "published":
            if one.shown:
                return "shown"
            return "hidden" if one.is_example else "replaced"


def moment_word(one: Publication) -> str:
    """Moment of a publication in words: "1 oktober 2025 (2025-II)"."""
    if one.is_example:
        return "Oefencijfers"
    if one.period is None or one.reference_date is None:
        return "nog onbekende peildatum"
    return f"{labels.long_date(one.reference_date)} ({one.period})"


def _newest(one: Publication) -> tuple[str, str, str]:
    when = one.published_at or one.made_at
    day = "" if one.reference_date is None else one.reference_date.isoformat()
    return str(one.period or ""), day, when.isoformat()


def _withdrawn(one: Publication) -> str:
    if one.state != "withdrawn":
        return ""
    return f"{time_word(one.withdrawn_at)}, door {one.withdrawn_by}: {one.withdrawn_why}"


def _change(live: Live, one: Publication) -> str:
    if one.is_example:
        return "gesimuleerd, voor halfjaren zonder echte cijfers"
    if one.follows is None:
        return "nog niet eerder gepubliceerd"
    return change_word(live.store, one.id, one.follows)
