"""The page of one publication: a draft or a published one."""

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from json import dumps
from urllib.parse import urlencode

import pandas as pd

from callbacks.live import Live
from callbacks.pages.publications.choices import CHOOSABLE
from callbacks.pages.publications.differences import differences_view, of_moment
from callbacks.pages.publications.findings import report_view
from callbacks.pages.publications.listing import line_of, moment_word, path_of
from callbacks.pages.publications.preview import map_view, statuses
from callbacks.pages.publications.reading import read_view
from data.findings import Weight
from data.formatting import long_date, today
from data.ingest.report import FileReport, ReportError, todo
from data.store import Publication, Store
from layouts import labels
from layouts.publication import DetailView, DifferencesView, Fact, MapView, ProgressStep, PublishView
from layouts.publications import Who, size_word, source_name, time_word


def detail_view(live: Live, one: Publication, who: Who) -> DetailView:
    """Build the view of a publication.

    Parameters
    ----------
    one : the publication; a draft only for a user who may edit
    who : the user

    Raises
    ------
    data.store.StoreError
    """
    report = report_of(live.store, one.id)
    return _draft(live, one, who, report) if one.state == "draft" else _published(live, one, who, report)


def report_of(store: Store, number: int) -> FileReport | None:
    """Return the stored report; None when there is none that can be parsed."""
    try:
        return FileReport.from_json(store.report(number))  # type: ignore[arg-type]  # JSON, as it was kept
    except ReportError:
        return None


def seen_of(store: Store, number: int) -> str:
    """Return a digest of what the page of a draft shows, to detect that it changed meanwhile."""
    shown = dumps([store.report(number), store.reading(number)], sort_keys=True, default=str)
    return sha256(shown.encode()).hexdigest()[:24]


def _draft(live: Live, one: Publication, who: Who, report: FileReport | None) -> DetailView:
    store = live.store
    figures = store.figures(one.id)
    whole = one.municipalities == len(live.world.bundle.codes)
    earlier = _against(live, one, figures, report) if whole else ()
    drawn = _map(live, one, figures, report) if whole else None
    seen = seen_of(store, one.id)
    found = None if report is None else report_view(report, live.world.names)
    publish = _publish(live, one, report, seen)
    return DetailView(
        who=who,
        line=line_of(live, one),
        title=f"Stand van {moment_word(one)}" if one.period else one.file_name,
        steps=_steps(report, drawn, earlier, publish),
        facts=(),
        read=None if report is None else read_view(live, report, store.reading(one.id), one),
        report=found,
        map=drawn,
        differences=earlier,
        publish=publish,
        withdrawal="",
        sha256=one.sha256,
        figures="",
        on_map="",
    )


def _published(live: Live, one: Publication, who: Who, report: FileReport | None) -> DetailView:
    store = live.store
    earlier: tuple[DifferencesView, ...] = ()
    if not one.is_example and one.state == "published":
        earlier = _against(live, one, store.figures(one.id), report)
    read = None if report is None else read_view(live, report, store.reading(one.id), one)
    return DetailView(
        who=who,
        line=line_of(live, one),
        title=moment_word(one) if one.is_example else f"Stand van {moment_word(one)}",
        steps=(),
        facts=_facts(live, one),
        read=read,
        report=None if report is None else report_view(report, live.world.names),
        map=None,
        differences=earlier,
        publish=None,
        withdrawal=_withdrawal(live, one) if who.may_edit else "",
        sha256=one.sha256,
        figures=f"{path_of(one.id)}/cijfers.csv",
        on_map=_on_map(one),
    )


def _facts(live: Live, one: Publication) -> tuple[Fact, ...]:
    facts = [Fact("Bron", source_name(one.source))]
    if one.published_on is not None:
        facts.append(Fact("Door de bron gepubliceerd", long_date(one.published_on)))
    facts.append(Fact("Hier gepubliceerd", f"{time_word(one.published_at)}, door {one.published_by}"))
    if one.state == "withdrawn":
        facts.append(
            Fact("Ingetrokken", f"{time_word(one.withdrawn_at)}, door {one.withdrawn_by}: {one.withdrawn_why}")
        )
    if one.note:
        facts.append(Fact("Toelichting", one.note))
    facts.append(Fact("Bestand", f"{one.file_name} ({size_word(one.size)})"))
    facts.append(Fact("Gemeenten", labels.municipalities(one.municipalities)))
    if one.period is not None and one.reference_date is not None:
        others = [other for other in live.store.history(one.period, one.reference_date) if other.id != one.id]
        newer = next((other for other in others if other.shown and not other.is_example), None)
        if newer is not None and one.state == "published":
            facts.append(Fact("Vervangen door", f"de publicatie van {time_word(newer.published_at)}"))
    return tuple(facts)


