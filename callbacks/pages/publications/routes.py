"""Routes for publications: upload, choose, publish, discard, withdraw, download."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Final

from flask import Flask, Response, flash, request

from callbacks.auth import routes as auth
from callbacks.auth.guard import guarded
from callbacks.auth.identity import Identity
from callbacks.auth.refusal import refused
from callbacks.auth.sessions import expired
from callbacks.live import Live
from callbacks.pages.publications import choices
from callbacks.pages.publications.detail import report_of, seen_of
from callbacks.pages.publications.download import PublishedFiles, original
from callbacks.pages.publications.listing import BASE, MEGABYTES, moment_word, path_of
from callbacks.pages.publications.upload import draft_of
from callbacks.web.downloads import for_programs
from config import Settings
from data.ingest import drafts
from data.sources.formats.grid import UnreadableFile
from data.sources.formats.limits import LARGEST_FILE
from data.sources.monthly.reading import ReadingChoices
from data.store import EXAMPLE, AlreadyThere, Draft, NotADraft, Publication, StoreError
from layouts.publications import source_name

ABOUT_FILE: Final = "bestand"
"""Category of a message that stands with the form for a new file."""
_ENVELOPE: Final = 100_000
"""Bytes of a form besides its file."""
_MOST_DRAINED: Final = 5 * LARGEST_FILE
"""Bytes of a request that is too large which are read before it is refused: until a browser has sent
everything it does not listen."""
_NAME: Final = 120
_SOURCE: Final = 40
_NOTE: Final = 500
_MESSAGE: Final = 700
"""Characters of a flashed message: it travels in a cookie."""

Act = Callable[..., Response]


def register(server: Flask, live: Live, settings: Settings) -> None:
    """Register the forms and downloads."""
    number = f"{BASE}/<int(max=999999999):number>"

    def not_allowed(number: int | None = None) -> Response:
        _drain()
        return _not_allowed(settings, number)

    def forged(why: str, number: int | None = None) -> Response:
        return refused(403, why, path_of(number), "Naar de pagina")

    def answering(act: Act) -> Act:
        """Answer what the store refuses with the page that was acted from."""

        def answer(identity: Identity, **parts: int) -> Response:
            try:
                return act(live, identity.name, **parts)
            except StoreError as error:
                return _led_on(path_of(parts.get("number")), str(error))

        return answer

    acts: dict[str, Act] = {
        f"{BASE}": offer,
        f"{number}/keuzes": choose,
        f"{number}/publiceren": publish,
        f"{number}/weg": discard,
        f"{number}/intrekken": withdraw,
    }
    for rule, act in acts.items():
        view = guarded(
            answering(act),
            settings,
            may=lambda identity: identity.may_edit,
            largest=LARGEST_FILE + _ENVELOPE,
            not_allowed=not_allowed,
            forged=forged,
        )
        server.add_url_rule(rule, f"publications_{act.__name__}", view, methods=["POST"])

    @server.get(f"{number}/<any(keuzes, publiceren, weg, intrekken):act>")
    def publication_again(number: int, act: str) -> Response:  # noqa: ARG001  only its page can be asked for
        return auth.see_other(path_of(number))

    @server.get(f"{number}/bestand")
    def publication_file(number: int) -> Response:
        return original(live, number, auth.current_identity(settings))

    files = PublishedFiles(live)

    @server.get(f"{number}/cijfers.csv")
    def publication_figures(number: int) -> Response:
        return files.respond(number, auth.current_identity(settings), programs=for_programs(request.args))

    @server.errorhandler(413)
    def too_large(_: Exception) -> Response:
        _drain()
        message = (
            f"Wat u stuurde is te groot: een bestand mag hooguit {MEGABYTES} MB zijn. Bewaar alleen de tabel "
            "met de cijfers in een nieuw bestand, zonder afbeeldingen, en bied dat aan."
        )
        return refused(413, message, BASE)


def offer(live: Live, who: str) -> Response:
    """Read a new file into a draft."""
    file = request.files.get("bestand")
    if file is None or not file.filename:
        return _led_on(BASE, "Kies eerst een bestand.", ABOUT_FILE)
    name, content = file_name(file.filename), file.stream.read()
    try:
        source = _source()
    except choices.BadChoice as error:
        return _led_on(BASE, str(error), ABOUT_FILE)
    published = live.store.same_file(content)
    if published is not None:
        return _led_on(
            path_of(published.id),
            f"Dit bestand is al gepubliceerd, als {moment_word(published)}: dat is deze pagina.",
        )
    try:
        draft = draft_of(live, name, content, None, source=source)
    except UnreadableFile as error:
        return _led_on(BASE, f"{name}: {error}", ABOUT_FILE)
    number = live.store.save_draft(draft, who)
    older = _same_draft(live, number, who)
    if older is not None:
        # Sent twice, by a double click or after going back: the first draft is the one to go on with.
        live.store.discard(number, who)
        return _led_on(path_of(older), "Dit bestand stond al als concept klaar: dat is deze pagina.")
    return auth.see_other(path_of(number))


def choose(live: Live, who: str, number: int) -> Response:
    """Reread a draft with the choices of a person."""
    publication, path = live.store.publication(number), path_of(number)
    if request.form.get("gezien") != seen_of(live.store, number):
        return _led_on(path, _CHANGED)
    report = report_of(live.store, number)
    before = choices.stored_choices(live.store.reading(number))
    named = list(zip(request.form.getlist("naam"), request.form.getlist("gemeente"), strict=False))
    try:
        if request.form.get("vergeet") or report is None:
            chosen = ReadingChoices()
        elif which := request.form.get("oplossing"):
            chosen = choices.with_remedy(before, report, which)
        else:
            places = live.world.choices
            chosen = choices.read_form(request.form, named, before, report.summary, places)
        name, content = live.store.file(number)
        draft = draft_of(
            live,
            name,
            content,
            chosen,
            source=publication.source,
            published_on=publication.published_on,
            note=publication.note,
        )
    except (choices.BadChoice, UnreadableFile) as error:
        return _led_on(path, str(error))
    live.store.replace_draft(number, draft, who)
    return _led_on(path, "Opnieuw gelezen en gecontroleerd.")


def publish(live: Live, who: str, number: int) -> Response:
    """Publish a draft, unless it changed since the page showed it."""
    store, path = live.store, path_of(number)
    publication = store.publication(number)
    if publication.state != "draft":
        return _led_on(
            path, f"Deze publicatie is al {'gepubliceerd' if publication.state == 'published' else 'ingetrokken'}."
        )
    if request.form.get("gezien") != seen_of(store, number):
        return _led_on(path, _CHANGED)
    report = report_of(store, number)
    if report is None or not report.publishable(accepted_asks=True):
        return _led_on(path, "Dit kan nog niet worden gepubliceerd; los eerst op wat hieronder staat.")
    if not report.publishable(accepted_asks=request.form.get("akkoord") == "1"):
        return _led_on(path, "Vink eerst aan dat u hebt bekeken wat onder Controleer dit staat, en dat het klopt.")
    try:
        _keep(live, publication, who)
        published = store.publish(number, who)
    except choices.BadChoice as error:
        return _led_on(path, str(error))
    except AlreadyThere as error:
        return _led_on(path_of(error.publication.id), str(error))
    except NotADraft:
        return _led_on(path, "Deze publicatie is al gepubliceerd.")
    with suppress(StoreError):  # what was chosen can be chosen again; it is published
        drafts.remember(store, store.reading(number), who)
    live.refresh()
    return _led_on(path, f"Gepubliceerd: de stand van {moment_word(published)} staat nu op de kaart.")


def discard(live: Live, who: str, number: int) -> Response:
    """Discard a draft."""
    name = live.store.publication(number).file_name
    live.store.discard(number, who)
    return _led_on(BASE, f"Het concept van {name} is weggegooid.")


def withdraw(live: Live, who: str, number: int) -> Response:
    """Withdraw a publication."""
    why = " ".join(request.form.get("reden", "").split())[:_NOTE]
    if not why:
        return _led_on(path_of(number), "Geef een reden waarom u deze publicatie intrekt.")
    publication = live.store.publication(number)
    if publication.is_example:
        return _led_on(path_of(number), "Oefencijfers kunnen niet worden ingetrokken; zij wijken voor echte cijfers.")
    live.store.withdraw(number, who, why)
    live.refresh()
    return _led_on(path_of(number), f"Ingetrokken: de stand van {moment_word(publication)}, {publication.file_name}.")


_CHANGED: Final = (
    "Dit concept is intussen opnieuw gelezen, hier of door iemand anders. Bekijk het zoals het nu is en "
    "probeer het dan opnieuw."
)


def _keep(live: Live, publication: Publication, who: str) -> None:
    """Store the source, the note and the date from the form of publishing."""
    source = _source()
    note = " ".join(request.form.get("toelichting", "").split())[:_NOTE]
    text = request.form.get("uitgebracht", "")
    try:
        published_on = date.fromisoformat(text) if text else None
    except ValueError:
        raise choices.BadChoice(
            f"“{text[:20]}” is geen datum; schrijf de dag waarop de bron publiceerde als 2025-10-04."
        ) from None
    if (source, note, published_on) == (publication.source, publication.note, publication.published_on):
        return
    store, number = live.store, publication.id
    name, content = store.file(number)
    reading = store.reading(number)
    compared_at = reading.get("compared_at")
    draft = Draft(
        file_name=name,
        content=content,
        source=source,
        period=publication.period,
        reference_date=publication.reference_date,
        figures=store.figures(number),
        published_on=published_on,
        note=note,
        report=store.report(number),
        reading=reading,
        totals=store.totals(number),
    )
    # It was compared when it was read; who published since then has overtaken it all the same.
    store.replace_draft(number, replace(draft, compared_at=compared_at) if isinstance(compared_at, int) else draft, who)


def _same_draft(live: Live, number: int, who: str) -> int | None:
    """The oldest other draft of the same file by the same person."""
    publication = live.store.publication(number)
    same = [
        other.id
        for other in live.store.publications()
        if other.state == "draft"
        and other.sha256 == publication.sha256
        and other.made_by == who
        and other.source == publication.source
        and other.id < number
    ]
    return min(same, default=None)


def _source() -> str:
    """Parse the source from the form."""
    text = " ".join(request.form.get("bron", "").split())[:_SOURCE]
    if not text:
        raise choices.BadChoice("Zeg van wie het bestand komt, bijvoorbeeld COA.")
    if text.casefold() in (EXAMPLE, source_name(EXAMPLE).casefold()):
        raise choices.BadChoice(
            f"De bron “{text}” is van de gesimuleerde oefencijfers; zeg van wie dit bestand echt komt."
        )
    return "coa" if text.casefold() == "coa" else text


def file_name(text: str) -> str:
    """Sanitise the name of a file: no folders, no control characters."""
    last = text.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable()).strip()[-_NAME:] or "bestand"


def _not_allowed(settings: Settings, number: int | None) -> Response:
    if settings.auth == "oidc":
        why = "Uw sessie is verlopen" if expired() else "U mag hier niets wijzigen"
        message = f"{why}, en er is niets veranderd. Meld u aan als iemand met de rol analist of beheerder."
        return refused(403, message, auth.sign_in_address(path_of(number)), "Aanmelden")
    if settings.auth == "local":
        message = (
            "Publiceren kan alleen vanaf de computer waarop Land in beeld zelf draait, en er is niets "
            "veranderd. Open de pagina daar, op het adres van die computer zelf."
        )
    else:
        message = "Op deze plek kan alleen worden gekeken; er is niets veranderd."
    return refused(403, message, path_of(number), "Naar de pagina")


def _led_on(path: str, message: str, kind: str = "message") -> Response:
    flash(message if len(message) <= _MESSAGE else message[: _MESSAGE - 1] + "…", kind)
    return auth.see_other(path)


def _drain() -> None:
    """Read and discard the rest of the request."""
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, _MOST_DRAINED)
    while left > 0:
        read = len(stream.read(min(left, 1 << 16)))
        if not read:
            break
        left -= read
