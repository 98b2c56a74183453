"""Texts of the page of visits: schedule, calendar and quality."""

from dataclasses import replace

import pytest

from layouts.visits import LEADING, VisitStanding, appointment_lines, round_half_up

ONE = VisitStanding(
    gm_code="GM0001",
    name="'s-Hier",
    province="Zeeland",
    path="/gemeente/GM0001",
    status="behind",
    status_label="Ver achter op schema",
    tone="b3",
    behind=12.5,
    corrected_target=1648,
    realised=783,
    remaining=865,
    share=783 / 1648,
    missed=7,
    since="sinds begin 2021",
    quality="simulated",
)


@pytest.mark.parametrize(
    ("status", "behind", "expected"),
    [
        ("behind", 12.5, "13 personen achter op schema"),
        ("behind", 1234.4, "1.234 personen achter op schema"),
        ("slightly_behind", 1.0, "1 persoon achter op schema"),
        ("slightly_behind", 0.3, "minder dan 1 persoon van schema"),
        ("met", -24.0, "24 personen voor op schema"),
        ("met", -0.5, "1 persoon voor op schema"),
        ("on_schedule", 0.0, "precies op schema"),
        ("on_schedule", -0.2, "minder dan 1 persoon van schema"),
        ("no_task", -3.0, "niets te huisvesten"),
        ("no_data", None, "geen cijfers"),
    ],
)
def test_schedule_in_words(status: str, behind: float | None, expected: str) -> None:
    assert replace(ONE, status=status, behind=behind).schedule == expected


def test_status_is_not_repeated() -> None:
    assert ONE.status_text == "Ver achter op schema: 13 personen achter op schema"
    assert replace(ONE, status="no_data", status_label="Geen cijfers", behind=None).status_text == "Geen cijfers"
    nothing = "Niets te huisvesten"
    assert replace(ONE, status="no_task", status_label=nothing, behind=-3.0).status_text == nothing


def test_halves_round_away_from_zero() -> None:
    assert [round_half_up(value) for value in (0.5, 1.5, 2.5, -0.5, -2.5, 2.4, -2.4)] == [
        1,
        2,
        3,
        -1,
        -3,
        2,
        -2,
    ]


def test_appointment_lines_have_date_quality_and_source() -> None:
    lines = appointment_lines(ONE, moment="1 juli 2024 (2024-I, na 6 maanden)", source="COA", example=True)
    assert lines == (
        "Oefencijfers: het aantal gehuisvest is gesimuleerd.",
        "Ver achter op schema: 13 personen achter op schema, stand op 1 juli 2024 (2024-I, na 6 maanden).",
        "Gehuisvest: 783 van 1.648 (48\u202f%); nog te huisvesten: 865.",
        "Niet gehaald sinds begin 2021 (7 halfjaren).",
        "Kwaliteit: gesimuleerd. Bron: COA.",
    )


def test_appointment_lines_of_unknown_figures() -> None:
    unknown = replace(ONE, status="no_data", status_label="Geen cijfers", behind=None, missed=None, quality=None)
    assert appointment_lines(unknown, moment="1 juli 2024", source="COA", example=False) == (
        "Geen cijfers, stand op 1 juli 2024.",
        "Kwaliteit: onbekend. Bron: COA.",
    )
    met = replace(ONE, missed=0, since="")
    assert "Het laatste afgesloten halfjaar is gehaald." in appointment_lines(met, moment="", source="", example=False)


def test_orders_have_a_leading_column() -> None:
    assert len(set(LEADING.values())) == len(LEADING) == 5
