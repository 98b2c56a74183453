import re
from dataclasses import replace
from datetime import date

import pytest

from data.dossier.charts import balance_description
from data.dossier.model import HISTORY, Dossier, DossierFinding
from data.dossier.text import MARKS, document, dossier_values, people, summary, tiles
from data.periods import HalfYear
from data.progress import FEW
from data.quality import Quality
from data.snapshot import Snapshot
from tests.data.dossier.conftest import DAY, PERIOD, Gather
from tests.gaps import ABSENT, LATEST, RUNNING


@pytest.fixture(scope="module")
def amsterdam(of: Gather) -> Dossier:
    return of("GM0363")


def stands(dossier: Dossier, corrected: int, realised: int) -> Dossier:
    now = replace(
        dossier.now,
        corrected_target=corrected,
        realised=realised,
        remaining=corrected - realised,
        share=realised / corrected if corrected > 0 else None,
    )
    backlog = corrected * dossier.months / 6 - realised
    return replace(dossier, now=now, backlog=backlog, history=(*dossier.history[:-1], now))


def test_summary_states_figures_and_schedule(amsterdam: Dossier) -> None:
    assert summary(amsterdam) == (
        "Op 1 mei 2022, na 4 maanden, zijn 236 van de 768 personen gehuisvest: 31\u202f%. "
        "Verwacht was 67\u202f%: dat is 276 personen minder dan het schema vraagt. "
        "Sinds begin 2021 (2 halfjaren) is de taakstelling niet gehaald, geteld tot en met 2021-II."
    )


@pytest.mark.parametrize(
    ("corrected", "realised", "wanted"),
    [
        (6, 4, "precies op schema"),
        (6, 5, "dat is 1 persoon meer dan het schema vraagt"),
        (6, 1, "is 1 van de 6 personen gehuisvest"),
        (1, 0, "was 1 persoon te huisvesten en zijn 0 personen gehuisvest: 0\u202f%."),
        # Of 5 in four months 3⅓ are expected: a third of a person is behind.
        (5, 3, "dat is minder dan één persoon minder dan het schema vraagt"),
        (4, 3, "dat is minder dan één persoon meer dan het schema vraagt"),
        (
            0,
            3,
            "precies zo groot als de taakstelling van 2022-I: er is niets te huisvesten. Er zijn 3 personen",
        ),
        (
            -4,
            1,
            "is 4 personen groter dan de taakstelling van 2022-I: er is niets te huisvesten. Er is 1 persoon",
        ),
    ],
)
def test_summary_of_every_status(amsterdam: Dossier, corrected: int, realised: int, wanted: str) -> None:
    assert wanted in summary(stands(amsterdam, corrected, realised))


def test_summary_without_target_and_lead(amsterdam: Dossier) -> None:
    nil = stands(amsterdam, 0, 0)
    sentence = summary(replace(nil, now=replace(nil.now, net_target=0, opening_balance=0)))
    assert sentence.startswith("Voor 2022-I is er niets te huisvesten. Er zijn 0 personen gehuisvest.")


@pytest.mark.parametrize(
    ("corrected", "realised", "wanted"),
    [
        (6, 3, ("1", "persoon")),
        (5, 3, ("< 1", "persoon")),
        (6, 4, ("0", "personen")),
        (9, 3, ("3", "personen")),
    ],
)
def test_tile_with_singular_and_fraction(
    amsterdam: Dossier, corrected: int, realised: int, wanted: tuple[str, str]
) -> None:
    behind = tiles(stands(amsterdam, corrected, realised))[4]
    assert (behind["t"], behind["note"]) == wanted


def test_single_half_year_is_singular(amsterdam: Dossier) -> None:
    *before, last, now = amsterdam.history
    once = replace(amsterdam, history=(*before, replace(last, missed=1), now), earlier=1)
    assert tiles(once)[5]["note"] == "sinds medio 2021"
    assert dossier_values(once)["history_note"].endswith("1 eerder halfjaar staat op de pagina van de gemeente.")


