"""Drafts: what the store keeps of how a file was read."""

import pandas as pd

from data.ingest.drafts import MOST_NAMES, unknown_names


def test_unknown_names_are_listed_once_with_their_cells() -> None:
    lines = pd.DataFrame(
        {
            "sheet": ["Mei"] * 7,
            "row": range(3, 10),
            "printed": ["Utregt"] * 5 + ["Aa", None],
            "gm_code": [None] * 5 + ["GM0001", None],
        }
    )
    (name,) = unknown_names(lines)
    assert name["printed"] == "Utregt"
    assert name["places"].startswith("blad Mei, rij 3; blad Mei, rij 4")
    assert name["places"].endswith("en 1 meer")
    many = pd.DataFrame(
        {"sheet": "Mei", "row": range(200), "printed": [f"Naam {at}" for at in range(200)], "gm_code": None}
    )
    assert len(unknown_names(many)) == MOST_NAMES
