"""The legend and the choice of measures, as the first HTML has them."""

import app as application
from layouts.templating import rendered
from tests.layouts.page import Page


def legend(*counts: int, chosen: str = "") -> Page:
    entries = [
        {"key": key, "tone": "a3", "label": key, "note": "", "count": count, "chosen": key == chosen}
        for key, count in zip(("behind", "met", "no_data"), counts, strict=True)
    ]
    return Page(str(rendered("legend.html", measure="Status", meaning="Hoe het gaat.", entries=entries)))


def folded(page: Page) -> list[bool]:
    items = [item for item in page.all("li") if any("data-key" in inside.attributes for inside in item.inside)]
    return ["hidden" in item.attributes for item in items]


def test_classes_without_municipalities_are_folded_unless_chosen() -> None:
    assert folded(legend(12, 3, 0)) == [False, False, True]
    page = legend(0, 3, 0, chosen="behind")
    assert folded(page) == [False, False, True]
    assert page.one("button", data_key="behind").attributes["aria-pressed"] == "true"


def test_measures_are_radio_buttons_that_work_as_a_form() -> None:
    values = {"measures": [("status", "Status", True), ("share", "Aandeel", False)], "kept": [("stand", "2024-07-01")]}
    form = Page(str(rendered("measures.html", **values))).one("form", id="measures")
    inputs = [inside.attributes for inside in form.inside if inside.name == "input"]
    assert [(each["type"], each["name"], each["value"]) for each in inputs] == [
        ("radio", "kleur", "status"), ("radio", "kleur", "share"), ("hidden", "stand", "2024-07-01"),
    ]  # fmt: skip
    assert ["checked" in each for each in inputs[:2]] == [True, False]


def test_hatches_are_drawn_only_when_asked_for() -> None:
    client = application.server.test_client()
    plain, hatched = (Page(client.get(f"/{query}").get_data(as_text=True)) for query in ("", "?patronen=1"))
    assert plain.one("template", id="patterns")
    assert hatched.one("div", id="patterns")
