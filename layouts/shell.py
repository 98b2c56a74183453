"""The shell of a page: masthead, controls, slots for the browser's own parts, footer.

A slot (`data-island`) stays empty in Dash's tree. Its content is in the first HTML, belongs to the
scripts in `assets/`, and moves into the slot once Dash has drawn the page (see
docs/decisions/0002-islands.md).
"""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import labels
from layouts.attributes import marked

THEME = {
    "primaryColor": "blue",
    "primaryShade": 8,  # the lightest on which white text has enough contrast
    "fontFamily": "var(--font)",
    "defaultRadius": "sm",
    "respectReducedMotion": True,
}


def slot(name: str) -> html.Div:
    """Make the empty place of one island."""
    return marked(html.Div(id=f"slot-{name}", className="slot"), data_island=name)


def page_link(key: str, label: str, address: str, section: str = "") -> html.A:
    """Write the link to a page, marked when it stands for the page in sight."""
    here = {"aria_current": "true"} if key == section else {}
    return marked(html.A(label, href=address), data_page_link=key, **here)


def navigation(pages: Sequence[tuple[str, str, str]], section: str = "") -> html.Nav:
    """Write the links to pages (key, label, address); `section` is the current one."""
    return marked(
        html.Nav(
            [page_link(*page, section) for page in pages],
            className="pages",
            id="pages",
        ),
        aria_label="Pagina's",
    )


def masthead(pages: Sequence[tuple[str, str, str]], section: str = "") -> html.Header:
    """Write the head of the page: what this is, its pages, and the way to a municipality."""
    return html.Header(
        [
            html.Div(
                [
                    html.H1("Land in beeld"),
                    html.P("Huisvesting van vergunninghouders per gemeente", className="tagline"),
                ],
                className="brand",
            ),
            marked(
                html.Button("Menu", type="button", className="menu"),
                data_action="menu",
                aria_expanded="false",
                aria_controls="pages",
            ),
            navigation(pages, section),
            slot("search"),
        ],
        className="masthead",
    )


def _folded(notice: str) -> html.Details:
    """Fold a notice to one line; the whole of it is a click away."""
    name, *_ = notice.partition(": ")
    short: list[Component | str] = [
        f"{name}, deels gesimuleerd: trek geen conclusies. ",
        html.Span("Meer", className="notice-more"),
    ]
    return html.Details([html.Summary(short), html.P(notice)])


def tabs() -> dmc.TabsList:
    """Make the tabs that swap the map for the table."""
    return marked(
        dmc.TabsList([dmc.TabsTab(label, value=key) for key, label in labels.TABS.items()], className="tabs"),
        aria_label="Weergave",
    )


def layout(
    *,
    pages: Sequence[tuple[str, str, str]],
    tab: str,
    notice: str | None,
    footer: Sequence[Component],
    section: str = "",
    with_map: bool = True,
) -> dmc.MantineProvider:
    """Compose the whole page.

    Parameters
    ----------
    pages, section : key, label and address of each page in the head; key of the current one
    tab : the one that is chosen at first
    notice : what must be known of these figures before reading them, or None
    footer : sources and licence
    with_map : whether the map and what stands around it are drawn; Dash's own copy always has them
    """
    stage = dmc.Tabs(
        [
            html.Div(
                [
                    tabs(),
                    slot("area-choice"),
                    slot("actions"),
                    slot("measures"),
                ],
                className="controls",
            ),
            dmc.TabsPanel(slot("map"), value="kaart", className="stage-panel"),
            dmc.TabsPanel(slot("table"), value="tabel", className="stage-panel"),
        ],
        id="tabs",
        value=tab,
        keepMounted=True,
        className="stage",
    )
    grid = html.Div(
        [
            marked(
                html.Section([slot("legend"), slot("tiles")], className="side"),
                aria_label="Legenda en stand",
            ),
            marked(html.Section(stage, className="centre"), aria_label="Kaart en tabel"),
            marked(
                html.Section([html.Div(id="panel"), slot("ranking")], className="detail"),
                aria_label="Gemeente",
            ),
            slot("timeline"),
        ],
        className="main",
    )
    head = html.Div(
        [
            html.A("Naar de inhoud", href="#content", className="skip"),
            html.A("Naar zoeken", href="#search", className="skip"),
            html.A("Naar de tijdlijn", href="#moment", className="skip skip-map") if with_map else None,
            masthead(pages, section),
            marked(html.Aside(_folded(notice), className="notice"), aria_label="Over deze cijfers") if notice else None,
            marked(html.Section(slot("remarks"), className="remarks-frame"), aria_label="Opmerkingen"),
            slot("trail"),
        ],
        className="head",
    )
    return dmc.MantineProvider(
        html.Div(
            [
                head,
                html.Main(
                    [*([slot("headline"), grid] if with_map else []), slot("below")],
                    id="content",
                    tabIndex=-1,
                ),
                html.Footer(
                    [html.A("Naar boven", href="#shell", className="to-top"), *footer],
                    className="footer",
                ),
                dcc.Store(id="view"),
                dcc.Store(id="panel-request"),
            ],
            className="shell",
            id="shell",
        ),
        theme=THEME,
        forceColorScheme="light",
    )
