"""The rules of the headline as tables: condition and words.

The first finding that holds is the headline; of the sentences after it all that hold are told. A rule says what the
figures say, not why. In a text `[haalde|haalden]` is the form for one and for more of what `count` counts; the other
fields are those of :func:`data.analysis.headline.words.in_words`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Final

from data.analysis.headline.facts import HeadlineFacts


def _many(_: HeadlineFacts) -> int:
    return 2


def _always(_: HeadlineFacts) -> bool:
    return True


@dataclass(frozen=True)
class HeadlineRule:
    """A row of a table."""

    key: str
    holds: Callable[[HeadlineFacts], bool]
    text: str
    count: Callable[[HeadlineFacts], int] = _many


def _lagging(facts: HeadlineFacts) -> int:
    return facts.lagging


def _realised(facts: HeadlineFacts) -> int:
    return facts.realised


def _known(facts: HeadlineFacts) -> int:
    return facts.known


def _remaining(facts: HeadlineFacts) -> int:
    return facts.remaining


def _begins_with_task(facts: HeadlineFacts) -> bool:
    return facts.begins and facts.remaining > 0


_START: Final = (
    HeadlineRule(
        "begins",
        _begins_with_task,
        "Op {day} begint het halfjaar: de gemeenten{inside} moeten samen {remaining_people} huisvesten.",
    ),
    HeadlineRule(
        "begins_ahead",
        lambda facts: facts.begins,
        "Op {day} begint het halfjaar: de gemeenten{inside} hebben samen niets te huisvesten.",
    ),
)
_NO_FIGURES: Final = HeadlineRule(
    "no_figures", lambda facts: facts.known == 0, "Van de gemeenten{inside} zijn er op {day} geen cijfers."
)
_STATUS: Final = (
    _NO_FIGURES,
    *_START,
    HeadlineRule(
        "all_met",
        lambda facts: facts.ends and facts.lagging == 0,
        "[De enige gemeente met cijfers{inside} haalde|Alle {known} gemeenten{inside} haalden] de taakstelling.",
        _known,
    ),
    HeadlineRule(
        "none_met",
        lambda facts: facts.ends and facts.lagging == facts.known,
        "[De enige gemeente met cijfers{inside} haalde de taakstelling niet|"
        "Geen van de {known} gemeenten{inside} haalde de taakstelling].",
        _known,
    ),
    HeadlineRule(
        "some_met",
        lambda facts: facts.ends,
        "{lagging} van {known} gemeenten{inside} [haalde|haalden] de taakstelling niet.",
        _lagging,
    ),
    HeadlineRule(
        "none_lag",
        lambda facts: facts.lagging == 0,
        "Op {day}, {stage}, ligt [de enige gemeente met cijfers{inside} niet|geen van de {known} gemeenten{inside}] "
        "achter op schema.",
        _known,
    ),
    HeadlineRule(
        "all_lag",
        lambda facts: facts.lagging == facts.known,
        "Op {day}, {stage}, [ligt de enige gemeente met cijfers|liggen alle {known} gemeenten]{inside} achter op "
        "schema.",
        _known,
    ),
    HeadlineRule(
        "some_lag",
        _always,
        "Op {day}, {stage}, [ligt|liggen] {lagging} van {known} gemeenten{inside} achter op schema.",
        _lagging,
    ),
)
_SHARE: Final = (
    _NO_FIGURES,
    *_START,
    HeadlineRule("nothing", lambda facts: facts.target <= 0, "De gemeenten{inside} hebben samen niets te huisvesten."),
    HeadlineRule(
        "share_met",
        lambda facts: facts.share >= 1,
        "{share} is gehuisvest{inside}: {realised_people}, waar {target} nodig [was|waren].",
        lambda facts: facts.target,
    ),
    HeadlineRule("share", _always, "{share} is gehuisvest{inside}: {realised} van {target_people}."),
)
_PER_1000: Final = (
    _NO_FIGURES,
    *_START,
    HeadlineRule(
        "per_1000_unknown",
        lambda facts: isnan(facts.backlog_per_1000),
        "Niet van alle gemeenten{inside} is het aantal inwoners bekend.",
    ),
    HeadlineRule(
        "per_1000_behind",
        lambda facts: facts.sixths > 0,
        "De gemeenten{inside} liggen samen {per_1000} mensen per 1.000 inwoners achter op schema.",
    ),
    HeadlineRule("per_1000_ahead", _always, "De gemeenten{inside} liggen samen op schema."),
)
_CHANGE: Final = (
    _NO_FIGURES,
    HeadlineRule(  # a note over the map says why there is no comparison
        "not_compared",
        lambda facts: facts.compared == 0,
        "{realised_people} [kreeg|kregen]{inside} sinds de start van het halfjaar een woning.",
        _realised,
    ),
    HeadlineRule(
        "none_lower",
        lambda facts: facts.lower == 0,
        "[De enige vergelijkbare gemeente{inside} huisvestte geen kleiner deel|"
        "Geen van de {compared} gemeenten{inside} huisvestte een kleiner deel] dan een halfjaar eerder.",
        lambda facts: facts.compared,
    ),
    HeadlineRule(
        "some_lower",
        _always,
        "{lower} van {all_compared}{inside} [huisvestte|huisvestten] een kleiner deel dan een halfjaar eerder.",
        lambda facts: facts.lower,
    ),
)
_MISSED: Final = (
    HeadlineRule("not_counted", lambda facts: facts.counted == 0, "Er is nog geen afgesloten halfjaar met cijfers."),
    HeadlineRule(
        "long",
        lambda facts: facts.long > 0,
        "{long} van {all_counted}{inside} [haalde|haalden] de taakstelling vier halfjaren of langer op rij niet.",
        lambda facts: facts.long,
    ),
    HeadlineRule(
        "missed_last",
        lambda facts: facts.missed > 0,
        "{missed} van {all_counted}{inside} [haalde|haalden] de taakstelling van {tested} niet.",
        lambda facts: facts.missed,
    ),
    HeadlineRule(
        "met_last",
        _always,
        "[De enige gemeente met cijfers{inside} haalde|Alle {all_counted}{inside} haalden] de taakstelling van "
        "{tested}.",
        lambda facts: facts.counted,
    ),
)

_ONE_NO_FIGURES: Final = HeadlineRule(
    "no_figures", lambda facts: facts.known == 0, "Van {name} zijn er op {day} geen cijfers."
)
_ONE_STATUS: Final = (
    _ONE_NO_FIGURES,
    HeadlineRule(
        "no_task",
        lambda facts: facts.target <= 0,
        "{name} heeft dit halfjaar niets te huisvesten: de voorsprong dekt de hele taakstelling.",
    ),
    HeadlineRule(
        "met",
        lambda facts: facts.ends and facts.remaining <= 0,
        "{name} haalde de taakstelling: {realised_people} [kreeg|kregen] een woning.",
        _realised,
    ),
    HeadlineRule(
        "met_already",
        lambda facts: facts.remaining <= 0,
        "{name} heeft de taakstelling op {day} al gehaald: {realised_people} [kreeg|kregen] een woning.",
        _realised,
    ),
    HeadlineRule(
        "missed",
        lambda facts: facts.ends,
        "{name} haalde de taakstelling niet: er [moet|moeten] nog {remaining_people} een woning krijgen.",
        _remaining,
    ),
    HeadlineRule(
        "begins", _begins_with_task, "Op {day} begint het halfjaar: {name} moet {remaining_people} huisvesten."
    ),
    HeadlineRule(
        "behind",
        lambda facts: facts.sixths > 0,
        "{name} ligt op {day} achter op schema: {share} is gehuisvest, {expected} was verwacht.",
    ),
    HeadlineRule(
        "on_schedule",
        _always,
        "{name} ligt op {day} op schema: {share} is gehuisvest, {expected} was verwacht.",
    ),
)
_ONE_PER_1000: Final = (
    *_ONE_STATUS[:2],
    HeadlineRule(
        "per_1000_unknown",
        lambda facts: isnan(facts.backlog_per_1000),
        "Het aantal inwoners van {name} is niet bekend.",
    ),
    HeadlineRule(
        "per_1000_behind",
        lambda facts: facts.sixths > 0,
        "{name} ligt {per_1000} mensen per 1.000 inwoners achter op schema.",
    ),
    HeadlineRule("per_1000_on", lambda facts: facts.sixths == 0, "{name} ligt precies op schema."),
    HeadlineRule("per_1000_ahead", _always, "{name} ligt {per_1000} mensen per 1.000 inwoners voor op schema."),
)
_ONE_CHANGE: Final = (
    _ONE_NO_FIGURES,
    HeadlineRule(
        "not_compared",
        lambda facts: facts.compared == 0,
        "In {name} [kreeg|kregen] {realised_people} sinds de start van het halfjaar een woning.",
        _realised,
    ),
    HeadlineRule(
        "lower",
        lambda facts: facts.change < 0,
        "In {name} is het aandeel gehuisvest {points} lager dan een halfjaar eerder.",
    ),
    HeadlineRule(
        "higher",
        lambda facts: facts.change > 0,
        "In {name} is het aandeel gehuisvest {points} hoger dan een halfjaar eerder.",
    ),
    HeadlineRule("same", _always, "In {name} is het aandeel gehuisvest even hoog als een halfjaar eerder."),
)
_ONE_MISSED: Final = (
    HeadlineRule("not_counted", lambda facts: facts.counted == 0, "Van {name} is nog geen afgesloten halfjaar bekend."),
    HeadlineRule("missed", lambda facts: facts.most > 1, "{name} haalde de taakstelling niet {since}."),
    HeadlineRule("missed_last", lambda facts: facts.most == 1, "{name} haalde de taakstelling van {tested} niet."),
    HeadlineRule("met_last", _always, "{name} haalde de taakstelling van {tested}."),
)

FINDINGS: Final[Mapping[str, Mapping[bool, tuple[HeadlineRule, ...]]]] = {
    "status": {False: _STATUS, True: _ONE_STATUS},
    "share": {False: _SHARE, True: _ONE_STATUS},
    "behind_per_1000": {False: _PER_1000, True: _ONE_PER_1000},
    "change": {False: _CHANGE, True: _ONE_CHANGE},
    "missed": {False: _MISSED, True: _ONE_MISSED},
}
"""By measure, for more municipalities and for one."""

_GAPS: Final = HeadlineRule(
    "gaps",
    lambda facts: 0 < facts.known < facts.municipalities,
    "Van {unknown} [gemeente|gemeenten] zijn er geen cijfers.",
    lambda facts: facts.municipalities - facts.known,
)
_SINCE: Final = HeadlineRule(
    "since", lambda facts: facts.known > 0 and facts.most > 1, "De taakstelling is niet gehaald {since}."
)
_NEEDED: Final = HeadlineRule(
    "needed",
    lambda facts: 0 < facts.months < 6 and facts.remaining > 0,
    "Er [moet|moeten] tot {end} nog {remaining_people} een woning krijgen, {needed} per maand.",
    _remaining,
)


def _named(key: str) -> Callable[[HeadlineFacts], bool]:
    """Whether there is someone to name, after the first day."""
    return lambda facts: bool(facts.furthest[key]) and facts.known > 0 and not facts.begins


MORE: Final[Mapping[str, Mapping[bool, tuple[HeadlineRule, ...]]]] = {
    "status": {
        False: (
            _GAPS,
            HeadlineRule(
                "long",
                lambda facts: facts.known > 0 and facts.long > 0,
                "{long} [gemeente haalde|gemeenten haalden] de taakstelling vier halfjaren of langer op rij niet.",
                lambda facts: facts.long,
            ),
            HeadlineRule("furthest", _named("status"), "Het verst achter: {furthest_status}."),
        ),
        True: (_NEEDED, _SINCE),
    },
    "share": {
        False: (
            _GAPS,
            HeadlineRule(
                "expected", lambda facts: facts.target > 0 and 0 < facts.months < 6, "Verwacht was {expected}."
            ),
            HeadlineRule("lowest", _named("share"), "Het laagste aandeel: {furthest_share}."),
        ),
        True: (_NEEDED, _SINCE),
    },
    "behind_per_1000": {
        False: (
            _GAPS,
            HeadlineRule("furthest", _named("behind_per_1000"), "Het verst achter: {furthest_behind_per_1000}."),
        ),
        True: (_NEEDED, _SINCE),
    },
    "change": {
        False: (
            HeadlineRule(
                "higher",
                lambda facts: facts.higher > 0,
                "{higher} [gemeente huisvestte|gemeenten huisvestten] een groter deel.",
                lambda facts: facts.higher,
            ),
            HeadlineRule(
                "fallen",
                _named("change"),
                "Het sterkst gedaald: {furthest_change}.",
            ),
        ),
        True: (_NEEDED,),
    },
    "missed": {
        False: (HeadlineRule("longest", lambda facts: facts.most > 1, "Het langst: {longest}, {since}."),),
        True: (),
    },
}
