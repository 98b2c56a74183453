"""Saved visit lists: view, permissions, and routes to save, update and delete."""

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
from layouts import labels
from layouts.publications import time_word
from layouts.visits import RemovedList, SavedListLink, SavedListsView

LISTS: Final = f"{BASE}/lijsten"
_MOST_BYTES: Final = 50_000
_MOST_SHOWN: Final = 30
"""Maximum number of lists on the page, latest change first."""
#: Parameters stored in columns of their own, or not at all.
_SEPARATE: Final = frozenset({"bezoek", "periode", "stand", KEPT})

_Act = Callable[..., Response]


def saved_lists_view(live: Live, world: World, asked: Asked, identity: Identity) -> SavedListsView | None:
    """View of the saved lists, within a request; None without permission."""
    if not identity.may_save_lists:
        return None
    token = csrf.token()
    try:
        lists, gone = live.store.visit_lists.all_and_removed()
    except StoreError as error:
        problem = f"{error} Uw bezoeklijst staat in het adres van deze pagina en blijft daar; bewaar dat adres."
        return SavedListsView(token, (), "", "", "", 0, problem, (), "", LONGEST_NAME)
    number, version = asked.kept or (0, 0)
    current = next((one for one in lists if one.id == number), None)
    links = tuple(
        SavedListLink(one.name, _path(world, one), _details(one), one == current) for one in lists[:_MOST_SHOWN]
    )
    problem = ""
    opened = next((one for one in gone if one.id == number), None)
    if opened is not None:
        problem = f"“{opened.name}” is weggegooid, {time_word(opened.changed_at)}, door {opened.changed_by}."
    elif asked.kept is not None and current is None:
        problem = "De lijst die u opende is er niet meer. Bewaar deze als nieuwe lijst om haar te houden."
    elif current is not None and current.version != version:
        problem = (
            f"{current.changed_by} heeft “{current.name}” gewijzigd op {time_word(current.changed_at)}, "
            "nadat u haar opende. Open haar hieronder om dat te zien, of bewaar de uwe als nieuwe lijst."
        )
    return SavedListsView(
        csrf=token,
        lists=links,
        name="" if current is None else current.name,
        update="" if current is None else f"{LISTS}/{current.id}",
        create=LISTS,
        version=version,
        problem=problem,
        removed=tuple(RemovedList(one.name, _details(one), _restoring(one)) for one in gone[:_MOST_SHOWN]),
        restore="" if opened is None else _restoring(opened),
        max_length=LONGEST_NAME,
    )


def register(server: Flask, live: Live, settings: Settings) -> None:
    """Register the routes of the forms on saved lists."""

    def asked_now() -> Asked:
        return read_asked(live.world, request.form)

    def not_allowed(**_: int) -> Response:
        return _not_allowed(settings, onward(live.world, asked_now()))

    def forged(why: str, **_: int) -> Response:
        return refused(403, why, address(live.world, asked_now()), "Terug naar uw bezoeklijst")

    def answering(act: _Act) -> _Act:
        """Redirect to the page, with the list in the address, when the store refuses."""

        def answer(identity: Identity, **parts: int) -> Response:
            world, asked = live.world, asked_now()
            try:
                return act(live, world, asked, identity.name, **parts)
            except UnknownList as error:
                return _redirect(world, replace(asked, kept=None), f"{error} Uw lijst staat nog hier.")
            except ListChanged as error:
                message = (
                    f"{error} Uw eigen lijst staat nog hier: bewaar haar als nieuwe lijst, of open die van "
                    f"{error.current.changed_by}."
                )
                return _redirect(world, asked, message)
            except StoreError as error:
                return _redirect(world, asked, f"{error} Er is niets bewaard; uw lijst staat nog hier.")

        return answer

    number = f"{LISTS}/<int(max=999999999):number>"
    acts: dict[str, _Act] = {LISTS: keep, number: change, f"{number}/weg": remove, f"{number}/terug": restore}
    for rule, act in acts.items():
        view = guarded(
            answering(act),
            settings,
            may=lambda identity: identity.may_save_lists,
            largest=_MOST_BYTES,
            not_allowed=not_allowed,
            forged=forged,
        )
        server.add_url_rule(rule, f"visit_list_{act.__name__}", view, methods=["POST"])

    @server.get(LISTS)
    @server.get(f"{LISTS}/<path:rest>")
    def visit_list_again(rest: str = "") -> Response:  # noqa: ARG001  every GET leads to the page
        return auth.see_other(BASE)


def keep(live: Live, world: World, asked: Asked, who: str) -> Response:
    """Save a new list."""
    saved = live.store.visit_lists.save(_draft(world, asked), who)
    return _redirect(world, replace(asked, kept=(saved.id, saved.version)), f"Bewaard als “{saved.name}”.")


def change(live: Live, world: World, asked: Asked, who: str, number: int) -> Response:
    """Update a list, if its version is the one that was opened."""
    saved = live.store.visit_lists.update(number, _version(), _draft(world, asked), who)
    return _redirect(world, replace(asked, kept=(saved.id, saved.version)), f"“{saved.name}” is bijgewerkt.")


def remove(live: Live, world: World, asked: Asked, who: str, number: int) -> Response:
    """Delete a list; its visits stay in the address, and so does its number, to put it back."""
    gone = live.store.visit_lists.remove(number, _version(), who)
    message = (
        f"“{gone.name}” is weggegooid. Wat erop stond ziet u nog hier; ieder die lijsten bewaart kan haar "
        "terugzetten, onder Bewaarde lijsten."
    )
    return _redirect(world, replace(asked, kept=(gone.id, gone.version + 1)), message)


def restore(live: Live, world: World, asked: Asked, who: str, number: int) -> Response:
    """Put a deleted list back, and open it when nothing else is on the page."""
    saved = live.store.visit_lists.restore(number, who)
    flash(f"“{saved.name}” staat er weer.")
    if not asked.visits:
        return auth.see_other(_path(world, saved))
    same = asked.kept is not None and asked.kept[0] == saved.id
    return auth.see_other(address(world, replace(asked, kept=(saved.id, saved.version)) if same else asked))


def _draft(world: World, asked: Asked) -> ListDraft:
    state = asked.state
    return ListDraft(
        name=request.form.get("lijstnaam", ""),
        visits=write_visits(asked.visits),
        period=HalfYear.parse(state.period),
        reference_date=state.date,
        asked=urlencode([pair for pair in pairs_of(world, asked) if pair[0] not in _SEPARATE]),
    )


def _version() -> int:
    text = request.form.get("versie", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _path(world: World, one: VisitList) -> str:
    """Address that opens a list, on its own reference date if that still has figures."""
    moment = {}
    if one.period is not None and one.reference_date is not None:
        day = one.reference_date.isoformat()
        if day in world.choices.dates.get(str(one.period), ()):
            moment = {"periode": str(one.period), "stand": day}
    asked = {"bezoek": one.visits, **moment, KEPT: f"{one.id}.{one.version}"}
    return f"{BASE}?{one.asked}{'&' if one.asked else ''}{urlencode(asked, safe=',@')}"


def _restoring(one: VisitList) -> str:
    return f"{LISTS}/{one.id}/terug"


def _details(one: VisitList) -> str:
    count = sum(1 for text in one.visits.split(",") if text)
    return f"{labels.municipalities(count)}; {time_word(one.changed_at)}, {one.changed_by}"


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


def _redirect(world: World, asked: Asked, message: str) -> Response:
    flash(message)
    return auth.see_other(address(world, asked))