def test_summary_on_the_first_day(of: Gather) -> None:
    sentence = summary(of("GM0363", PERIOD, PERIOD.start))
    assert "bij de start" in sentence
    assert "nog niets verwacht" in sentence


def test_summary_of_met_and_unknown_half_years(of: Gather) -> None:
    assert "In 2020-II, het laatste afgesloten halfjaar, is de taakstelling gehaald." in summary(
        of("GM0363", HalfYear(2021, 1), date(2021, 3, 1))
    )
    assert "of eerder (3 halfjaren)" in summary(of("GM0363", HalfYear(2020, 1), date(2020, 7, 1)))


def test_summary_without_figures(of: Gather, patchy: Snapshot) -> None:
    period = HalfYear(2024, 1)
    assert "geen cijfers bekend" in summary(of("GM0363", period, period.end, patchy))


def test_tiles_have_quality_marks(amsterdam: Dossier) -> None:
    for quality, mark in MARKS.items():
        now = replace(amsterdam.now, qualities=dict.fromkeys(amsterdam.now.qualities, quality))
        found = {tile["label"]: tile for tile in tiles(replace(amsterdam, now=now))}
        assert found["Gehuisvest"]["q"] == mark
        assert found["Taakstelling dit halfjaar"]["q"] == mark
        # Values computed here are at best `computed`.
        reckoned = MARKS[Quality.COMPUTED] if quality == Quality.PUBLISHED else mark
        assert found["Nog te huisvesten"]["q"] == reckoned
        assert found["Aandeel gehuisvest"]["q"] == reckoned
    assert len(set(MARKS.values())) == len(MARKS) == len(Quality)


def test_quality_of_a_whole_row_or_table_is_said_once(amsterdam: Dossier) -> None:
    values = dossier_values(amsterdam)
    for name in ("neighbours", "peers"):
        assert {row[each]["q"] for row in values[name] for each in ("share", "remaining")} == {""}
        assert values[f"{name}_note"].endswith("Alle cijfers in deze tabel zijn gesimuleerd.")
    one = replace(amsterdam.peers[0], quality="published")
    mixed = dossier_values(replace(amsterdam, peers=(one, *amsterdam.peers[1:])))
    assert {row["share"]["q"] for row in mixed["peers"]} == {MARKS["computed"], MARKS["simulated"]}
    assert "Alle cijfers" not in mixed["peers_note"]
    simulated = dict.fromkeys(amsterdam.now.qualities, "simulated")
    row = dossier_values(replace(amsterdam, history=(replace(amsterdam.now, qualities=simulated),)))["history"][-1]
    assert (row["realised"]["q"], row["quality"]) == ("", "gesimuleerd")
    # In a row of several qualities each figure keeps its own.
    assert dossier_values(amsterdam)["history"][-1]["realised"]["q"] == MARKS["simulated"]


def test_bar_chart_is_told_in_a_sentence(amsterdam: Dossier) -> None:
    told = balance_description(amsterdam)
    assert re.match(
        r"Staafgrafiek van de beginstand van elk halfjaar: [\d.]+ personen (voorsprong|achterstand) in \w+ ’\d\d, "
        r"[\d.]+ personen (voorsprong|achterstand) in \w+ ’\d\d\. ",
        told,
    )


def test_share_says_what_was_expected_once(amsterdam: Dossier) -> None:
    (share,) = [tile for tile in tiles(amsterdam) if tile["label"] == "Aandeel gehuisvest"]
    assert share["note"] == "verwacht 67\u202f%"


def test_few_persons_get_small_words(amsterdam: Dossier) -> None:
    assert "één gezin maakt het verschil" in summary(stands(amsterdam, FEW - 1, 2))
    assert "één gezin" not in summary(stands(amsterdam, FEW, 2))


