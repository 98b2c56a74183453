"""The rules of the diagnosis as one table: condition, text and questions.

A rule states what the figures say, not the cause and not who is to blame. Its condition is written in
words that a reader can check against the figures on the same page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from data.analysis.diagnosis import conditions as when
from data.analysis.diagnosis.facts import LATE_MONTHS, Facts
from data.analysis.supervision import SAME_SLOPE, TREND_HALF_YEARS
from data.formatting import percentage
from data.progress import FEW, Status

_LAGS = "De gemeente loopt achter op schema"
_SLOPE = percentage(SAME_SLOPE)
_TREND = f"berekend over de laatste {TREND_HALF_YEARS} halfjaren die voorbij zijn, of zoveel er bekend zijn"
_NOT_STILL = f"Niet als er dit halfjaar na {when.STILL_MONTHS} of meer maanden nog niemand is gehuisvest."
_NOT_FEW = f"Niet bij minder dan {FEW} personen die te huisvesten zijn: dan maakt één gezin te veel verschil."
_WELL, _WHOLE = "een derde", "twee derde"  # WELL and AS_A_WHOLE


@dataclass(frozen=True)
class Diagnosis:
    """A rule's result for one municipality, in Dutch."""

    key: str
    title: str
    text: str
    condition: str
    """Condition in words."""
    questions: tuple[str, ...]
    """Questions for a visit."""
    themes: tuple[str, ...]
    """Themes of practices that may help; see `data.practices.THEMES`."""


@dataclass(frozen=True)
class Rule:
    """A row of the table."""

    key: str
    title: str
    condition: str
    """In Dutch, for readers who check it."""
    holds: Callable[[Facts], bool]
    text: str
    """Template with the fields of :func:`data.analysis.diagnosis.phrases.figures_in_words`; those that it
    uses are known where the rule holds."""
    questions: tuple[str, ...]
    themes: tuple[str, ...] = ()

    def finding(self, words: Mapping[str, str]) -> Diagnosis:
        """Fill the text with the fields of :func:`data.analysis.diagnosis.phrases.figures_in_words`."""
        text = self.text.format_map(words)
        return Diagnosis(self.key, self.title, text, self.condition, self.questions, self.themes)


