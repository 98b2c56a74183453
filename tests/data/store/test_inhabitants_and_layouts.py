"""Inhabitants, layout choices and the log in the store."""

import json

import pytest
from pandas.testing import assert_frame_equal

from data.errors import FiguresError
from data.store import Store
from tests.data.store.drafts import draft, inhabitants

pytest_plugins = ["tests.data.store.engines"]


def test_later_inhabitants_supersede_earlier_ones(store: Store) -> None:
    assert store.inhabitants().empty
    store.add_inhabitants(inhabitants((2024, 10), (2025, 20)), "Anna")
    store.add_inhabitants(inhabitants((2025, 30)).head(1), "Anna")
    stored = store.inhabitants()
    assert stored["inhabitants"].tolist() == [10, 10, 30, 20]
    assert str(stored["inhabitants"].dtype) == "Int64"
    with pytest.raises(FiguresError):
        store.add_inhabitants(inhabitants((2025, 0)), "Anna")
    assert_frame_equal(store.inhabitants(), stored)
    assert store.log()[0].detail == "1 van 1 januari 2025"


def test_the_latest_choices_for_a_layout_are_saved(store: Store) -> None:
    assert store.mapping("abc") is None
    store.remember("abc", {"sign": "behind"}, "Anna")
    store.remember("abc", {"sign": "ahead", "names": {"Bergen": "GM0373"}}, "Bas")
    assert store.mapping("abc") == {"sign": "ahead", "names": {"Bergen": "GM0373"}}
    assert store.mapping("abd") is None
    assert [json.loads(entry.detail.partition(" ")[2])["sign"] for entry in store.log()] == [
        "ahead",
        "behind",
    ]


def test_the_log_records_who_did_what(store: Store) -> None:
    number = store.save_draft(draft(), "Anna")
    store.publish(number, "Bas")
    store.load(draft("2024-04-01"), "Cas")
    store.withdraw(number, "Dirk", "verkeerde maand")
    entries = [(entry.who, entry.what, entry.publication, entry.detail) for entry in reversed(store.log())]
    assert entries == [
        ("Anna", "saved", number, "overzicht 2024-03-01.xlsx"),
        ("Bas", "published", number, "2024-I, stand 2024-03-01"),
        ("Cas", "saved", number + 1, "overzicht 2024-04-01.xlsx"),
        ("Cas", "published", number + 1, "2024-I, stand 2024-04-01"),
        ("Dirk", "withdrawn", number, "verkeerde maand"),
    ]
