"""What lies around the municipalities: land abroad, waters and towns, set by hand.

There is no data of Germany and Belgium in the boundary file, so their land is schematic: a coast of a few points west
of the Zwin and east of the Dollard. Its other side runs under the municipalities, some kilometres inside the border,
where nothing but land is drawn on top. All coordinates are kilometres, EPSG:28992.
"""

from __future__ import annotations

from typing import Final

from geo.topology import Line

_COAST_OF_BELGIUM: Final = (
    (-220.0, 270.0), (-112.9, 327.0), (-93.4, 337.2), (-56.5, 344.4), (-41.6, 349.4), (-18.0, 363.8), (1.9, 374.1),
    (8.7, 375.7), (14.2, 378.0),
)  # fmt: skip
_INSIDE: Final = (
    (18.5, 376.5), (26.0, 370.5), (45.0, 368.5), (60.0, 370.5), (66.0, 372.5), (72.0, 373.0),
    # The Schelde, where Belgium begins in the water.
    (75.5, 373.5), (79.0, 375.0),
    (82.0, 378.0), (85.0, 390.0), (110.0, 396.0), (130.0, 394.0), (140.0, 388.0), (165.0, 380.0), (190.0, 375.0),
    (198.0, 390.0), (195.0, 403.0), (189.0, 416.0), (188.0, 425.0), (192.0, 434.0), (205.0, 440.0), (225.0, 448.0),
    (245.0, 465.0), (248.0, 490.0), (232.0, 505.0), (235.0, 520.0), (255.0, 530.0), (262.0, 550.0), (265.0, 570.0),
    (268.0, 577.5), (274.0, 583.0),
)  # fmt: skip
_COAST_OF_GERMANY: Final = (
    (276.4, 584.7), (278.3, 588.6), (279.2, 592.5), (280.4, 594.2), (276.4, 596.0), (270.0, 595.2), (264.1, 594.6),
    (262.8, 600.5), (265.4, 612.8), (268.5, 622.0), (271.6, 628.5), (281.4, 633.8), (299.2, 634.9), (315.0, 639.3),
    (329.5, 638.1), (337.6, 618.4), (335.9, 610.5), (344.2, 618.6), (347.8, 628.8), (364.6, 621.7), (360.8, 633.8),
    (371.5, 659.9), (399.3, 657.9), (600.0, 700.0), (600.0, 100.0), (-220.0, 100.0),
)  # fmt: skip
_BORKUM: Final = ((238.6, 622.8), (242.0, 625.5), (247.2, 624.7), (245.5, 621.5), (241.5, 620.2))
_JUIST: Final = ((256.0, 632.6), (267.5, 635.2), (267.5, 634.2), (257.6, 632.0))

ABROAD: Final[tuple[Line, ...]] = tuple(
    tuple((round(x * 1000), round(y * 1000)) for x, y in (*ring, ring[0]))
    for ring in ((*_COAST_OF_BELGIUM, *_INSIDE, *_COAST_OF_GERMANY), _BORKUM, _JUIST)
)
"""Rings of land abroad, in metres; they reach well beyond the national drawing."""

COUNTRIES: Final = {"België": (112.0, 345.0), "Duitsland": (258.0, 405.0)}
WATERS: Final = {
    "Noordzee": (52.0, 515.0),
    "IJsselmeer": (158.0, 537.0),
    "Waddenzee": (152.0, 590.0),
    "Markermeer": (145.0, 508.0),
    "Westerschelde": (47.0, 380.5),
    "Oosterschelde": (53.0, 400.5),
}
"""Middles of the names; that of a water appears from the scale at which it keeps off the land."""

PROVINCES: Final = {
    "PV20": (238.0, 598.0), "PV21": (187.0, 560.0), "PV22": (232.0, 540.0), "PV23": (231.0, 488.0),
    "PV24": (175.0, 516.0), "PV25": (207.0, 457.5), "PV26": (142.0, 443.0), "PV27": (118.0, 535.0),
    "PV28": (95.0, 421.0), "PV29": (44.0, 369.5), "PV30": (114.0, 386.0), "PV31": (194.0, 350.0),
}  # fmt: skip
"""Middles of the names of provinces: beside the foremost towns rather than on them."""

TOWNS: Final = {
    "GM0363": (121.5, 487.0),
    "GM0599": (92.5, 437.0),
    "GM0518": (80.5, 454.5),
    "GM0344": (136.5, 456.0),
    "GM0014": (233.8, 582.0),
    "GM0772": (161.0, 383.0),
    "GM0935": (176.5, 318.0),
    "GM0202": (190.5, 444.5),
    "GM0193": (203.0, 503.0),
    "GM0080": (182.5, 579.5),
    "GM0687": (32.0, 391.5),
    "GM0153": (257.5, 471.5),
    "GM0758": (112.5, 400.5),
    "GM0034": (143.5, 487.5),
    "GM0855": (133.5, 397.0),
    "GM0796": (149.0, 411.0),
    "GM0268": (187.5, 428.5),
    "GM0106": (233.5, 556.5),
    "GM0200": (194.5, 469.5),
    "GM0995": (160.5, 501.5),
    "GM0114": (257.5, 534.0),
    "GM0983": (209.0, 375.5),
    "GM0361": (111.5, 516.5),
    "GM0307": (155.0, 463.5),
    "GM0392": (103.5, 488.5),
    "GM0505": (105.5, 424.5),
    "GM0546": (93.5, 464.0),
    "GM0400": (112.5, 552.0),
}
"""Centres of towns that are named on the whole country, the one that matters most first; by code of municipality."""

SPOKEN: Final = {"GM0518": "Den Haag", "GM0796": "Den Bosch"}
"""Names on the map where the register has a longer one that few people say."""
