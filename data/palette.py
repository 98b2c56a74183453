"""Colours and patterns of the map classes, on screen and on paper.

Blue is good, orange is behind, and everything behind also has a hatch, denser the further behind: the
two sides differ for every kind of colour blindness, in greyscale and in print. *No data* is white with
a cross-hatch of its own.
"""

from typing import Final

from data.measures import MEASURES

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
    key: {part.key: (part.label, part.tone) for part in measure.classes} for key, measure in MEASURES.items()
}