def test_missing_figure_has_no_mark(of: Gather, patchy: Snapshot) -> None:
    period = HalfYear(2024, 1)
    found = of("GM0363", period, period.end, patchy)
    for tile in tiles(found):
        if tile["label"] != "Halfjaren op rij niet gehaald":
            assert (tile["t"], tile["q"]) == ("–", ""), tile


def test_missing_figure_has_no_note(of: Gather, patchy: Snapshot) -> None:
    period = HalfYear(2024, 1)
    share, behind = tiles(of("GM0363", period, period.end, patchy))[3:5]
    assert (share["t"], share["note"], behind["t"], behind["note"]) == ("–", "", "–", "")


def test_running_half_year_has_its_date(amsterdam: Dossier) -> None:
    assert [row["until"] for row in dossier_values(amsterdam)["history"][-2:]] == ["", "stand 1 mei"]


def test_lead_is_worded_as_lead(amsterdam: Dossier) -> None:
    labels = [tile["label"] for tile in tiles(stands(amsterdam, 6, 6))]
    assert "Voor op schema" in labels
    assert "Achter op schema" not in labels


@pytest.mark.parametrize("count", range(12))
def test_findings_are_divided_over_the_pages(amsterdam: Dossier, count: int) -> None:
    findings = tuple(DossierFinding(f"Regel {place}", "Als.", "Zegt. " * 20, ("Wat?",)) for place in range(count))
    found = dossier_values(replace(amsterdam, findings=findings))
    rules = [one["rule"] for one in (*found["said"], *found["said_further"])]
    assert rules == [each.rule for each in findings] == [one["rule"] for one in found["rules"]]
    assert found["questions"] == (["Wat?"] if count else [])


def test_sources_are_grouped_with_half_years(amsterdam: Dossier) -> None:
    other = tuple(replace(each, source=f"bron {each.period}") for each in amsterdam.history)
    found = dossier_values(replace(amsterdam, history=other))["sources"]
    assert found[0] == "2022-I: bron 2022-I."
    assert "Nog 4 bronnen staan op de pagina Cijfers." in found
    same = dossier_values(amsterdam)["sources"]
    assert same == [
        "Oefencijfers 2019-I tot en met 2024-I (versie " + amsterdam.version + ").",
        *same[1:],
    ]


def test_document_title(amsterdam: Dossier, of: Gather) -> None:
    alone = document([amsterdam], ())
    assert (alone["title"], alone["contents"]) == ("Dossier Amsterdam", None)
    two = document([amsterdam, of("GM0344")], ["let op"])
    assert two["title"] == "Dossiers van 2 gemeenten"
    assert two["contents"]["remarks"] == ["let op"]
    assert "Oefencijfers" in two["description"]
    assert two["made_on"] == DAY.isoformat()
    assert document([amsterdam], ["let op"])["contents"] is not None


@pytest.mark.parametrize(("count", "wanted"), [(0, "0 personen"), (1, "1 persoon"), (0.6, "1 persoon")])
def test_people_in_words(count: float, wanted: str) -> None:
    assert people(count) == wanted


def test_a_half_year_without_figures_has_a_row_and_is_not_skipped_in_words(of: Gather, gappy: Snapshot) -> None:
    values = dossier_values(of("GM0363", RUNNING, LATEST, gappy))
    rows = {row["period"]: row for row in values["history"]}
    assert len(rows) == HISTORY
    for absent in ABSENT:
        assert rows[absent]["status"]["word"] == "Geen cijfers"
        assert rows[absent]["net_target"]["t"] == "–"
    assert rows[str(RUNNING)]["until"] == "stand 1 november"
    # The last one that ended is 2025-I, of which nothing is known.
    met = next(
        code
        for code in gappy.registry["gm_code"]
        if gappy.row(HalfYear(2024, 1), date(2024, 7, 1), code)["missed"] == 0
    )
    summary = dossier_values(of(met, RUNNING, LATEST, gappy))["summary"]
    assert "In 2024-I, het laatste afgesloten halfjaar met cijfers, is" in summary
