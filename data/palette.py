"""Colours and patterns of the map classes, on screen and on paper.

Blue is on schedule, orange is behind, grey is unknown. Fills are solid on screen: they differ for every
kind of colour blindness. In print, in forced colours and on request all that is behind also has a hatch,
denser the further behind, so that the two sides differ in greyscale too. Lines have a contrast of 3 to
their ground (WCAG 2.2, 1.4.11), and so have borders between municipalities.
"""

from typing import Final

from data.measures import MEASURES

#: Fill, hatch colour, pattern, and hatch spacing in drawing units.
TONES: Final = {
    "none": ("#8a8f94", "#33383d", "cross", 36),
    "idle": ("#fffffd", "#82909d", "dots", 40),
    "a3": ("#08519c", "", "", 0),
    "a2": ("#3f8ac4", "", "", 0),
    "a1": ("#93c4ea", "", "", 0),
    "mid": ("#c5c4be", "#66655e", "level", 40),
    "b1": ("#ffd2a1", "#a5661a", "hatch", 44),
    "b2": ("#f5ae62", "#8f4f10", "hatch", 34),
    "b3": ("#d9681e", "#5a2203", "hatch", 27),
    "b4": ("#983a08", "#f3b98c", "hatch", 21),
}

#: Fills on which a white border would not be seen, and the colour of the border there.
PALE: Final = ("idle", "a1", "mid", "b1", "b2")
ON_PALE: Final = "#4f5c68"

#: Tone of each class of each measure, by key.
CLASS_TONES: Final = {key: measure.tones for key, measure in MEASURES.items()}
