"""A board to draw charts on: an empty page with our styles, and a spec of every kind of chart."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx
from playwright.sync_api import FloatRect, Locator, Page, ViewportSize

Spec = Mapping[str, Any]

HALF_YEARS: Final = [f"{year}-{half}" for year in range(2019, 2025) for half in ("I", "II")][:11]
MONTHS: Final = ["feb", "mrt", "apr", "mei", "jun", "jul"]
NARROW: Final[ViewportSize] = {"width": 320, "height": 640}

SHARE: Final = {
    "classes": [
        {"key": key, "label": label, "note": "", "lower": lower, "upper": upper, "tone": tone}
        for key, label, lower, upper, tone in (
            ("no_data", "Geen cijfers", None, None, "none"),
            ("no_task", "Geen opgave", None, None, "idle"),
            ("under_50", "Minder dan 50 %", None, 0.5, "b2"),
            ("under_100", "50 tot 100 %", 0.5, 1, "a1"),
            ("met", "100 % of meer", 1, None, "a3"),
        )
    ],
}

LINES: Final[Spec] = {
    "label": "Percentage gerealiseerd",
    "description": "Acht gebieden eindigen dicht bij elkaar.",
    "note": "Stand aan het einde van elk halfjaar",
    "quality": "gesimuleerd",
    "format": "percentage",
    "categories": HALF_YEARS,
    "now": 6,
    "series": [
        {"name": f"Gebied {n}", "values": [0.5 + 0.03 * n, None, *(0.6 + 0.01 * n for _ in range(9))]} for n in range(8)
    ],
    "level": {"name": "verwacht", "values": [1] * 11},
}
RANKS: Final[Spec] = {
    "label": "Plaats in het land",
    "description": "Van 40 naar 1.",
    "categories": HALF_YEARS,
    "reverse": True,
    "series": [{"name": "Nederland", "values": [40, 33, 21, 18, 9, 4, 1, 7, 12, 19, 26]}],
}
BARS: Final[Spec] = {
    "label": "Gehuisvest per maand",
    "description": "Twee van zes maanden zijn gesimuleerd.",
    "quality": ["gepubliceerd"] * 4 + ["gesimuleerd"] * 2,
    "axis": "Maand",
    "categories": MONTHS,
    "series": [{"name": "gerealiseerd", "values": [4, 0, 1200, None, 7, 3], "muted": [False] * 4 + [True] * 2}],
    "level": {"name": "nodig", "values": [52.4] * 6, "format": "one"},
}
BALANCE: Final[Spec] = {
    "label": "Saldo",
    "description": "Voorsprong wordt achterstand.",
    "format": "signed",
    "balance": True,
    "categories": HALF_YEARS,
    "series": [{"name": "saldo", "values": [30, 12, 0, -4, -9, -30, None, 5, 8, -1, -60]}],
}
STEPS: Final[Spec] = {
    "label": "Saldo van halfjaar op halfjaar",
    "description": "Het derde halfjaar begint 5 lager dan het tweede eindigde.",
    "categories": HALF_YEARS[:4],
    "steps": [
        {"opening": -10, "realised": 30, "target": 25},
        {"opening": -5, "realised": 40, "target": 20},
        {"opening": 10, "realised": 12, "target": 50},
        {"opening": -28, "realised": None, "target": 40},
    ],
}
#: Where the dots of the first area lie; many alike, one beyond the edge, one unknown.
SPREAD: Final = [0, 0, 0, 0.4, 0.4, 0.4, 0.4, 0.41, 0.8, 1.2, 2.6, None]
STRIP: Final[Spec] = {
    "label": "Provincies en hun gemeenten",
    "description": "Twee provincies, dertien gemeenten.",
    "quality": "gesimuleerd",
    "format": "percentage",
    "measure": "Percentage",
    "most": 2,
    "level": {"name": "verwacht", "value": 0.5},
    "tones": [{"tone": "b3", "name": "Achter"}, {"tone": "a3", "name": "Gehaald"}],
    "rows": [
        {
            "key": "PV01",
            "name": "Eerste provincie",
            "href": "#PV01",
            "value": 0.4,
            "dots": [
                {
                    "key": f"GM{n:04}",
                    "name": f"Gemeente {n}",
                    "href": f"#GM{n:04}",
                    "value": value,
                    "tone": "b3" if (value or 0) < 1 else "a3",
                    "word": "Achter" if (value or 0) < 1 else "Gehaald",
                }
                for n, value in enumerate(SPREAD)
            ],
        },
        {
            "key": "PV02",
            "name": "Tweede provincie",
            "href": "#PV02",
            "value": 0.9,
            "dots": [
                {"key": "GM0100", "name": "Zuid", "href": "#GM0100", "value": 0.9, "tone": "a1"},
                {"key": "GM0101", "name": "Noord", "href": "#GM0101", "value": 0.7, "tone": "a1"},
            ],
        },
    ],
}
HEAT: Final[Spec] = {
    "label": "Percentage per halfjaar",
    "description": "Twee provincies, elf halfjaren.",
    "format": "percentage",
    "axis": "Provincie",
    "categories": HALF_YEARS,
    "now": 9,
    "scales": [SHARE["classes"]],
    "rows": [
        {"key": "PV01", "name": "Een", "href": "#PV01", "values": [0.49, 0.5, 0.99, 1, 2, None, *[0.7] * 5]},
        {"key": "PV02", "name": "Tweede", "href": None, "values": [0.2] * 11, "classes": [1, *[2] * 10]},
    ],
}  # fmt: skip
ALL: Final[Sequence[tuple[str, Spec]]] = [
    ("lines", LINES),
    ("lines", RANKS),
    ("bars", BARS),
    ("bars", BALANCE),
    ("steps", STEPS),
    ("strip", STRIP),
    ("heat", HEAT),
]


class Board:
    """An empty page with our styles and security policy, on which charts are drawn."""

    def __init__(self, page: Page, server: str) -> None:
        front = httpx.get(f"{server}/samenwerking")
        (folder,) = re.findall(r'src="([^"]*/)main\.js"', front.text)
        self.script = f"{folder}charts/index.js"
        styles = "".join(re.findall(r"<style>.*?</style>", front.text, re.DOTALL))
        policy = front.headers["Content-Security-Policy"]
        body = (
            '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Grafieken</title>'
            f'<meta name="viewport" content="width=device-width,initial-scale=1">{styles}</head>'
            '<body><main style="padding: 8px"><h1>Grafieken</h1></main></body></html>'
        )
        page.route(
            "**/board",
            lambda route: route.fulfill(
                body=body, content_type="text/html", headers={"Content-Security-Policy": policy}
            ),
        )
        page.goto(f"{server}/board")
        self.page = page

    def draw(self, kind: str, spec: Spec, name: str = "chart") -> Locator:
        """Draw a chart into the figure of a name, and lend that figure."""
        self.page.evaluate(
            """async ([script, kind, spec, name]) => {
              const charts = await import(script);
              let figure = document.getElementById(name);
              if (!figure) {
                figure = charts.emptyFigure("");
                figure.id = name;
                document.querySelector("main").append(figure);
              }
              charts[kind](figure, spec);
            }""",
            [self.script, kind, spec, name],
        )
        return self.page.locator(f"#{name}")

    def draw_all(self) -> list[Locator]:
        """Draw every kind of chart, one below the other."""
        return [self.draw(kind, spec, f"chart-{n}") for n, (kind, spec) in enumerate(ALL)]


def table(figure: Locator, which: int = 0) -> list[list[str]]:
    """The cells of a chart's table, header first, in plain spaces."""
    rows = figure.locator("details table").nth(which).locator("tr").all()
    return [[plain(cell) for cell in row.locator("th, td").all_text_contents()] for row in rows]


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def boxes(marks: Locator) -> list[FloatRect]:
    found = [mark.bounding_box() for mark in marks.all()]
    return [box for box in found if box is not None]


def touch(one: FloatRect, other: FloatRect) -> bool:
    """Whether two boxes cover each other by more than the hair that fonts stick out."""
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return across > 1 and down > 2
