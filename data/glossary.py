"""The vocabulary of the product: one Dutch word for each thing, with what it means.

Pages, tooltips, column heads, CSV files, dossiers and the page of explanation take their words from here;
`tests/test_words.py` finds the words that may not be used for the same things.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from data.formatting import slug

EXPLANATION: Final = "/uitleg"
"""Address of the page that explains every term; here, since links to it are part of a term."""

SOFT_HYPHEN: Final = "\u00ad"
"""Where a head may break; a terminal shows it as a hyphen."""


@dataclass(frozen=True)
class Term:
    """A word of the vocabulary."""

    key: str
    """In the code, and the head of the column in a CSV file for programs."""
    label: str
    """In Dutch, everywhere that has room for it."""
    meaning: str
    """In Dutch, one sentence that stands by itself."""
    short: str = ""
    """In Dutch, for the head of a narrow column, with soft hyphens; the label when empty."""
    more: str = ""
    """In Dutch, what else one may want to know; only on the page of explanation."""
    formula: str = ""
    """In Dutch, how it is reckoned, in the words of the vocabulary."""
    instead_of: tuple[str, ...] = ()
    """Words that people know for the same thing, and that the product does not use."""

    @property
    def head(self) -> str:
        """Head of a narrow column."""
        return self.short or self.label

    @property
    def anchor(self) -> str:
        """Fragment on the page of explanation."""
        return slug(self.label)

    @property
    def path(self) -> str:
        """Address of the explanation."""
        return f"{EXPLANATION}#{self.anchor}"


_FIGURES: Final = (
    Term(
        "net_target",
        "Taakstelling",
        "Het aantal mensen met een verblijfsvergunning dat een gemeente dit halfjaar een woning moet geven.",
        short=f"Taak{SOFT_HYPHEN}stelling",
        more="Het Rijk maakt het landelijke aantal bekend. Elke gemeente krijgt een deel naar haar aantal inwoners "
        "(Huisvestingswet 2014, artikel 29).",
        formula="landelijke taakstelling × inwoners van de gemeente ÷ inwoners van Nederland",
        instead_of=("opgave", "opgaven", "netto taakstelling"),
    ),
    Term(
        "opening_balance",
        "Beginstand",
        "Wat een gemeente meeneemt uit eerdere halfjaren: een achterstand (−) of een voorsprong (+) bij de start.",
        more="Wie vorig halfjaar te weinig mensen huisvestte, begint met een achterstand. Wie er meer huisvestte "
        "dan moest, begint met een voorsprong.",
        instead_of=("saldo", "saldi", "beginsaldo", "eindsaldo", "startsaldo"),
    ),
    Term(
        "corrected_target",
        "Te huisvesten",
        "De taakstelling, met de achterstand bij de start erbij of de voorsprong eraf.",
        more="Dit is het aantal mensen dat voor het einde van het halfjaar een woning moet hebben. Is de voorsprong "
        "groter dan de taakstelling, dan is er niets te huisvesten.",
        formula="taakstelling + achterstand bij de start, of taakstelling − voorsprong bij de start",
        instead_of=("gecorrigeerde taakstelling", "gecorrigeerd", "bruto taakstelling"),
    ),
    Term(
        "realised",
        "Gehuisvest",
        "Het aantal mensen dat sinds het begin van het halfjaar een woning in de gemeente heeft gekregen.",
        short=f"Gehuis{SOFT_HYPHEN}vest",
        more="Het COA telt. Het aantal kan ook dalen, bijvoorbeeld als een minderjarige naar een andere gemeente "
        "verhuist. Wat een gemeente zelf telt kan daarom anders zijn.",
        instead_of=("gerealiseerd", "gerealiseerde", "realisatie", "realisaties", "gerealiseerden"),
    ),
    Term(
        "remaining",
        "Nog te huisvesten",
        "Het aantal mensen dat nog een woning moet krijgen; een getal onder nul is een voorsprong.",
        more="Van een gebied met meer gemeenten is dit de som: een voorsprong van de ene gemeente gaat af van wat "
        "de andere nog moet doen.",
        formula="te huisvesten − gehuisvest",
        instead_of=("nog te realiseren", "te realiseren", "nog te doen"),
    ),
    Term(
        "shortfall",
        "Nog te huisvesten, zonder voorsprongen",
        "Wat gemeenten samen nog moeten doen als een voorsprong van de ene gemeente niet meetelt voor de andere.",
        short="Nog, zonder voorsprongen",
        more="Een woning in de ene gemeente helpt iemand die in de andere een woning moet krijgen pas als de "
        "gemeenten daar afspraken over maken. Daarom staan beide getallen er.",
        instead_of=("tekort", "tekorten"),
    ),
    Term(
        "share",
        "Aandeel gehuisvest",
        "Het deel van wie te huisvesten is, dat nu een woning heeft.",
        short="Aandeel",
        more="Bij 100 % is de taakstelling met achterstand of voorsprong gehaald. Is er niets te huisvesten, dan "
        "is er geen aandeel.",
        formula="gehuisvest ÷ te huisvesten",
        instead_of=("percentage gerealiseerd", "realisatiepercentage", "aandeel gerealiseerd"),
    ),
    Term(
        "expected_share",
        "Verwacht aandeel",
        "Het aandeel dat op deze peildatum gehuisvest zou zijn als het elke maand even hard gaat.",
        short="Verwacht",
        more="Na één maand een zesde (17 %), na drie maanden de helft en na zes maanden alles. Zo'n gelijk tempo "
        "staat niet in de wet; het is een maat om gemeenten onderweg te kunnen vergelijken.",
        formula="aantal maanden ÷ 6",
    ),
    Term(
        "pace",
        "Tempo",
        "Tempo laat zien of een gemeente op schema ligt: bij 100 % is precies genoeg gehuisvest voor deze datum.",
        formula="aandeel gehuisvest ÷ verwacht aandeel",
    ),
    Term(
        "behind_schedule",
        "Achter op schema",
        "Hoeveel mensen er minder zijn gehuisvest dan op deze peildatum verwacht; onder nul is vóór op schema.",
        more="Een gemeente loopt achter als zij minder mensen heeft gehuisvest dan haar verwachte aandeel. Aan het "
        "einde van het halfjaar is dit gelijk aan wat nog te huisvesten is.",
        formula="te huisvesten × verwacht aandeel − gehuisvest",
    ),
    Term(
        "behind_per_1000",
        "Achter op schema per 1.000 inwoners",
        "Het aantal mensen achter op schema, per 1.000 inwoners van de gemeente.",
        short="Per 1.000 inw.",
        more="Zo zijn grote en kleine gemeenten te vergelijken. Het gaat om de inwoners waarmee de taakstelling is "
        "berekend.",
        formula="achter op schema ÷ inwoners × 1.000",
    ),
    Term(
        "remaining_per_1000",
        "Nog te huisvesten per 1.000 inwoners",
        "Het aantal mensen dat nog een woning moet krijgen, per 1.000 inwoners van de gemeente.",
        short="Nog per 1.000 inw.",
        formula="nog te huisvesten ÷ inwoners × 1.000",
    ),
    Term(
        "change",
        "Verandering",
        "Het verschil in aandeel gehuisvest met dezelfde maand van het vorige halfjaar, in procentpunten.",
        more="Bij kleine gemeenten maakt één gezin al een groot verschil. Kijk daar liever naar de aantallen.",
        formula="aandeel nu − aandeel een halfjaar eerder",
    ),
    Term(
        "missed",
        "Halfjaren op rij niet gehaald",
        "Hoeveel halfjaren achter elkaar er aan het einde minder mensen waren gehuisvest dan moest.",
        short="Op rij niet gehaald",
        more="Alleen halfjaren die voorbij zijn tellen. Met ≥ kunnen het er meer zijn: van het halfjaar daarvoor "
        "zijn er geen cijfers. Het getal zegt niet hoe dat komt.",
        instead_of=("gemist", "gemiste", "halfjaren gemist"),
    ),
    Term(
        "missed_since",
        "Niet gehaald sinds",
        "Het halfjaar waarin de gemeente de taakstelling voor het eerst niet haalde, en daarna steeds niet.",
        short="Sinds",
        more="Staat er “of eerder”, dan beginnen de cijfers pas in dat halfjaar.",
    ),
    Term(
        "needed_per_month",
        "Nodig per maand",
        "Het aantal mensen dat elke maand een woning moet krijgen om het halfjaar te halen.",
        formula="nog te huisvesten ÷ maanden die resten",
    ),
    Term(
        "lagging",
        "Gemeenten achter op schema",
        "Het aantal gemeenten dat minder mensen heeft gehuisvest dan op deze peildatum verwacht.",
    ),
    Term(
        "status",
        "Status",
        "In woorden: of een gemeente op deze peildatum op schema ligt of de taakstelling heeft gehaald.",
        more="Tijdens het halfjaar telt of een gemeente op schema ligt. Aan het einde telt alleen of zij de "
        "taakstelling met achterstand of voorsprong heeft gehaald.",
    ),
    Term(
        "trend",
        "Trend",
        "Of wat aan het einde nog te huisvesten was de laatste vier halfjaren kleiner of groter werd.",
        more="Gerekend naar de gemiddelde taakstelling. Verandert het minder dan een tiende per halfjaar, dan heet "
        "het gelijk.",
    ),
    Term(
        "slope",
        "Verloop per halfjaar",
        "Hoeveel er per halfjaar bij komt of af gaat van wat nog te huisvesten is, als deel van de taakstelling.",
    ),
    Term(
        "backlog",
        "Achterstand",
        "Wat aan het einde van het halfjaar nog te huisvesten was, als dat boven nul ligt.",
    ),
    Term(
        "backlog_per_target",
        "Achterstand als deel van de taakstelling",
        "Wat aan het einde nog te huisvesten was, gedeeld door de taakstelling van dat halfjaar.",
        short="% van taakstelling",
        formula="nog te huisvesten ÷ taakstelling",
    ),
    Term(
        "inhabitants",
        "Inwoners",
        "Het aantal inwoners volgens het CBS op de datum waarmee de taakstelling is berekend.",
    ),
)

_MOMENTS: Final = (
    Term(
        "period",
        "Halfjaar",
        "De taakstelling geldt per halfjaar: I is 1 januari tot 1 juli, II is 1 juli tot 1 januari.",
    ),
    Term(
        "reference_date",
        "Peildatum",
        "De dag waarop is geteld; alles wat vanaf de start van het halfjaar tot die dag is gehuisvest telt mee.",
        instead_of=("toetsdatum", "toetsdatums", "meetdatum"),
    ),
    Term(
        "quality",
        "Kwaliteit",
        "Hoe zeker een cijfer is: gepubliceerd, berekend, geschat of gesimuleerd.",
        more="Van een som geldt de minst zekere kwaliteit van wat is opgeteld.",
    ),
    Term("source", "Bron", "Wie de cijfers bekend heeft gemaakt, of hoe ze zijn gemaakt."),
    Term(
        "example",
        "Oefencijfers",
        "Cijfers die laten zien hoe het product werkt: de taakstelling is berekend, wie is gehuisvest is gesimuleerd.",
        more="Ze zeggen niets over hoe een gemeente het deed. Zodra er echte cijfers van een halfjaar zijn, "
        "verdwijnen de oefencijfers van dat halfjaar.",
        instead_of=("voorbeeldcijfers", "voorbeeldcijfer"),
    ),
)

_PEOPLE: Final = (
    Term(
        "refugee",
        "Vergunninghouder",
        "Iemand die asiel heeft gevraagd en mag blijven, en dus een woning nodig heeft.",
        more="Ook wel statushouder genoemd. Het COA koppelt iemand aan een gemeente; die zoekt de woning.",
    ),
    Term(
        "collaboration",
        "Samenwerking",
        "Gemeenten die samen voor woningen zorgen en hun taakstellingen als één geheel bekijken.",
    ),
    Term(
        "merger",
        "Herindeling",
        "Op 1 januari kunnen gemeenten samengaan; hun cijfers van eerder zijn dan opgeteld.",
    ),
    Term(
        "pooling",
        "Samen huisvesten",
        "Gemeenten mogen hun taakstellingen onderling anders verdelen, als de som gelijk blijft.",
        more="Dat staat in artikel 29, tweede lid, van de Huisvestingswet 2014. Wie mensen overneemt krijgt een "
        "hogere taakstelling; wie mensen overdraagt een lagere.",
        instead_of=("verevenen", "verevening", "verevend", "vereveningen"),
    ),
    Term(
        "supervision",
        "Toezicht",
        "De provincie kijkt op 1 januari en 1 juli of gemeenten hun taakstelling hebben gehaald.",
        more="Zij beoordeelt zelf waarom het niet lukte en wat er moet gebeuren. Dat oordeel staat niet in deze "
        "cijfers.",
    ),
    Term(
        "ladder",
        "Interventieladder",
        "De zes treden van het toezicht, van signaleren tot en met het uitvoeren van een indeplaatsstelling.",
        more="1 signaleren; 2 en 3 gesprekken en afspraken over acties en termijnen; 4 een indeplaatsstelling "
        "aankondigen; 5 het besluit, met een termijn; 6 uitvoeren op kosten van de gemeente. Elke provincie heeft "
        "haar eigen regels voor wat wanneer gebeurt.",
    ),
    Term(
        "substitution",
        "Indeplaatsstelling",
        "De provincie regelt de huisvesting zelf, op kosten van een gemeente die haar taak niet uitvoert.",
        more="Zo staat het in artikel 124 van de Gemeentewet. De gemeente krijgt eerst een termijn om het alsnog "
        "te doen.",
    ),
    Term(
        "excusable",
        "Verschoonbaar",
        "Een achterstand waar een gemeente volgens de provincie niets aan kon doen.",
        more="Bijvoorbeeld omdat het COA te weinig mensen aan de gemeente koppelde.",
    ),
    Term(
        "colour",
        "Toezichtgroep",
        "Gewoon, aandacht of verscherpt: volgt uit het aantal halfjaren op rij niet gehaald, zoals de regels zeggen.",
        short="Groep",
        more="Elke provincie bepaalt haar eigen regels. Provincies noemen de groepen vaak groen, oranje en rood.",
    ),
)

SECTIONS: Final[Mapping[str, tuple[Term, ...]]] = {
    "Cijfers": _FIGURES,
    "Moment en zekerheid": _MOMENTS,
    "Mensen, samenwerking en toezicht": _PEOPLE,
}
"""The terms in the order of the page of explanation, by subject."""

TERMS: Final[Mapping[str, Term]] = {term.key: term for terms in SECTIONS.values() for term in terms}
"""The terms by key."""

COLUMNS: Final[Mapping[str, str]] = {
    "gm_code": "Gemeentecode",
    "name": "Gemeente",
    "province": "Provincie",
    "rules": "Regels",
    "order": "Volgorde",
    "visit_date": "Bezoek op",
    "publication": "Publicatie",
    "published_on": "Door de bron gepubliceerd",
    "published_at": "Hier gepubliceerd",
    "state": "Op de kaart",
}
"""Heads of columns that need no explanation, by key."""

QUALITY_MEANING: Final[Mapping[str, str]] = {
    "published": "precies zo bekendgemaakt door het Rijk, het COA of een andere bron",
    "computed": "met een vaste regel uit gepubliceerde cijfers gerekend",
    "estimated": "uit gepubliceerde cijfers afgeleid, maar niet zeker",
    "simulated": "verzonnen om mee te oefenen; trek er geen conclusies uit",
}
"""What a quality means, by key of `data.formatting.QUALITY`."""


def term(key: str) -> Term:
    """Look up a term.

    Raises
    ------
    KeyError
        When the vocabulary has no such term.
    """
    return TERMS[key]


def label(key: str) -> str:
    """Label of a term or column; errors as :func:`term`."""
    return COLUMNS[key] if key in COLUMNS else TERMS[key].label


def head(key: str) -> str:
    """Head of a narrow column; errors as :func:`term`."""
    return COLUMNS[key] if key in COLUMNS else TERMS[key].head
