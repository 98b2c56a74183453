"""Footer of the page: sources and licences."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.attributes import marked
from layouts.shell import page_link


def footer(
    *, title: str, ground: str, licence: str, year: int, version: str, example: str,
    pages: Sequence[tuple[str, str, str]] = (),
) -> list[Component]:  # fmt: skip
    """Build the footer.

    Parameters
    ----------
    title : name of the source of the figures
    ground, licence, year : source, licence and year of the boundaries
    version : version of the figures
    example : which figures are an example, see `data.formatting.example_name`; empty when none are
    pages : key, label and address of the pages whose links stand here
    """
    links = [page_link(*page) for page in pages]
    quality = "kwaliteit staat bij elk cijfer"
    if example:
        of_them = "van oefencijfers " if " in" in example else ""
        quality = f"{of_them}taakstelling berekend, beginstand en aantal gehuisvest gesimuleerd"
    return [
        html.Span([html.Strong("Cijfers: "), f"{title}; {quality} (versie {version[:8]})."]),
        html.Span([html.Strong("Grenzen: "), f"{ground}, gemeenten {year}, {licence}."]),
        html.Span([html.Strong("Rekenregels: "), "Huisvestingswet 2014, artikel 29."]),
        *([marked(html.Nav([html.Strong("Over deze site: "), *links]), aria_label="Over deze site")] if links else []),
    ]
