"""Colours and patterns of the map classes, on screen and on paper.

Blue is on schedule, orange is behind, grey is unknown. Fills are solid on screen: they differ for every
kind of colour blindness. In print, in forced colours and on request all that is behind also has a hatch,
denser the further behind, so that the two sides differ in greyscale too.
"""

from typing import Final

from data.measures import MEASURES

#: Fill, hatch colour, pattern, and hatch spacing in drawing units.
TONES: Final = {
    "none": ("#8a8f94", "#5a6066", "cross", 36),
    "idle": ("#fffffd", "#93a1ae", "dots", 40),
    "a3": ("#08519c", "", "", 0),
    "a2": ("#3f8ac4", "", "", 0),
    "a1": ("#93c4ea", "", "", 0),
    "mid": ("#c5c4be", "#8d8c84", "level", 40),
    "b1": ("#ffd2a1", "#e0a355", "hatch", 44),
    "b2": ("#f5ae62", "#c9761f", "hatch", 34),
    "b3": ("#d9681e", "#a04408", "hatch", 27),
    "b4": ("#983a08", "#f3b98c", "hatch", 21),
}

#: Tone of each class of each measure, by key.
CLASS_TONES: Final = {key: measure.tones for key, measure in MEASURES.items()}
