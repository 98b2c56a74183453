"""Page of visits: ranking, list, forms and downloads."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from callbacks.live import Live
from callbacks.pages.visits.page import VisitsPage
from callbacks.pages.visits.query import read_asked
from callbacks.pages.visits.view import tones, visits_view
from callbacks.state.world import World
from data.analysis.laggards import ORDERS, laggards
from data.periods import HalfYear
from data.progress import FEW
from data.visits import MOST_VISITS
from geo.drawing import VIEW_BOX, fit_view_box, national_drawing
from geo.outlines import bounding_box
from layouts.labels import for_programs
from layouts.map import Drawing
from layouts.visits import VisitsView, visits_html
from tests.publishing import live_of, server_of

TODAY = date(2024, 9, 6)
FIRST = ("2023-07-01", "bij de start")
TWO = "GM0363@2024-09-12,GM0599"


@pytest.fixture(scope="module")
def drawing(world: World) -> Drawing:
    return Drawing(national_drawing(world.bundle))


def view_of(world: World, drawing: Drawing, **asked: str) -> VisitsView:
    return visits_view(world, drawing, read_asked(world, asked), TODAY)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    made = live_of(tmp_path, auth="none")
    yield made
    made.store.dispose()


@pytest.fixture
def server(live: Live) -> FlaskClient:
    """Client of a server with these routes only, without saved lists."""
    return server_of(live).test_client()


# Content


@pytest.mark.parametrize("order", list(ORDERS))
def test_rows_equal_the_ranking(order: str, world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing, orde=order, gebied="PV28", aantal="12", stand="2022-04-01", bezoek="GM0599")
    wanted = laggards(world.snapshot, HalfYear(2022, 1), date(2022, 4, 1), order, "PV28", 12, with_few=False)  # type: ignore[arg-type]
    assert [row.gm_code for row in view.rows] == wanted.rows["gm_code"].tolist()
    assert [row.behind for row in view.rows] == wanted.rows["backlog"].tolist()
    assert [row.place for row in view.rows] == [*range(1, 13)]
    assert (view.lagging, view.municipalities) == (wanted.lagging, 50)
    assert [row.chosen for row in view.rows if row.gm_code == "GM0599"] in ([], [1])
    html = visits_html(view)
    assert html.count('class="is-leading"') + html.count(" is-leading") == 1 + len(view.rows)
    assert ORDERS[order].meaning in unescape(html)  # type: ignore[index]


@pytest.mark.parametrize("order", ["share", "worsening"])
def test_few_persons_are_ranked_by_a_ratio_only_when_asked(order: str, world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing, orde=order, aantal="342")
    whole = view_of(world, drawing, orde=order, aantal="342", klein="ja")
    assert all((row.corrected_target or 0) >= FEW for row in view.rows)
    assert any((row.corrected_target or 0) < FEW for row in whole.rows)
    assert len(view.rows) + view.few == len(whole.rows) == view.lagging == whole.lagging
    assert f"Zonder {view.few} gemeenten met minder dan {FEW} personen" in visits_html(view)
    assert "klein=ja" in whole.address
    assert view_of(world, drawing, aantal="342").few == 0


def test_map_highlights_listed_and_chosen(world: World, drawing: Drawing) -> None:
    asked = read_asked(world, {"gebied": "PV29", "bezoek": "GM0014"})
    lit = {code for code, tone in zip(world.bundle.codes, tones(world, asked), strict=True) if "outside" not in tone}
    listed = {row.gm_code for row in visits_view(world, drawing, asked, TODAY).rows}
    assert lit == listed | {"GM0014"}


def test_chosen_municipalities_are_numbered_and_connected(world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing, bezoek="GM0363,GM0599,GM0014")
    html = visits_html(view)
    assert re.findall(r"<text>(\d+)</text>", html) == ["1", "2", "3"]
    (line,) = re.findall(r'<polyline class="visits-way" points="([^"]+)"', html)
    assert len(line.split()) == 3
    assert f'd="{drawing.outline("GM0599")}"' in html
    assert len(re.findall(r"<svg[ >]", html)) == html.count("</svg>") == 1
    # A single stop has no line.
    assert "polyline" not in visits_html(view_of(world, drawing, bezoek="GM0363"))


def test_stops_show_their_standing(world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing, bezoek="GM0363@2024-09-12,GM0935")
    behind, ahead = view.stops
    assert behind.schedule == "865 personen achter op schema"
    assert ahead.schedule.endswith("voor op schema")
    assert (behind.leg, behind.on) == (None, date(2024, 9, 12))
    assert ahead.leg is not None
    assert view.kilometres == pytest.approx(ahead.leg)
    assert view.undated == 1


def test_table_plan_and_print_have_date_quality_and_source(world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing, bezoek=TWO)
    html = unescape(visits_html(view))
    table, plan, printed = (html.split(f'data-part="{part}"')[1] for part in ("table", "plan", "print"))
    for text in (table, plan, printed):
        assert "Stand op 1 juli 2024 (2024-I, na 6 maanden)" in text
        assert view.source in text
        assert "gesimuleerd" in text
    for text in (table, printed):
        assert "Oefencijfers" in text
    # Suggestions have figures too.
    suggested = re.findall(r"<li.*?</li>", html.split('class="visits-near"')[1], re.DOTALL)[: len(view.near)]
    assert all("gesimuleerd" in one and re.search(r"\d personen achter op schema", one) for one in suggested)


def test_real_figures_have_no_example_notice(gaps: World, drawing: Drawing) -> None:
    html = visits_html(view_of(gaps, drawing, bezoek="GM0014"))
    assert "Oefencijfers" not in html


def test_municipalities_without_figures_can_be_visited(gaps: World, drawing: Drawing) -> None:
    view = view_of(gaps, drawing, bezoek="GM0363,GM0047")
    assert "Amsterdam" in view.without_figures
    assert [stop.schedule for stop in view.stops] == ["geen cijfers", "niets te huisvesten"]
    html = unescape(visits_html(view))
    assert "Zonder cijfers: " in html
    assert "nan" not in re.sub(r"<[^>]*>", " ", html).lower().split()


def test_first_day_links_to_the_previous_half_year(world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing, periode="2023-II", stand="2023-07-01", bezoek=TWO)
    assert view.rows == ()
    assert view.first_day_shown
    found = read_asked(world, {key: text[0] for key, text in parse_qs(urlsplit(view.previous).query).items()})
    assert (found.state.period, found.state.reference_date) == ("2023-I", "2023-07-01")
    assert len(found.visits) == 2
    assert "nog niets verwacht" in visits_html(view)
    first = view_of(world, drawing, periode="2019-I", stand="2019-01-01")
    assert (first.previous, first.first_day_shown) == ("", True)


def test_area_without_laggards(world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing, gebied="eigen", leden="GM0935", naam="Hier")
    assert (view.rows, view.first_day_shown) == ((), False)
    assert "loopt in samenwerking Hier geen enkele gemeente achter op schema" in visits_html(view)


def test_reference_dates_exclude_first_days(world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing)
    assert [period for period, _ in view.moments] == [str(period) for period in reversed(world.snapshot.periods)]
    for period, days in view.moments:
        assert [value for value, _ in days] == [*reversed(world.choices.dates[period][1:])]
    begun = view_of(world, drawing, periode="2023-II", stand="2023-07-01")
    html = visits_html(begun)
    assert re.findall(r'<option value="([^"]+)" selected>1 juli 2023 \(([^)]+)\)', html) == [
        ("2023-07-01", "bij de start")
    ]


def test_names_are_escaped(world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing, gebied="eigen", leden="GM0197,GM0222", naam='<script>"x')
    html = visits_html(view)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_texts_are_neutral(world: World, drawing: Drawing) -> None:
    text = visits_html(view_of(world, drawing, bezoek=TWO)).lower()
    assert not re.search(r"weiger|illega|onwil|in gebreke|onrechtmatig", text)


# Forms


def test_form_redirects_without_scripts(server: FlaskClient) -> None:
    answer = server.get(f"/bezoek/wijzig?gebied=PV28&aantal=10&bezoek={TWO}&wissel=GM0014")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/bezoek?aantal=10&gebied=PV28&bezoek={TWO},GM0014"
    assert answer.cache_control.no_store
    assert server.get("/bezoek/wijzig").headers["Location"] == "/bezoek"


def test_fragment_equals_the_page_after_the_action(server: FlaskClient, world: World, drawing: Drawing) -> None:
    answer = server.get(f"/deel/bezoeken?gebied=PV28&bezoek={TWO}&omhoog=GM0599")
    html = unescape(answer.get_data(as_text=True))
    assert answer.mimetype == "text/html"
    assert 'data-address="/bezoek?gebied=PV28&bezoek=GM0599,GM0363@2024-09-12"' in html
    assert 'data-said="Rotterdam is nu nummer 1 van 2."' in html
    assert '"area":"PV28"' in html
    (tones,) = re.findall(r'data-tones="([^"]*)"', html)
    assert len(tones.split(",")) == len(world.bundle.codes)
    same = view_of(world, drawing, gebied="PV28", bezoek="GM0599,GM0363@2024-09-12")
    page = unescape(visits_html(same))
    for part in ("table", "plan", "print", "form", "summary", "route"):
        assert f'data-part="{part}"' in html
        assert f'data-part="{part}"' in page
    # The same list, rendered by the same template.
    rows = [re.findall(r'<tr role="row" data-key.*?</tr>', text, re.DOTALL) for text in (html, page)]
    assert rows[0] == rows[1] != []


def test_fragment_has_remarks(server: FlaskClient) -> None:
    html = unescape(server.get("/deel/bezoeken?bezoek=GM9999,GM0363&erbij=zzz&aantal=0").get_data(as_text=True))
    remarks = re.findall(r"<li>([^<]*)</li>", html.split("</ul>")[0])
    assert [remark.split("”")[0] for remark in remarks] == ["“0", "“GM9999"]


@pytest.mark.parametrize(("typed", "near"), [("Schiermonikoog", "GM0088"), ("Atlantis", ""), ("Nergens", "")])
def test_what_cannot_be_added_is_told_beside_its_field(typed: str, near: str, server: FlaskClient) -> None:
    away = server.get("/bezoek/wijzig", query_string={"bezoek": TWO, "erbij": typed}).headers["Location"]
    assert away.endswith("#visits-add")
    fragment = server.get("/deel/bezoeken", query_string={"bezoek": TWO, "erbij": typed})
    for answer in (server.get(away), fragment):
        html = unescape(answer.get_data(as_text=True))
        (field,) = re.findall(r"<input[^>]*id=.?visits-add\b[^>]*>", html)
        assert f"value={typed}" in field.replace('"', "")
        assert "aria-invalid=true aria-describedby=visits-add-error" in field.replace('"', "")
        told = html.replace('"', "").split("id=visits-add-error role=alert")[1].split("</div>")[0]
        assert f"“{typed}” is geen gemeente" in told
        assert re.findall(r"name=bedoeld value=(GM\d+)", told) == ([near] if near else [])
        assert "zoals GM0363 of" not in html
        assert html.replace('"', "").count("class=visits-stop>") == 2
    said = server.get("/deel/bezoeken", query_string={"bezoek": TWO, "erbij": typed, "bedoeld": "GM0014"})
    assert 'data-said="Groningen staat op de bezoeklijst, als nummer 3."' in said.get_data(as_text=True)


def test_odd_dates_are_told_on_screen_and_on_paper(world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing, bezoek="GM0363@2026-12-25,GM0599@2026-12-24,GM0014@2020-01-04,GM0344")
    told = ["feestdag: Eerste Kerstdag", "eerder dan een bezoek hierboven", "is voorbij. Dit is een zaterdag", ""]
    assert all(text in stop.day_remark for text, stop in zip(told, view.stops, strict=True))
    html = visits_html(view)
    assert all(html.count(f">{stop.day_remark}<") == 2 for stop in view.stops[:3])
    assert html.count('aria-describedby="odd-') == html.count('id="odd-') == 3


def test_visits_are_put_in_order_of_date(server: FlaskClient) -> None:
    html = server.get("/deel/bezoeken?bezoek=GM0344,GM0363@2026-12-23,GM0599@2026-12-22&doe=opdatum").text
    assert "bezoek=GM0599@2026-12-22,GM0363@2026-12-23,GM0344" in html


def test_dividing_skips_holidays(server: FlaskClient) -> None:
    html = server.get("/deel/bezoeken?bezoek=GM0363,GM0935&doe=verdeel&vanaf=2026-12-24&perdag=1").text
    assert "2026-12-24" in html
    assert "2026-12-28" in html


def test_list_is_limited_to_sixty(server: FlaskClient, world: World) -> None:
    many = ",".join([*world.bundle.codes, *(f"GM{number}" for number in range(7000, 7158))])
    html = server.get(f"/deel/bezoeken?bezoek={many}").get_data(as_text=True)
    assert html.count('class="visits-stop"') == MOST_VISITS
    assert f"passen {MOST_VISITS} gemeenten" in html


# Downloads


def test_calendar_has_the_dated_visits(server: FlaskClient) -> None:
    asked = f"bezoek={TWO},GM0014@2024-09-12,GM0344@2024-09-10&periode=2023-I&stand=2023-04-01"
    answer = server.get(f"/download/bezoek.ics?{asked}")
    assert answer.mimetype == "text/calendar"
    assert 'filename="land-in-beeld_bezoek_2023-I_2023-04-01.ics"' in answer.headers["Content-Disposition"]
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [(event["DTSTART"].dt.isoformat(), str(event["SUMMARY"])) for event in events] == [
        ("2024-09-10", "Bezoek aan Utrecht"),
        ("2024-09-12", "Bezoek aan Amsterdam (1 van 2)"),
        ("2024-09-12", "Bezoek aan Groningen (2 van 2)"),
    ]
    description = str(events[1]["DESCRIPTION"])
    assert "stand op 1 april 2023 (2023-I, na 3 maanden)" in description
    assert "gesimuleerd" in description
    assert "achter op schema" in description
    link = "http://localhost/gemeente/GM0363?periode=2023-I&stand=2023-04-01"
    assert (str(events[1]["URL"]), description.endswith(link)) == (link, True)
    assert "Dossier: http://localhost/download/dossier/GM0363.pdf?periode=2023-I&stand=2023-04-01" in description


@pytest.mark.parametrize("visits", ["", "GM0599", "GM9999@2024-09-12"])
def test_undated_list_has_no_calendar(visits: str, server: FlaskClient, world: World, drawing: Drawing) -> None:
    answer = server.get(f"/download/bezoek.ics?bezoek={visits}")
    assert answer.status_code == 404
    assert "heeft een datum" in answer.get_data(as_text=True)
    assert view_of(world, drawing, bezoek=visits).links.calendar == ""


def test_csv_equals_the_list(server: FlaskClient, world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing, bezoek=TWO)
    answer = server.get(for_programs(view.links.csv))
    rows = [*csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))]
    assert [row["gm_code"] for row in rows] == ["GM0363", "GM0599"]
    assert [row["visit_date"] for row in rows] == ["2024-09-12", ""]
    for row, stop in zip(rows, view.stops, strict=True):
        assert (int(row["remaining"]), float(row["behind_schedule"])) == (stop.remaining, stop.behind)
        assert (row["source"], row["quality"]) == (view.source, "simulated")
    for_people = server.get(view.links.csv).data.decode("utf-8-sig").splitlines()
    assert for_people[0].startswith("Volgorde;Bezoek op;Gemeentecode;Gemeente;")
    assert for_people[1].startswith("1;12-09-2024;GM0363;Amsterdam;")
    assert len(server.get("/download/bezoek.csv").data.decode("utf-8-sig").splitlines()) == 1


def test_dossier_links_keep_the_order(world: World, drawing: Drawing) -> None:
    view = view_of(world, drawing, bezoek=f"GM0014,{TWO}")
    moment = "periode=2024-I&stand=2024-07-01"
    assert view.links.pdf == f"/download/dossiers.pdf?gemeenten=GM0014,GM0363,GM0599&{moment}"
    assert view.links.zip == f"/download/dossiers.zip?gemeenten=GM0014,GM0363,GM0599&{moment}"
    assert next(stop.dossier for stop in view.stops) == f"/download/dossier/GM0014.pdf?{moment}"
    html = unescape(visits_html(view))
    assert f'<a href="{view.links.pdf}" data-dossiers download>' in html


def test_header_link_keeps_date_and_area(client: FlaskClient) -> None:
    html = unescape(client.get("/gemeenten?gebied=PV28&periode=2022-I&stand=2022-04-01").get_data(as_text=True))
    assert 'href="/bezoek?periode=2022-I&stand=2022-04-01&gebied=PV28"' in html
    page = client.get("/bezoek?gebied=GM0599&bezoek=GM0599")
    text = unescape(page.get_data(as_text=True))
    assert page.cache_control.no_store
    assert "u ziet de lijst van de provincie, Zuid-Holland" in text
    assert "Bezoek · Land in beeld" in text
    assert VisitsPage.label in text


def test_cache_follows_the_world(world: World, gaps: World, drawing: Drawing) -> None:
    """A cached ranking does not outlive its world."""
    one, other = (view_of(each, drawing, stand="2024-05-01") for each in (world, gaps))
    assert {row.gm_code for row in one.rows} - {row.gm_code for row in other.rows} >= {"GM0363"}


def test_map_is_cropped_to_the_area(server: FlaskClient, world: World, drawing: Drawing) -> None:
    box = bounding_box(world.bundle, world.snapshot.areas["PV28"].municipalities)
    page = server.get("/deel/bezoeken?gebied=PV28").get_data(as_text=True)
    assert f'data-box="{",".join(map(str, box))}"' in page
    assert 'data-box=""' in server.get("/deel/bezoeken").get_data(as_text=True)
    assert f'viewBox="{fit_view_box(box)}"' in view_of(world, drawing, gebied="PV28").drawing
    assert f'viewBox="{VIEW_BOX}"' in view_of(world, drawing).drawing
