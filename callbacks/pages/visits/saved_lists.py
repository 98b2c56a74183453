"""Visit lists that are kept: shown to who may keep them, kept, changed and thrown away by their forms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from flask import Flask, Response, flash, request

from callbacks.auth import csrf
from callbacks.auth import routes as auth
from callbacks.auth.guard import guarded
from callbacks.auth.identity import Identity
from callbacks.auth.refusal import refused
from callbacks.auth.sessions import expired
from callbacks.live import Live
from callbacks.pages.visits.query import BASE, KEPT, Asked, address, onward, pairs_of, read_asked
from callbacks.state.world import World
from config import Settings
from data.periods import HalfYear
from data.store import LONGEST_NAME, ListChanged, ListDraft, StoreError, UnknownList, VisitList
from data.visits import write_visits
from layouts.publications import time_word
from layouts.visits import Kept as KeptView
from layouts.visits import KeptLine, counted

LISTS: Final = f"{BASE}/lijsten"
_MOST_BYTES: Final = 50_000
_MOST_SHOWN: Final = 30
"""Kept lists on the page, those changed last."""
#: What of an address is kept in columns of its own, or not at all.
_APART: Final = frozenset({"bezoek", "periode", "stand", KEPT})

_Act = Callable[..., Response]


def kept_view(live: Live, world: World, asked: Asked, identity: Identity) -> KeptView | None:
    """Gather the lists that are kept, while a request is answered; None for who may not keep any."""
    if not identity.may_keep_lists:
        return None
    token = csrf.token()
    try:
        lists = live.store.visit_lists.all()
    except StoreError as error:
        amiss = f"{error} Uw bezoeklijst staat in het adres van deze pagina en blijft daar; bewaar dat adres."
        return KeptView(token, (), "", "", "", 0, amiss, LONGEST_NAME)
    number, version = asked.kept or (0, 0)
    current = next((one for one in lists if one.id == number), None)
    lines = tuple(KeptLine(one.name, _path(world, one), _told(one), one == current) for one in lists[:_MOST_SHOWN])
    amiss = ""
    if asked.kept is not None and current is None:
        amiss = "De lijst die u opende is intussen weggegooid. Bewaar deze als nieuwe lijst om haar te houden."
    elif current is not None and current.version != version:
        amiss = (
            f"{current.changed_by} heeft “{current.name}” gewijzigd op {time_word(current.changed_at)}, "
            "nadat u haar opende. Open haar hieronder om dat te zien, of bewaar de uwe als nieuwe lijst."
        )
    return KeptView(
        csrf=token,
        lines=lines,
        name="" if current is None else current.name,
        act="" if current is None else f"{LISTS}/{current.id}",
        new=LISTS,
        version=version,
        amiss=amiss,
        longest=LONGEST_NAME,
    )


def register(server: Flask, live: Live, settings: Settings) -> None:
    """Register the addresses to which the forms about kept lists are sent."""

    def asked_now() -> Asked:
        return read_asked(live.world, request.form)

    def not_allowed(**_: int) -> Response:
        return _not_allowed(settings, onward(live.world, asked_now()))

    def forged(why: str, **_: int) -> Response:
        return refused(403, why, address(live.world, asked_now()), "Terug naar uw bezoeklijst")

    def answering(act: _Act) -> _Act:
        """Answer what the store refuses with the page, where the list still stands."""

        def answer(identity: Identity, **parts: int) -> Response:
            world, asked = live.world, asked_now()
            try:
                return act(live, world, asked, identity.name, **parts)
            except UnknownList as error:
                return _led_on(world, replace(asked, kept=None), f"{error} Uw lijst staat nog hier.")
            except ListChanged as error:
                message = (
                    f"{error} Uw eigen lijst staat nog hier: bewaar haar als nieuwe lijst, of open die van "
                    f"{error.there.changed_by}."
                )
                return _led_on(world, asked, message)
            except StoreError as error:
                return _led_on(world, asked, f"{error} Er is niets bewaard; uw lijst staat nog hier.")

        return answer

    number = f"{LISTS}/<int(max=999999999):number>"
    acts: dict[str, _Act] = {LISTS: keep, number: change, f"{number}/weg": remove}
    for rule, act in acts.items():
        view = guarded(
            answering(act),
            settings,
            may=lambda identity: identity.may_keep_lists,
            largest=_MOST_BYTES,
            not_allowed=not_allowed,
            forged=forged,
        )
        server.add_url_rule(rule, f"visit_list_{act.__name__}", view, methods=["POST"])

    @server.get(LISTS)
    @server.get(f"{LISTS}/<path:rest>")
    def visit_list_again(rest: str = "") -> Response:  # noqa: ARG001  only the page can be asked for
        return auth.led_on(BASE)


def keep(live: Live, world: World, asked: Asked, who: str) -> Response:
    """Keep a new list."""
    kept = live.store.visit_lists.keep(_draft(world, asked), who)
    return _led_on(world, replace(asked, kept=(kept.id, kept.version)), f"Bewaard als “{kept.name}”.")


def change(live: Live, world: World, asked: Asked, who: str, number: int) -> Response:
    """Put the list in the place of the version that was opened."""
    kept = live.store.visit_lists.change(number, _version(), _draft(world, asked), who)
    return _led_on(world, replace(asked, kept=(kept.id, kept.version)), f"“{kept.name}” is bijgewerkt.")


def remove(live: Live, world: World, asked: Asked, who: str, number: int) -> Response:
    """Throw a list away; what is on it stays in the address."""
    gone = live.store.visit_lists.remove(number, _version(), who)
    message = f"“{gone.name}” is weggegooid. Wat erop stond ziet u nog hier."
    return _led_on(world, replace(asked, kept=None), message)


def _draft(world: World, asked: Asked) -> ListDraft:
    state = asked.state
    return ListDraft(
        name=request.form.get("lijstnaam", ""),
        visits=write_visits(asked.visits),
        period=HalfYear.parse(state.period),
        reference_date=state.date,
        asked=urlencode([pair for pair in pairs_of(world, asked) if pair[0] not in _APART]),
    )


def _version() -> int:
    text = request.form.get("versie", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _path(world: World, one: VisitList) -> str:
    """Write the address that opens a list: with its own moment, when there are figures of that still."""
    moment = {}
    if one.period is not None and one.reference_date is not None:
        day = one.reference_date.isoformat()
        if day in world.choices.dates.get(str(one.period), ()):
            moment = {"periode": str(one.period), "stand": day}
    asked = {"bezoek": one.visits, **moment, KEPT: f"{one.id}.{one.version}"}
    return f"{BASE}?{one.asked}{'&' if one.asked else ''}{urlencode(asked, safe=',@')}"


def _told(one: VisitList) -> str:
    count = sum(1 for text in one.visits.split(",") if text)
    return f"{counted(count, 'gemeente', 'gemeenten')}; {time_word(one.changed_at)}, {one.changed_by}"


def _not_allowed(settings: Settings, back: str) -> Response:
    if settings.auth == "oidc":
        why = "Uw sessie is verlopen" if expired() else "U mag hier geen lijsten bewaren"
        message = (
            f"{why}, en er is niets bewaard. Meld u aan als iemand met de rol ambassadeur, analist of "
            "beheerder; uw bezoeklijst gaat mee."
        )
        return refused(403, message, auth.sign_in_address(back), "Aanmelden")
    message = (
        "Lijsten bewaren kan hier niet, en er is niets veranderd. Uw bezoeklijst staat in het adres van de "
        "pagina: bewaar dat adres."
    )
    return refused(403, message, back, "Terug naar uw bezoeklijst")


def _led_on(world: World, asked: Asked, message: str) -> Response:
    flash(message)
    return auth.led_on(address(world, asked))