def _on_map(one: Publication) -> str:
    if not one.shown or one.period is None or one.reference_date is None:
        return ""
    return f"/?{urlencode({'periode': str(one.period), 'stand': one.reference_date.isoformat()})}"


def _withdrawal(live: Live, one: Publication) -> str:
    """Describe the effect of withdrawing; empty when there is nothing to withdraw."""
    if one.state != "published" or one.is_example:
        return ""
    if not one.shown:
        return "Deze publicatie wordt nu niet getoond; op de kaart verandert niets."
    if one.follows is not None:
        before = live.store.publication(one.follows)
        when = time_word(before.published_at)
        return f"Daarna wordt de publicatie van {when} ({before.file_name}) weer getoond."
    return (
        "Voor deze peildatum is er geen eerdere publicatie: de cijfers verdwijnen van de kaart. Heeft het halfjaar dan "
        "geen enkele echte publicatie meer, dan staan er weer oefencijfers."
    )


def _against(
    live: Live, one: Publication, figures: pd.DataFrame, report: FileReport | None
) -> tuple[DifferencesView, ...]:
    """Compare figures with the previous publication of the moment, and with the month before."""
    store, views = live.store, []
    draft = one.state == "draft"
    if one.follows is not None:
        before = store.publication(one.follows)
        views.append(
            differences_view(
                of_moment(store.figures(before.id), one),
                figures,
                live.world.names,
                key="vorige",
                title="Wat er verandert" if draft else "Verschil met de vorige publicatie van deze peildatum",
                against=f"de publicatie van {time_word(before.published_at)} ({before.file_name})",
                path=path_of(before.id),
                headings=("Was", "Wordt" if draft else "Werd"),
            )
        )
    month = _month_before(store, one, report)
    if month is not None:
        views.append(
            differences_view(
                store.figures(month.id),
                figures,
                live.world.names,
                key="maand",
                title="Verschil met de vorige peildatum",
                against=f"de stand van {moment_word(month)}",
                path=path_of(month.id),
                headings=("Toen", "Nu"),
            )
        )
    return tuple(views)


def _month_before(store: Store, one: Publication, report: FileReport | None) -> Publication | None:
    """Previous real publication in the half-year: the one compared with, or the current one."""
    if one.period is None or one.reference_date is None:
        return None
    for against in () if report is None else report.compared_to:
        if against.what == "previous_month" and against.publication is not None:
            return store.publication(against.publication)
    earlier = [day for day in one.period.reference_dates if day < one.reference_date]
    for day in reversed(earlier):
        shown = store.shown_on(one.period, day)
        if shown is not None and not shown.is_example:
            return shown
    return None


def _map(live: Live, one: Publication, figures: pd.DataFrame, report: FileReport | None) -> MapView:
    """Draw the map with changes outlined: of the same moment's figures, or of the status."""
    moment = moment_word(one)
    if one.follows is not None:
        before = of_moment(live.store.figures(one.follows), one)
        keys = ["gm_code", "net_target", "opening_balance", "corrected_target", "realised"]
        both = before[keys].merge(figures[keys], how="outer", indicator=True)
        codes = set(both.loc[both["_merge"] != "both", "gm_code"].astype(str))
        why = (
            f"Omlijnd: {labels.municipalities(len(codes))} met een ander cijfer dan nu op de kaart staat."
            if codes
            else "Alle cijfers zijn gelijk aan wat nu op de kaart staat."
        )
        return map_view(live, figures, codes, why, moment)
    month = _month_before(live.store, one, report)
    if month is None:
        later = one.period is not None and any(
            (shown := live.store.shown_on(one.period, day)) is not None and not shown.is_example
            for day in one.period.reference_dates
        )
        which = f"eerder in {one.period}" if later else f"van {one.period}"
        why = f"Er zijn nog geen echte cijfers {which}; er is niets omlijnd."
        return map_view(live, figures, (), why, moment)
    then = statuses(live, live.store.figures(month.id))
    now = statuses(live, figures)
    codes = set(now.index[(now.astype(str) != then.astype(str)).to_numpy()])
    why = (
        f"Omlijnd: {labels.municipalities(len(codes))} met een andere status dan op {moment_word(month)}."
        if codes
        else f"Geen gemeente heeft een andere status dan op {moment_word(month)}."
    )
    return map_view(live, figures, codes, why, moment)


