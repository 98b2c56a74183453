"""The foot of the page: where everything comes from, under which licence."""

from dash import html
from dash.development.base_component import Component


def footer(*, title: str, ground: str, licence: str, year: int, version: str, example: str) -> list[Component]:
    """Write sources and licences.

    Parameters
    ----------
    title : name of the source of the figures
    ground, licence, year : who drew the boundaries, under which licence, of which year
    version : of the figures
    example : what of the figures is an example, as `data.formatting.example_name` says it; empty when nothing is
    """
    quality = "kwaliteit staat bij elk cijfer"
    if example:
        whole = " in" not in example
        quality = f"{'' if whole else 'van het voorbeeld '}taakstelling berekend, realisatie en saldi gesimuleerd"
    return [
        html.Span([html.Strong("Cijfers: "), f"{title}; {quality} (versie {version[:8]})."]),
        html.Span([html.Strong("Grenzen: "), f"{ground}, gemeenten {year}, {licence}."]),
        html.Span([html.Strong("Rekenregels: "), "Huisvestingswet 2014, artikel 29."]),
    ]
