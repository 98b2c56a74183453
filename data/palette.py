"""Colours, patterns and Dutch labels of the map classes, on screen and on paper.

Blue is good, orange is behind, and everything behind also has a hatch, denser the further behind: the
two sides differ for every kind of colour blindness, in greyscale and in print. *No data* is white with
a cross-hatch of its own.
"""

from typing import Final

#: Fill, hatch colour, pattern, and hatch spacing in drawing units.
TONES: Final = {
    "none": ("#ffffff", "#8b97a3", "cross", 36),
    "idle": ("#d9e0e6", "#93a1ae", "dots", 40),
    "a3": ("#08519c", "", "", 0),
    "a2": ("#3f8ac4", "", "", 0),
    "a1": ("#a6cee8", "", "", 0),
    "mid": ("#efeadd", "", "", 0),
    "b1": ("#fcdba6", "#e0ab5b", "hatch", 44),
    "b2": ("#f5ae62", "#c9761f", "hatch", 34),
    "b3": ("#d9681e", "#a04408", "hatch", 27),
    "b4": ("#983a08", "#f3b98c", "hatch", 21),
}

#: Label and tone of each class of each measure.
CLASSES: Final = {
    "status": {
        "no_data": ("Geen cijfers", "none"),
        "no_task": ("Geen opgave", "idle"),
        "met": ("Gehaald", "a3"),
        "on_schedule": ("Op schema", "a1"),
        "slightly_behind": ("Iets achter", "b1"),
        "behind": ("Achter", "b3"),
    },
    "share": {
        "no_data": ("Geen cijfers", "none"),
        "no_task": ("Geen opgave", "idle"),
        "under_25": ("Minder dan 25 %", "b3"),
        "under_50": ("25 tot 50 %", "b2"),
        "under_75": ("50 tot 75 %", "b1"),
        "under_100": ("75 tot 100 %", "a1"),
        "met": ("100 % of meer", "a3"),
    },
    "remaining_per_1000": {
        "no_data": ("Geen cijfers", "none"),
        "not_applicable": ("Niet van toepassing", "idle"),
        "far_ahead": ("0,5 of meer vooruit", "a3"),
        "done": ("Klaar, of tot 0,5 vooruit", "a1"),
        "under_half": ("Tot en met 0,5", "b1"),
        "under_one": ("Tot en met 1", "b2"),
        "under_two": ("Tot en met 2", "b3"),
        "two_or_more": ("Meer dan 2", "b4"),
    },
    "change": {
        "no_data": ("Geen vorig cijfer", "none"),
        "not_applicable": ("Toen of nu geen opgave", "idle"),
        "much_lower": ("40 punten of meer lager", "b3"),
        "lower": ("10 tot 40 punten lager", "b1"),
        "same": ("Minder dan 10 verschil", "mid"),
        "higher": ("10 tot 40 punten hoger", "a1"),
        "much_higher": ("40 punten of meer hoger", "a3"),
    },
    "missed": {
        "no_data": ("Nog geen halfjaar bekend", "none"),
        "not_applicable": ("Niet van toepassing", "idle"),
        "none": ("Geen", "a2"),
        "one": ("1 halfjaar", "b1"),
        "two": ("2 halfjaren", "b2"),
        "three": ("3 halfjaren", "b3"),
        "four_or_more": ("4 of meer", "b4"),
    },
}