RULES: Final[tuple[Rule, ...]] = (
    # Current state.
    Rule(
        "no_figures",
        "Geen cijfers",
        "Van deze peildatum is niet bekend hoeveel mensen te huisvesten zijn, of hoeveel er zijn gehuisvest.",
        lambda facts: facts.status == Status.NO_DATA,
        "Van {name} zijn er op {day} geen cijfers over {period}. Hoe de gemeente ervoor staat, is daarom "
        "niet te zeggen.",
        ("Welke cijfers houdt u zelf bij over de mensen die bij u komen wonen?",),
        ("administration",),
    ),
    Rule(
        "no_task",
        "Niets te huisvesten dit halfjaar",
        "De taakstelling met de beginstand verrekend is nul of lager.",
        when.has_no_task,
        "De taakstelling van {name} voor {period}, met de beginstand verrekend, is {corrected_signed}: er is dit "
        "halfjaar niets te huisvesten.",
        (
            "Welke gemeente in de buurt zou u kunnen helpen, en waarmee?",
            "Hoe houdt u zicht op woningen als de taakstelling weer hoger wordt?",
        ),
        ("regional_coordination",),
    ),
    Rule(
        "met",
        "Gehaald",
        "Er zijn minstens zoveel mensen gehuisvest als te huisvesten waren.",
        when.has_met,
        "{name} heeft de taakstelling voor {period} gehaald: op {day} was {share} gehuisvest ({realised}; te "
        "huisvesten: {corrected}).",
        (
            "Wat werkte bij u het best, en wat zou u andere gemeenten aanraden?",
            "Hoe houdt u dit vast als de taakstelling hoger wordt?",
        ),
        ("regional_coordination",),
    ),
    Rule(
        "just_begun",
        "Het halfjaar begint pas",
        "De peildatum is de eerste dag van het halfjaar: er wordt nog niets verwacht. Er zijn mensen te "
        "huisvesten, en dat is nog niet gelukt.",
        when.just_begun,
        "Op {day} begint {period}. Te huisvesten in {name}: {corrected}. Achterlopen kan pas na de eerste maand.",
        ("Welke woningen verwacht u dit halfjaar, en wat kan er nu al geregeld worden?",),
    ),
    Rule(
        "on_schedule",
        "Op schema",
        "Er zijn minstens zoveel mensen gehuisvest als na dit aantal maanden te verwachten is (een zesde per "
        "maand), maar nog niet iedereen.",
        lambda facts: when.has_status(facts, Status.ON_SCHEDULE),
        "{name} ligt op schema: op {day} was {share} gehuisvest, waar na {months} {expected} te "
        "verwachten is. Nog te huisvesten: {remaining}.",
        ("Wat maakt dat het dit halfjaar gelijkmatig gaat?",),
        ("placement",),
    ),
    # Duration.
    Rule(
        "structural",
        "Al lang niet gehaald",
        f"De taakstelling is {when.STRUCTURAL} of meer halfjaren op rij niet gehaald, geteld tot en met het "
        "laatste halfjaar dat voorbij is.",
        when.structural,
        "{since} haalde {name} de taakstelling niet, geteld tot en met {tested}.",
        (
            "Wat heeft u in die jaren geprobeerd, en wat hielp?",
            "Welke woningen komen er de komende twee jaar bij, en voor wie zijn die bedoeld?",
            "Wat heeft u nodig van corporaties, regio of Rijk om in te lopen?",
        ),
        ("conversion", "tenancy", "quick_scan", "regional_coordination"),
    ),
    Rule(
        "repeated",
        "Vaker niet gehaald",
        f"De taakstelling is 2 tot en met {when.STRUCTURAL - 1} halfjaren op rij niet gehaald, en het "
        "halfjaar daarvoor wel.",
        lambda facts: when.missed_between(facts, 2, when.STRUCTURAL - 1, may_be_higher=False),
        "{since} haalde {name} de taakstelling niet, geteld tot en met {tested}. Daarvoor wel.",
        (
            "Wat is er veranderd sinds het halfjaar waarin het nog wel lukte?",
            "Welke afspraken met corporaties lopen er nu, en wat leveren die op?",
        ),
        ("tenancy", "placement"),
    ),
    Rule(
        "recent",
        "Sinds kort niet gehaald",
        "Het laatste halfjaar dat voorbij is, is niet gehaald, en het halfjaar daarvoor wel.",
        lambda facts: when.missed_between(facts, 1, 1, may_be_higher=False),
        "{name} haalde de taakstelling in {tested} niet; in het halfjaar daarvoor wel.",
        ("Wat speelde er in het halfjaar waarin het niet lukte, en speelt dat nog?",),
        ("placement",),
    ),
    Rule(
        "unknown_since",
        "Onbekend sinds wanneer",
        f"De taakstelling is 1 tot en met {when.STRUCTURAL - 1} halfjaren op rij niet gehaald; of het "
        "halfjaar daarvoor wel is gehaald, is niet bekend.",
        lambda facts: when.missed_between(facts, 1, when.STRUCTURAL - 1, may_be_higher=True),
        "{name} haalde de taakstelling minstens {missed_in_a_row} niet, geteld tot en met {tested}. Van de "
        "tijd daarvoor zijn er geen cijfers die hiermee te vergelijken zijn.",
        ("Hoe lang speelt dit volgens uw eigen cijfers al?",),
        ("administration",),
    ),
    # Direction.
    Rule(
        "recovering",
        "Op de weg terug",
        "Het laatste halfjaar dat voorbij is, is niet gehaald, maar wat nog moet neemt per halfjaar af met "
        f"meer dan {_SLOPE} van de taakstelling, {_TREND}. {_NOT_STILL} {_NOT_FEW}",
        when.recovering,
        "Wat {name} nog moet, nam in de halfjaren tot en met {tested} gemiddeld af met {slope} van de "
        "taakstelling per halfjaar.",
        (
            "Wat doet u anders dan eerst, en wat daarvan werkt?",
            "Wat is er nodig om dit vast te houden?",
        ),
        ("placement", "regional_coordination"),
    ),
    Rule(
        "worsening",
        "De achterstand groeit",
        "Het laatste halfjaar dat voorbij is, is niet gehaald, en wat nog moet neemt per halfjaar toe met "
        f"meer dan {_SLOPE} van de taakstelling, {_TREND}. Dit halfjaar loopt de gemeente achter op schema "
        f"of begint het pas, en de taakstelling van dit halfjaar zelf is nog niet gehaald. {_NOT_FEW}",
        when.worsening,
        "Wat {name} nog moet, nam in de halfjaren tot en met {tested} gemiddeld toe met {slope} van de "
        "taakstelling per halfjaar.",
        (
            "Waar loopt het nu het meest op vast: woningen, koppelingen of iets anders?",
            "Welke gebouwen of plekken zijn nog niet bekeken?",
        ),
        ("quick_scan", "conversion", "support"),
    ),
    # Composition of the backlog.
    Rule(
        "raised_target",
        "Achter na een hogere taakstelling",
        f"{_LAGS}. De taakstelling van dit halfjaar is minstens de helft hoger dan die van het halfjaar "
        "ervoor, en dat halfjaar is gehaald.",
        when.raised,
        "De taakstelling van {name} ging van {before_net} in {before} naar {net} in {period}. {before} "
        "werd gehaald; nu loopt {name} {backlog} achter op schema.",
        (
            "Hoe heeft u zich op de hogere taakstelling kunnen voorbereiden?",
            "Wat is er al in gang gezet om dit aantal aan te kunnen?",
        ),
        ("conversion", "tenancy", "quick_scan"),
    ),
    Rule(
        "carried_over",
        "Vooral van eerder",
        f"{_LAGS}. De achterstand bij de start van het halfjaar is groter dan wat er dit halfjaar op de "
        "eigen taakstelling achterloopt.",
        lambda facts: when.mostly_carried_over(facts) is True,
        "{name} begon {period} met een achterstand van {carried}. Op de taakstelling van dit halfjaar zelf "
        "loopt {name} {own_backlog} achter.",
        ("Wat zou helpen om de oude achterstand los van de nieuwe taakstelling aan te pakken?",),
        ("conversion", "regional_coordination"),
    ),
    Rule(
        "made_now",
        "Vooral van dit halfjaar",
        f"{_LAGS}. Wat er dit halfjaar op de eigen taakstelling achterloopt, is minstens zo groot als de "
        "achterstand bij de start.",
        lambda facts: when.mostly_carried_over(facts) is False,
        "Op de taakstelling van {period} zelf loopt {name} {own_backlog} achter. Gehuisvest na {months}: "
        "{realised}, van {net}.",
        ("Wat houdt plaatsingen dit halfjaar op: te weinig woningen, of te weinig passende koppelingen?",),
        ("placement", "tenancy"),
    ),
    Rule(
        "lead_spent",
        "Voorsprong niet genoeg",
        f"{_LAGS}, terwijl het halfjaar met een voorsprong begon.",
        when.lead_is_spent,
        "{name} begon {period} met een voorsprong van {carried}, en loopt nu {backlog} achter op schema.",
        ("Hoe kijkt u nu naar de voorsprong waarmee u begon?",),
        ("placement",),
    ),
    Rule(
        "old_backlog",
        "Dit halfjaar bij, eerder nog niet",
        "Er zijn minstens zoveel mensen gehuisvest als de taakstelling van dit halfjaar zelf vraagt, maar er "
        "staat nog iets open van eerdere halfjaren.",
        when.old_backlog,
        "{name} heeft de taakstelling van {period} zelf gehaald ({realised}; gevraagd: {net}). Nog open van "
        "eerdere halfjaren: {remaining}.",
        ("Wat ging er dit halfjaar goed, en kan dat tempo nog even zo blijven?",),
        ("regional_coordination",),
    ),
    Rule(
        "one_household",
        "Eén gezin maakt het verschil",
        f"{_LAGS}, met hoogstens {when.HOUSEHOLD} personen of van "
        f"hoogstens {when.SMALL_TARGET} personen die te huisvesten zijn. Een gezin dat samen komt, telt vaak "
        f"{when.HOUSEHOLD} personen.",
        when.one_household,
        "{name} loopt {backlog} achter op schema; te huisvesten: {corrected}. Bij zulke aantallen maakt één "
        "gezin het verschil.",
        (
            "Voor welk huishouden zoekt u nu een woning, en wat is daar nog voor nodig?",
            "Wat zou ruilen van huishoudens met een andere gemeente voor u kunnen betekenen?",
        ),
        ("placement", "regional_coordination"),
    ),
    Rule(
        "stood_still",
        "Nog niemand dit halfjaar",
        f"Er is dit halfjaar nog niemand gehuisvest, terwijl er {when.STILL_MONTHS} of meer maanden voorbij "
        "zijn en er mensen te huisvesten zijn.",
        when.stood_still,
        "In {period} is in {name} na {months} nog niemand gehuisvest; te huisvesten: {corrected}.",
        (
            "Welke plaatsingen zijn al bijna rond, en wat is daar nog voor nodig?",
            "Welke woningen komen er in de komende maanden vrij?",
        ),
        ("quick_scan", "placement", "tenancy"),
    ),
    Rule(
        "last_minute",
        "Vooral aan het eind",
        f"In de eerdere halfjaren samen (hoogstens 4, minstens {when.LEAST_HALF_YEARS}) kwam meer dan "
        f"{percentage(when.LATE)} in de laatste {LATE_MONTHS} maanden. Bij een gelijk tempo is dat een "
        "derde.",
        when.late,
        "In de {half_years_before} voor {period} viel meer dan de helft van wie is gehuisvest in de "
        "laatste twee maanden van het halfjaar ({late} van {done_before}). Een achterstand halverwege zegt "
        "hier dus minder.",
        ("Hoe komt het dat plaatsingen vaak aan het eind van het halfjaar vallen?",),
        ("administration", "placement"),
    ),
    # Comparison with others.
    Rule(
        "region_does_well",
        "De regio doet het goed",
        f"{_LAGS}. Van de andere gemeenten in de regio (minstens {when.LEAST_OTHERS} met cijfers) loopt "
        f"hoogstens {_WELL} achter. De regio is het COROP-gebied, of anders de arbeidsmarktregio of de "
        "provincie.",
        lambda facts: when.others_do_well(facts, when.region(facts)),
        "Van de {region_count} andere gemeenten in {region_name} {region_lag}.{region_together}",
        (
            "Welke gemeente in de regio zou u iets willen vragen, en wat?",
            "Wat is er bij u anders dan bij de gemeenten om u heen?",
        ),
        ("regional_coordination",),
    ),
    Rule(
        "region_lags",
        "Ook de regio loopt achter",
        f"{_LAGS}. Van de andere gemeenten in de regio (minstens {when.LEAST_OTHERS} met cijfers) loopt "
        f"minstens {_WHOLE} achter. De regio is het COROP-gebied, of anders de arbeidsmarktregio of de "
        "provincie.",
        lambda facts: when.others_lag(facts, when.region(facts)),
        "Van de {region_count} andere gemeenten in {region_name} {region_lag}.{region_together}",
        (
            "Wat pakt u in de regio samen op, en wat zou samen sneller gaan?",
            "Waar komen in de regio vraag en aanbod van woningen bij elkaar?",
        ),
        ("regional_coordination", "support"),
    ),
    Rule(
        "neighbour_done",
        "Buurgemeenten die klaar zijn",
        f"{_LAGS}, terwijl een of meer buurgemeenten de taakstelling hebben gehaald of niets te huisvesten hebben.",
        when.a_neighbour_is_done,
        "{neighbours_who_are_done} dit halfjaar niets meer te huisvesten: {neighbours_done}.",
        ("Hoe vaak spreekt u de gemeenten naast u hierover?",),
        ("regional_coordination",),
    ),
    Rule(
        "peers_do_well",
        "Gemeenten die erop lijken doen het goed",
        f"{_LAGS}. Van de gemeenten die er in inwoners en dichtheid het meest op lijken (hoogstens 10, "
        f"minstens {when.LEAST_OTHERS} met cijfers) loopt hoogstens {_WELL} achter.",
        lambda facts: when.others_do_well(facts, facts.peers),
        "Van de {peers_count} gemeenten die het meest op {name} lijken, {peers_lag}.{peers_together}",
        ("Welke gemeente van uw soort zou u eens willen zien, en wat zou u daar vragen?",),
        ("placement", "tenancy"),
    ),
    Rule(
        "peers_lag",
        "Gemeenten die erop lijken lopen ook achter",
        f"{_LAGS}. Van de gemeenten die er in inwoners en dichtheid het meest op lijken (hoogstens 10, "
        f"minstens {when.LEAST_OTHERS} met cijfers) loopt minstens {_WHOLE} achter.",
        lambda facts: when.others_lag(facts, facts.peers),
        "Van de {peers_count} gemeenten die het meest op {name} lijken, {peers_lag}.{peers_together}",
        ("Wat maakt het huisvesten lastig voor gemeenten van uw soort?",),
        ("conversion", "quick_scan"),
    ),
)
"""All rules, in the order of their findings."""
