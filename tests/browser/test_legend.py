"""The legend and the measures: every class in words, its count, and a way to pick it out."""

import pytest
from playwright.sync_api import Locator, Page, expect

from callbacks.payload.snapshot import measures
from callbacks.state.world import World
from data.measures import MEASURES
from layouts import labels
from tests.browser import expected
from tests.browser.conftest import Visitor
from tests.browser.driver import column, legend_counts, map_classes, query_of, rows_counted, visit

LATEST = ("2024-I", "2024-07-01")


def _entry(page: Page, key: str) -> Locator:
    return page.locator(f"#legend [data-key={key}]")


def _lit(page: Page, *keys: str) -> None:
    page.wait_for_function(
        "(show) => (new URLSearchParams(location.search).get('toon') ?? '') === show", arg=",".join(keys)
    )


def test_an_entry_dims_the_rest_and_a_second_click_lights_it(page: Page, world: World) -> None:
    visit(page)
    classes = expected.class_keys(world, "status", *LATEST)
    whole = map_classes(page)
    behind, met = _entry(page, "behind"), _entry(page, "met")
    expect(behind).to_have_attribute("aria-pressed", "false")
    behind.click()
    expect(behind).to_have_attribute("aria-pressed", "true")
    expect(met).to_have_attribute("aria-pressed", "false")
    dimmed = {code for code, value in map_classes(page).items() if "dim" in value.split()}
    assert dimmed == {code for code, key in classes.items() if key != "behind"}
    # Tones stay: what is dimmed keeps its colour, only fainter, and the counts are still of all.
    assert {code: value.removesuffix(" dim") for code, value in map_classes(page).items()} == whole
    assert legend_counts(page) == expected.counts(world, "status", *LATEST)
    one = page.locator(".municipalities path.dim").first
    assert float(one.evaluate("el => getComputedStyle(el).opacity")) < 0.5
    _lit(page, "behind")

    met.focus()
    met.press("Enter")
    dimmed = {code for code, value in map_classes(page).items() if "dim" in value.split()}
    assert dimmed == {code for code, key in classes.items() if key not in ("behind", "met")}
    assert set(query_of(page)["toon"].split(",")) == {"behind", "met"}

    behind.click()
    met.click()
    assert map_classes(page) == whole
    assert query_of(page) == {}


def test_the_legend_filters_the_table(page: Page, world: World) -> None:
    visit(page, tab="tabel")
    counts = expected.counts(world, "status", *LATEST)
    rows_counted(page, 342)
    _entry(page, "slightly_behind").click()
    rows_counted(page, counts["slightly_behind"])
    assert set(column(page, "status")) == {"Niet gehaald, helft of meer"}
    _entry(page, "met").click()
    rows_counted(page, counts["slightly_behind"] + counts["met"])


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_recolours_the_map_and_names_its_classes(page: Page, world: World, measure: str) -> None:
    visit(page, **({"toon": "behind"} if measure != "status" else {"kleur": "missed", "toon": "one"}))
    page.get_by_role("radio", name=MEASURES[measure].short, exact=True).check()
    expect(page.locator("#legend-title")).to_have_text(MEASURES[measure].label)
    expect(page.locator("#legend [data-field=meaning]")).to_have_text(MEASURES[measure].meaning)
    assert map_classes(page) == expected.tones(world, measure, *LATEST), "and nothing is dimmed"
    assert legend_counts(page) == expected.counts(world, measure, *LATEST)
    present = [MEASURES[measure].classes_at(6, 0.5)[number] for number in MEASURES[measure].worst_first]
    entries = page.locator("#legend .legend-entry").all()
    for part, entry in zip(present, entries, strict=True):
        assert (entry.locator(".legend-word").text_content() or "").startswith(part.label)
        expect(entry.locator(f".swatch.tone-{part.tone}")).to_have_count(1)
        expect(entry).to_be_visible(visible=entry.locator("[data-count]").text_content() != "0")
    assert query_of(page) == ({} if measure == "status" else {"kleur": measure})


def test_arrow_keys_choose_a_measure(page: Page) -> None:
    visit(page)
    page.get_by_role("radio", name="Status").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Aandeel")).to_be_checked()
    expect(page.locator("#legend-title")).to_have_text("Aandeel gehuisvest")
    assert query_of(page) == {"kleur": "share"}


def test_measures_are_a_form_without_scripts(visitor: Visitor) -> None:
    page, _ = visitor(java_script_enabled=False)
    page.goto("/provincie/PV28?periode=2022-I&stand=2022-04-01&toon=behind")
    radio = page.get_by_role("radio", name="Per 1.000")
    radio.check()
    page.locator("form").filter(has=radio).get_by_role("button", name="Toon").click()
    assert query_of(page) == {"periode": "2022-I", "stand": "2022-04-01", "kleur": "behind_per_1000"}
    expect(page.locator("#legend-title")).to_have_text("Achter op schema per 1.000 inwoners")


def test_the_legend_is_whole_on_a_laptop(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    for measure in MEASURES:
        visit(page, kleur=measure, periode="2024-I", stand="2024-04-01")
        box = page.locator("#legend").bounding_box()
        assert box
        assert box["y"] + box["height"] <= 720, measure


def test_the_legend_tells_the_threshold(page: Page, world: World) -> None:
    visit(page, periode="2024-I", stand="2024-06-01")
    threshold = labels.number(world.settings.slightly_behind_pace * 100)
    expect(_entry(page, "behind")).to_contain_text(f"tempo onder {threshold} %")
    expect(_entry(page, "slightly_behind")).to_contain_text(f"{threshold} tot 100 %")


def test_every_tone_looks_different_in_the_legend_and_as_on_the_map(page: Page, world: World) -> None:
    """No two classes of a measure share their looks; hatched on the map is hatched in the legend."""
    visit(page, patronen="1")
    for measure in measures(world.snapshot.slightly_behind_pace).values():
        tones = [entry["tone"] for entry in measure["classes"][0]]
        looks = page.evaluate(
            """(tones) => tones.map((tone) => {
              const swatch = document.createElement("span");
              swatch.className = `swatch tone-${tone}`;
              document.getElementById("legend").append(swatch);
              const { backgroundColor, backgroundImage } = getComputedStyle(swatch);
              const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
              path.setAttribute("class", `tone-${tone}`);
              document.querySelector(".municipalities").append(path);
              const { fill } = getComputedStyle(path);
              swatch.remove(); path.remove();
              const pattern = /url\\("#(.*)"\\)/.exec(fill);
              return { swatch: backgroundColor + backgroundImage, fill,
                hatched: backgroundImage !== "none",
                pattern: pattern ? document.getElementById(pattern[1]) !== null : null };
            })""",
            tones,
        )
        assert len({look["swatch"] for look in looks}) == len(tones), measure["key"]
        assert len({look["fill"] for look in looks}) == len(tones), measure["key"]
        for look in looks:
            assert look["pattern"] is (True if look["hatched"] else None)


def test_hatches_lie_over_the_colours_only_on_request_and_in_print(page: Page) -> None:
    fill = "() => getComputedStyle(document.querySelector('.municipalities .tone-b3')).fill"
    visit(page)
    assert "url" not in page.evaluate(fill)
    assert page.locator("pattern[id^=tone-]").count() == 0
    page.get_by_label("Patronen").check()
    assert "url" in page.evaluate(fill)
    assert query_of(page) == {"patronen": "1"}
    page.get_by_label("Patronen").uncheck()
    assert "url" not in page.evaluate(fill)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "url" in page.evaluate(fill)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert "url" not in page.evaluate(fill)
