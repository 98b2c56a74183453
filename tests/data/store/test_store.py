"""Publishing, superseding and withdrawing in the store, in both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import exc, text

from data.contracts import validate_figures
from data.periods import HalfYear
from data.schema import FIGURES_COLUMNS
from data.store import AlreadyThere, Draft, NotADraft, Overtaken, Store
from data.store.store import NothingLeft, NotPublished, NotReady, UnknownPublication
from tests.data.store.drafts import draft, example_draft, inhabitants, month, printed

pytest_plugins = ["tests.data.store.engines"]

FIRST_HALF = HalfYear(2024, 1)
MARCH = date(2024, 3, 1)


def realised(store: Store) -> dict[str, list[int | None]]:
    """Return the shown realised numbers by reference date."""
    shown = store.shown_data().figures
    return {
        f"{day:%Y-%m-%d}": [None if pd.isna(cell) else int(cell) for cell in rows["realised"]]
        for day, rows in shown.groupby("reference_date")
    }


# Drafts and publishing.


def test_published_figures_are_shown_unchanged(store: Store) -> None:
    given = draft(realised=(1, None, 3))
    number = store.save_draft(given, "Anna")
    assert store.shown_data().figures.empty
    published = store.publish(number, "Bas")
    assert (published.id, published.state, published.shown) == (number, "published", True)
    assert (published.made_by, published.published_by) == ("Anna", "Bas")
    assert (published.period, published.reference_date) == (FIRST_HALF, MARCH)
    assert (published.municipalities, published.size) == (3, len(given.content))
    expected = validate_figures(given.figures, "gegeven", {"GM0001", "GM0002", "GM0003"})
    assert_frame_equal(store.figures(number), expected)
    assert_frame_equal(store.shown_data().figures, expected)


def test_an_empty_store_shows_a_table_without_rows(store: Store) -> None:
    assert tuple(store.shown_data().figures.columns) == FIGURES_COLUMNS
    assert store.shown_data().figures.dtypes.equals(
        validate_figures(month("2024-I", "2024-03-01", [1]), "x", {"GM0001"}).dtypes
    )
    assert (store.version(), store.publications(), store.log(), store.example_periods()) == (
        0,
        [],
        [],
        frozenset(),
    )


def test_all_parts_of_a_publication_are_stored(store: Store) -> None:
    totals = printed("2024-I", "2024-03-01").assign(realised=None)
    report = {"findings": [{"row": np.int64(3), "message": "déjà <b>"}], "day": MARCH, "share": 0.5}
    given = draft(
        note="let op: 'aanhalingen', 50 % en een ☂\x00",
        published_on=date(2024, 3, 5),
        report=report,
        reading={"sign": "ahead", "period": FIRST_HALF},
        totals=totals,
        content=bytes(range(256)),
    )
    number = store.load(given, "Anna").id
    saved = store.publication(number)
    assert (saved.note, saved.published_on) == ("let op: 'aanhalingen', 50 % en een ☂", date(2024, 3, 5))
    assert store.file(number) == (given.file_name, bytes(range(256)))
    assert store.report(number) == {
        "findings": [{"row": 3, "message": "déjà <b>"}],
        "day": "2024-03-01",
        "share": 0.5,
    }
    assert store.reading(number) == {"sign": "ahead", "period": "2024-I"}
    back = store.totals(number)
    assert_frame_equal(back, totals.astype(back.dtypes))
    assert back["realised"].isna().all()
    assert store.totals(store.load(draft("2024-04-01"), "Anna").id).empty


def test_times_are_timezone_aware_utc(store: Store) -> None:
    before = datetime.now(UTC)
    published = store.load(draft(), "Anna")
    after = datetime.now(UTC)
    (entry, *_) = store.log()
    for moment in (published.made_at, published.published_at, entry.at):
        assert moment is not None
        assert moment.utcoffset() == timedelta(0)
        assert before <= moment <= after


def test_a_draft_may_be_incomplete(store: Store) -> None:
    nothing = month("2024-I", "2024-03-01", [])
    bare = replace(draft(), period=None, reference_date=None, figures=nothing)
    number = store.save_draft(bare, "Anna")
    with pytest.raises(NotReady, match=rf"^Publicatie {number} .*halfjaar en peildatum"):
        store.publish(number, "Anna")
    store.replace_draft(number, draft(), "Bas")
    assert store.publication(number).made_by == "Anna"
    assert store.publish(number, "Anna").shown


def test_totals_without_figures_cannot_be_published(store: Store) -> None:
    bare = draft(figures=month("2024-I", "2024-03-01", []), totals=printed("2024-I", "2024-03-01"))
    with pytest.raises(NotReady, match="nog geen cijfers"):
        store.load(bare, "Anna")
    assert store.publications() == []


def test_a_duplicate_printed_total_is_stored_once(store: Store) -> None:
    published = store.load(draft(totals=printed("2024-I", "2024-03-01", "NL", "PV20", "NL")), "Anna")
    assert store.totals(published.id)["code"].tolist() == ["NL", "PV20"]


def test_a_draft_can_be_replaced_until_it_is_published(store: Store) -> None:
    number = store.save_draft(draft(realised=(1, 1, 1)), "Anna")
    store.replace_draft(number, draft(realised=(2, 2, 2), note="nu goed"), "Anna")
    assert store.figures(number)["realised"].tolist() == [2, 2, 2]
    store.publish(number, "Anna")
    with pytest.raises(NotADraft, match="al gepubliceerd door Anna op"):
        store.replace_draft(number, draft(realised=(3, 3, 3)), "Anna")
    assert realised(store) == {"2024-03-01": [2, 2, 2]}


def test_a_discarded_drafts_id_is_not_reused(store: Store) -> None:
    number = store.save_draft(draft(), "Anna")
    store.discard(number, "Bas")
    with pytest.raises(UnknownPublication, match=f"geen publicatie {number}"):
        store.figures(number)
    assert store.save_draft(draft(), "Anna") == number + 1
    assert [(entry.what, entry.who, entry.publication) for entry in store.log()] == [
        ("saved", "Anna", number + 1),
        ("discarded", "Bas", number),
        ("saved", "Anna", number),
    ]


@pytest.mark.parametrize(
    "invalid",
    [
        draft(figures=month("2024-I", "2024-04-01", [1])),
        draft(figures=month("2023-II", "2024-01-01", [1])),
        draft("2024-08-01", figures=month("2024-I", "2024-03-01", [])),
        draft(figures=pd.concat([month("2024-I", "2024-03-01", [1])] * 2)),
        draft(figures=month("2024-I", "2024-03-01", [-1])),
        draft(figures=month("2024-I", "2024-03-01", [1], "guessed")),
        draft(figures=month("2024-I", "2024-03-01", [1]).drop(columns="realised")),
        draft(figures=month("2024-I", "2024-03-01", [1]).assign(gm_code="<b>")),
        draft(figures=month("2024-I", "2024-03-01", [3_000_000_000])),
        draft(totals=printed("2024-I", "2024-04-01")),
        draft(totals=printed("2024-I", "2024-03-01").assign(realised=3_000_000_000)),
    ],
)
def test_figures_that_violate_their_contract_are_refused(store: Store, invalid: Draft) -> None:
    with pytest.raises(NotReady, match=r"^overzicht "):
        store.load(invalid, "Anna")
    assert store.publications() == []
    assert store.log() == []


# Shown figures.


def test_the_newest_publication_of_a_moment_is_shown(store: Store) -> None:
    first = store.load(draft(realised=(1, 1, 1)), "Anna")
    second = store.load(draft(realised=(2, 2, 2)), "Anna")
    april = store.load(draft("2024-04-01", realised=(3, 3, 3)), "Anna")
    assert realised(store) == {"2024-03-01": [2, 2, 2], "2024-04-01": [3, 3, 3]}
    assert [one.id for one in store.publications()] == [april.id, second.id, first.id]
    assert [one.shown for one in store.publications()] == [True, True, False]
    assert (store.publication(second.id).follows, april.follows) == (first.id, None)
    assert store.figures(first.id)["realised"].tolist() == [1, 1, 1]
    assert [one.id for one in store.history(FIRST_HALF, MARCH)] == [second.id, first.id]
    shown = store.shown_on(FIRST_HALF, MARCH)
    assert shown is not None
    assert shown.id == second.id


def test_a_drafts_predecessor_is_the_shown_publication(store: Store) -> None:
    first = store.load(draft(realised=(1, 1, 1)), "Anna")
    number = store.save_draft(draft(realised=(2, 2, 2)), "Anna")
    assert store.publication(number).follows == first.id
    assert not store.publication(number).shown
    assert [one.id for one in store.history(FIRST_HALF, MARCH)] == [first.id]


def test_withdrawing_shows_the_predecessor_again(store: Store) -> None:
    first = store.load(draft(realised=(1, 1, 1)), "Anna")
    second = store.load(draft(realised=(2, 2, 2)), "Anna")
    third = store.load(draft(realised=(3, 3, 3)), "Anna")
    store.withdraw(second.id, "Bas", "verkeerde maand")
    assert realised(store) == {"2024-03-01": [3, 3, 3]}
    assert store.publication(third.id).follows == first.id
    withdrawn = store.withdraw(third.id, "Bas", "idem")
    assert (withdrawn.state, withdrawn.withdrawn_by, withdrawn.withdrawn_why) == ("withdrawn", "Bas", "idem")
    assert not withdrawn.shown
    assert realised(store) == {"2024-03-01": [1, 1, 1]}
    assert store.figures(third.id)["realised"].tolist() == [3, 3, 3]
    assert [one.id for one in store.history(FIRST_HALF, MARCH)] == [third.id, second.id, first.id]


def test_only_a_published_file_can_be_withdrawn(store: Store) -> None:
    store.load(draft(realised=(1, 1, 1)), "Anna")
    second = store.load(draft(realised=(2, 2, 2)), "Anna")
    store.withdraw(second.id, "Bas", "fout")
    with pytest.raises(NotPublished, match=r"al ingetrokken door Bas op .* UTC"):
        store.withdraw(second.id, "Cas", "fout")
    with pytest.raises(NotPublished, match="is een concept"):
        store.withdraw(store.save_draft(draft(realised=(4, 4, 4)), "Anna"), "Cas", "fout")
    with pytest.raises(UnknownPublication):
        store.withdraw(99, "Cas", "fout")


def test_the_last_figures_cannot_be_withdrawn(store: Store) -> None:
    only = store.load(draft(), "Anna")
    with pytest.raises(NothingLeft, match=f"Zonder publicatie {only.id} "):
        store.withdraw(only.id, "Anna", "fout")
    assert store.publication(only.id).shown


def test_one_real_month_hides_the_example_of_its_half_year(store: Store) -> None:
    example = store.load(example_draft("2023-II", "2024-I"), "start")
    assert store.example_periods() == {"2023-II", "2024-I"}
    assert len(realised(store)) == 13  # 1 January 2024 is the end of one and the start of the other
    first = store.load(draft(realised=(1, 1, 1)), "Anna")
    assert store.example_periods() == {"2023-II"}
    shown = store.shown_data().figures
    assert shown.loc[shown["period"] == "2024-I", "realised"].tolist() == [1, 1, 1]
    assert store.publication(example.id).shown
    assert first.follows is None
    second = store.load(draft("2023-08-01", "2023-II"), "Anna")
    assert store.example_periods() == frozenset()
    assert not store.publication(example.id).shown
    store.withdraw(first.id, "Anna", "fout")
    assert store.example_periods() == {"2024-I"}
    assert len(store.shown_data().figures) == 3 + 7 * 3
    store.withdraw(second.id, "Anna", "fout")
    assert store.example_periods() == {"2023-II", "2024-I"}
    again = store.shown_on(FIRST_HALF, MARCH)
    assert again is not None
    assert again.is_example


def test_withdrawing_a_month_keeps_the_other_real_months(store: Store) -> None:
    store.load(example_draft("2024-I"), "start")
    march = store.load(draft(realised=(1, 1, 1)), "Anna")
    store.load(draft("2024-04-01", realised=(2, 2, 2)), "Anna")
    store.withdraw(march.id, "Anna", "fout")
    assert realised(store) == {"2024-04-01": [2, 2, 2]}
    assert store.shown_on(FIRST_HALF, MARCH) is None


def test_publications_can_be_filtered_by_source(store: Store) -> None:
    store.load(example_draft("2023-II"), "start")
    own = store.load(draft(source="brief van de minister"), "Anna")
    assert [one.id for one in store.publications(source="brief van de minister")] == [own.id]
    assert len(store.publications(source="example")) == 1


# Two at once, and twice.


def test_a_draft_is_published_once(store: Store) -> None:
    number = store.save_draft(draft(), "Anna")
    store.publish(number, "Anna")
    with pytest.raises(
        NotADraft, match=rf"^Publicatie {number} \(overzicht 2024-03-01.xlsx, .* door Anna op"
    ) as caught:
        store.publish(number, "Bas")
    assert caught.value.publication.published_by == "Anna"


def test_the_second_of_two_drafts_for_a_moment_is_overtaken(store: Store) -> None:
    one, other = (store.save_draft(draft(realised=(done, done, done)), "Anna") for done in (1, 2))
    store.publish(one, "Anna")
    with pytest.raises(Overtaken, match=f"publicatie {one} .* gepubliceerd door Anna") as caught:
        store.publish(other, "Bas")
    assert caught.value.publication.id == one
    assert store.publication(other).state == "draft"
    # Read anew it was compared with what is shown now.
    store.replace_draft(other, draft(realised=(2, 2, 2)), "Bas")
    assert store.publish(other, "Bas").follows == one


def test_a_draft_is_overtaken_by_a_withdrawal_too(store: Store) -> None:
    store.load(draft(realised=(1, 1, 1)), "Anna")
    second = store.load(draft(realised=(2, 2, 2)), "Anna")
    number = store.save_draft(draft(realised=(3, 3, 3)), "Bas")
    store.withdraw(second.id, "Anna", "fout")
    with pytest.raises(Overtaken, match=f"publicatie {second.id} .* ingetrokken door Anna"):
        store.publish(number, "Bas")


def test_loading_is_overtaken_after_the_compared_version(store: Store) -> None:
    compared_at = store.version()
    store.load(draft(realised=(1, 1, 1), compared_at=compared_at), "Anna")
    with pytest.raises(Overtaken):
        store.load(draft(realised=(2, 2, 2), compared_at=compared_at), "Bas")
    assert len(store.publications()) == 1
    assert store.load(draft("2024-04-01", compared_at=compared_at), "Bas").shown


def test_a_published_file_is_recognised(store: Store) -> None:
    content = draft(realised=(1, 1, 1)).content
    assert store.same_file(content) is None
    first = store.load(draft(realised=(1, 1, 1)), "Anna")
    with pytest.raises(AlreadyThere, match=f"door Anna op .* UTC: publicatie {first.id} ") as caught:
        store.load(draft(realised=(1, 1, 1)), "Bas")
    assert caught.value.publication.id == first.id
    assert "trek die in" not in str(caught.value)
    assert store.same_file(content) == first
    second = store.load(draft(realised=(2, 2, 2)), "Anna")
    with pytest.raises(AlreadyThere, match="trek die in om deze weer te tonen"):
        store.load(draft(realised=(1, 1, 1)), "Bas")
    store.withdraw(second.id, "Anna", "fout")
    store.withdraw(store.load(draft("2024-04-01"), "Anna").id, "Anna", "fout")
    assert store.load(draft("2024-04-01"), "Anna").shown


# The version.


def test_the_version_grows_only_when_the_shown_figures_change(store: Store) -> None:
    versions = [store.version()]

    def grown() -> bool:
        versions.append(store.version())
        return versions[-1] > versions[-2]

    first = store.load(draft(realised=(1, 1, 1)), "Anna")
    assert grown()
    number = store.save_draft(draft(realised=(2, 2, 2)), "Anna")
    store.replace_draft(number, draft(realised=(3, 3, 3)), "Anna")
    store.remember("layout", {}, "Anna")
    with pytest.raises(NotPublished):
        store.withdraw(number, "Anna", "")
    assert not grown()
    store.publish(number, "Anna")
    assert grown()
    store.withdraw(first.id, "Anna", "fout")
    assert grown()
    store.add_inhabitants(inhabitants((2025, 100)), "Anna")
    assert grown()
    store.discard(store.save_draft(draft("2024-04-01"), "Anna"), "Anna")
    assert not grown()


# Never changed.


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE figures SET realised = 99",
        "DELETE FROM figures",
        "INSERT INTO figures (moment_id, gm_code, qualities) VALUES (1, 'GM9999', '----')",
        "UPDATE totals SET realised = 99",
        "DELETE FROM totals",
        "UPDATE moments SET period = '2025-I'",
        "INSERT INTO moments VALUES (9, 1, '2025-I', '2025-02-01')",
        "UPDATE originals SET report = ''",
        "DELETE FROM originals",
        "UPDATE publications SET note = 'anders'",
        "UPDATE publications SET state = 'draft'",
        "DELETE FROM publications",
        "UPDATE log SET who = 'niemand'",
        "DELETE FROM log",
        "UPDATE inhabitants SET inhabitants = 1",
        "DELETE FROM inhabitants",
        "INSERT INTO state VALUES (2, 0, 0)",
    ],
)
def test_database_triggers_refuse_changes_to_published_rows(store: Store, change: str) -> None:
    store.load(draft(totals=printed("2024-I", "2024-03-01")), "Anna")
    store.add_inhabitants(inhabitants((2025, 100)), "Anna")
    before = store.shown_data().figures, store.log(), store.publications()
    with pytest.raises(exc.DBAPIError), store.connections.engine.begin() as connection:
        connection.execute(text(change))
    assert_frame_equal(store.shown_data().figures, before[0])
    assert (store.log(), store.publications()) == before[1:]
