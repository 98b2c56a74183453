from __future__ import annotations

from collections import Counter

from geo.bundle import Bundle
from geo.tile_labels import abbreviations, tile_labels
from geo.tiles import cartogram


def labels(bundle: Bundle) -> list[dict[str, str | float]]:
    names = dict(zip(bundle.register["gm_code"], bundle.register["name"], strict=True))
    return tile_labels(cartogram(bundle), names, {province.code: province.name for province in bundle.provinces})


def test_a_name_is_cut_to_three_letters_that_no_other_has() -> None:
    found = abbreviations({"a": "Amsterdam", "b": "Amstelveen", "c": "Ede", "d": "'s-Gravenhage", "e": "De Bilt"})
    assert found == {"a": "Ams", "b": "Amt", "c": "Ede", "d": "Gra", "e": "Bil"}


def test_letters_that_run_out_leave_the_name_whole() -> None:
    assert abbreviations({"a": "Oss", "b": "Ossi", "c": "Ossa"}) == {"a": "Oss", "b": "Osi", "c": "Osa"}
    assert abbreviations({"a": "Ee", "b": "Ede", "c": "De Ede"}) == {"a": "Ee", "b": "Ede", "c": "De Ede"}


def test_every_municipality_has_an_abbreviation_of_its_own_and_a_name(bundle: Bundle) -> None:
    kinds = Counter(str(label["kind"]) for label in labels(bundle))
    assert kinds == {"short": 342, "tile": 342, "province": 12}
    short = [label["text"] for label in labels(bundle) if label["kind"] == "short"]
    assert len(set(short)) == 342
    assert {len(str(text)) for text in short} == {3}


def test_a_name_takes_over_from_its_abbreviation(bundle: Bundle) -> None:
    found = labels(bundle)
    ends = {(label["x"], label["y"]): label["to"] for label in found if label["kind"] == "short"}
    starts = {(label["x"], label["y"]): label["from"] for label in found if label["kind"] == "tile"}
    assert ends == starts


def test_names_of_provinces_lie_beside_tiles_where_there_is_room(bundle: Bundle) -> None:
    drawn = cartogram(bundle)
    provinces = {str(label["text"]): label for label in labels(bundle) if label["kind"] == "province"}
    assert set(provinces) == {province.name for province in bundle.provinces}
    beside = [label for label in provinces.values() if label["anchor"] != "middle"]
    assert len(beside) >= 8
    for label in beside:
        x, y = float(label["x"]), float(label["y"])
        assert not any(abs(x - tx) < drawn.half and abs(y - ty) < drawn.quarter for tx, ty in drawn.points.values())
    assert provinces["Utrecht"]["anchor"] == "middle", "it has no shore"
