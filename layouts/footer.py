"""The foot of the page: where everything comes from, under which licence."""

from dash import html
from dash.development.base_component import Component


def footer(
    *, title: str, ground: str, licence: str, year: int, version: str, example: bool
) -> list[Component]:
    """Write sources and licences.

    Parameters
    ----------
    title : name of the source of the figures
    ground, licence, year : who drew the boundaries, under which licence, of which year
    version : of the figures
    example : whether the figures are an example
    """
    quality = (
        "taakstelling berekend, realisatie en saldi gesimuleerd"
        if example
        else "kwaliteit staat bij elk cijfer"
    )
    return [
        html.Span([html.Strong("Cijfers: "), f"{title}; {quality} (versie {version[:8]})."]),
        html.Span([html.Strong("Grenzen: "), f"{ground}, gemeenten {year}, {licence}."]),
        html.Span([html.Strong("Rekenregels: "), "Huisvestingswet 2014, artikel 29."]),
    ]
