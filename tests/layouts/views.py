"""Sample view of the panel, for tests to modify."""

from dataclasses import replace
from datetime import date
from typing import Any

from data.periods import HalfYear
from layouts.panel import Figure, MunicipalityView, Rank

PERIOD = HalfYear(2022, 1)


def view(**changed: Any) -> MunicipalityView:
    """View after three months: 30 to house, 9 housed, 15 expected."""
    sound = MunicipalityView(
        gm_code="GM0001",
        name="Aanwal",
        province="Zeeland",
        period=str(PERIOD),
        reference_date=date(2022, 4, 1),
        months=3,
        status="slightly_behind",
        status_label="Iets achter op schema",
        net_target=Figure(26, "computed"),
        opening_balance=Figure(-4, "estimated"),
        corrected_target=Figure(30, "published"),
        reckoned_corrected_target=Figure(30, "estimated"),
        realised=Figure(9, "simulated"),
        remaining=Figure(21, "simulated"),
        share=0.3,
        expected_share=0.5,
        missed=2,
        behind_per_1000=1.5,
        inhabitants=Figure(14_000, "published"),
        reference_dates=PERIOD.reference_dates,
        realised_on=(0, 2, 2, 9, None, None, None),
        expected_on=(0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0),
        realised_in=(2, 0, 7, None, None, None),
        quality_on=("published", "published", "estimated", "simulated", None, None, None),
        quality_in=("published", "estimated", "simulated", None, None, None),
        average_needed=5.0,
        ranks=(Rank(12, 340, "Nederland"), Rank(3, 13, "Zeeland")),
        source="proefcijfers",
        example=False,
    )
    return replace(sound, **changed)
