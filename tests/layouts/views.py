"""Sample view of the panel, for tests to modify."""

from dataclasses import replace
from datetime import date
from typing import Any

from data.periods import HalfYear
from layouts.panel import CardLinks, Figure, HalfYearBox, MunicipalityView, Rank

PERIOD = HalfYear(2022, 1)


def view(**changed: Any) -> MunicipalityView:
    """View after three months: 30 to house, 9 housed, 15 expected."""
    sound = MunicipalityView(
        gm_code="GM0001",
        name="Aanwal",
        province="Zeeland",
        province_code="PV29",
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
        since="sinds begin 2021 (2 halfjaren)",
        needed_per_month=7.0,
        behind_per_1000=1.5,
        inhabitants=Figure(14_000, "published"),
        months_in=PERIOD.reference_dates[:-1],
        realised_in=(2, 0, 7, None, None, None),
        quality_in=("published", "estimated", "simulated", None, None, None),
        average_needed=5.0,
        half_years=(
            HalfYearBox("2021-I", "met", "Gehaald", 1.2, 6, False),
            HalfYearBox("2021-II", "no_data", "Geen cijfers", None, 6, False),
            HalfYearBox("2022-I", "slightly_behind", "Iets achter op schema", 0.3, 3, True),
        ),
        links=CardLinks(
            "/gemeente/GM0001", "/provincie/PV29", "/vergelijk?gebieden=GM0001", "/bezoek?bezoek=GM0001", "/dossier.pdf"
        ),
        ranks=(Rank(12, 340, "Nederland"), Rank(3, 13, "Zeeland")),
        source="proefcijfers",
        example=False,
    )
    return replace(sound, **changed)
