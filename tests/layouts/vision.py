"""Simulation of colour vision deficiencies, with colour distance and contrast."""

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]

#: Linear RGB to linear RGB. The first three: Machado, Oliveira and Fernandes, "A Physiologically-based
#: Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), 2009, table 1 at severity 1.0
#: (inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation). Grey simulates a printer without colours:
#: the luminance of ITU-R BT.709.
VISIONS = {
    "all colours": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}

# sRGB to XYZ with white D65, IEC 61966-2-1.
_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]],
)


def linear(colour: str) -> Vector:
    """Linear RGB of "#rgb" or "#rrggbb"."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    parts = np.array([int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def distance(one: str, other: str, vision: str) -> float:
    """Colour distance in CIE L*a*b* (ΔE*ab of 1976; the just noticeable difference is some 2.3)."""
    seen = [np.clip(VISIONS[vision] @ linear(colour), 0, 1) for colour in (one, other)]
    return float(np.linalg.norm(_lab(seen[0]) - _lab(seen[1])))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21, as WCAG 2.1 defines it."""
    dark, light = sorted(float(VISIONS["grey"][0] @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _lab(rgb: Vector) -> Vector:
    x, y, z = (
        part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29
        for part in (_XYZ @ rgb) / _XYZ.sum(axis=1)
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