def _publish(live: Live, one: Publication, report: FileReport | None, seen: str) -> PublishView:
    stops = () if report is None else report.stops
    choosing = [found for found in stops if found.kind in CHOOSABLE]
    ready = report is not None and report.publishable(accepted_asks=True)
    why_not = "Het bestand is niet te lezen; bied het opnieuw aan."
    if choosing:
        why_not = (
            "Dit kan nog niet worden gepubliceerd: kies eerst wat wij niet uit het bestand kunnen afleiden, of "
            "verbeter het bestand en bied het opnieuw aan."
        )
    elif stops:
        why_not = (
            "Dit kan nog niet worden gepubliceerd: los eerst op wat onder Los dit eerst op staat, in het bestand of "
            "met een andere keuze."
        )
    return PublishView(
        ready=ready,
        why_not=why_not,
        asks=0 if report is None else len(report.asks),
        todo="niet te lezen" if report is None else todo(report),
        seen=seen,
        note=one.note,
        source=source_name(one.source),
        published_on="" if one.published_on is None else one.published_on.isoformat(),
        today=today().isoformat(),
        effect=_effect(live, one),
    )


def _effect(live: Live, one: Publication) -> str:
    if one.period is None or one.reference_date is None:
        return ""
    if one.follows is not None:
        return (
            f"Deze cijfers vervangen wat nu over {moment_word(one)} op de kaart staat. De vorige publicatie blijft te "
            "lezen en komt terug als u deze intrekt."
        )
    if str(one.period) in live.world.snapshot.example_periods:
        return (
            f"Vanaf dan staan van {one.period} alleen echte cijfers op de kaart; de oefencijfers van dat "
            "halfjaar verdwijnen."
        )
    return f"De cijfers van {moment_word(one)} komen erbij op de kaart."


def _steps(
    report: FileReport | None, drawn: MapView | None, earlier: tuple[DifferencesView, ...], publish: PublishView
) -> tuple[ProgressStep, ...]:
    if report is None:
        unread = ProgressStep("gelezen", "Gelezen", "stops", "niet te lezen")
        rest = (("gecontroleerd", "Gecontroleerd"), ("kaart", "Kaart"), ("publiceren", "Publiceren"))
        return (unread, *(ProgressStep(key, word, "waits", "nog niet") for key, word in rest))
    choosing = sum(found.kind in CHOOSABLE for found in report.stops)
    read = ProgressStep("gelezen", "Gelezen", "done", labels.municipalities(report.summary.municipalities))
    if choosing:
        read = replace(read, state="stops", note=f"{choosing} te kiezen")
    counts = Counter(found.weight for found in report.findings)
    checked = ProgressStep("gecontroleerd", "Gecontroleerd", "done", "geen vragen")
    if counts[Weight.STOPS]:
        stops = counts[Weight.STOPS]
        checked = replace(checked, state="stops", note=f"{stops} op te lossen")
    elif counts[Weight.ASKS]:
        checked = replace(checked, state="asks", note=f"{counts[Weight.ASKS]} te controleren")
    changed = next((view for view in earlier if view.key == "vorige"), None)
    shown = ProgressStep("kaart", "Kaart", "waits", "nog niet te tekenen")
    if drawn is not None:
        note = (
            "nog niet eerder gepubliceerd"
            if changed is None
            else f"{labels.municipalities(changed.municipalities)} anders"
        )
        shown = replace(shown, state="done", note=note)
    last = ProgressStep("publiceren", "Publiceren", "open" if publish.ready else "waits", "nog niet")
    if publish.ready:
        last = replace(last, note="kan nu")
    return (read, checked, shown, last)
