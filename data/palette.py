"""Colours and patterns of the map classes, on screen and on paper.

Blue is on schedule, orange is behind, grey is unknown. Fills are solid on screen: they differ for every
kind of colour blindness. In print, in forced colours and on request all that is behind also has a hatch,
denser the further behind, so that the two sides differ in greyscale too.
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

#: Tone of each class of each measure, by key.
CLASS_TONES: Final = {key: measure.tones for key, measure in MEASURES.items()}
