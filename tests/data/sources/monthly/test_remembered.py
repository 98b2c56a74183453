import json
from datetime import date

import pytest

from data.periods import HalfYear
from data.sources.monthly.interpret import interpret
from data.sources.monthly.reading import ColumnField, ReadingChoices, Sign
from data.sources.monthly.remembered import MappingError, is_empty, mapping_to_json, remembered_choices
from tests.data.sources.monthly.layouts import one_sheet
from tests.data.sources.monthly.readings import GEOGRAPHY, made, same

CHOICES = ReadingChoices(
    fields={4: ColumnField.CORRECTED_TARGET, 8: ColumnField.IGNORED},
    sign=Sign.BEHIND,
    period=HalfYear(2025, 2),
    reference_date=date(2025, 10, 1),
    names={"Zwole": "GM0193"},
)


def test_choices_apply_to_another_month() -> None:
    now, later = (one_sheet(made(months=months), GEOGRAPHY.register) for months in (3, 4))
    told = json.loads(json.dumps(mapping_to_json(interpret(now, GEOGRAPHY, CHOICES))))
    assert not is_empty(told)
    choices = remembered_choices(told, interpret(later, GEOGRAPHY).columns)
    assert (choices.fields, choices.sign, choices.names) == (CHOICES.fields, CHOICES.sign, CHOICES.names)
    assert (choices.period, choices.reference_date) == (None, None)


def test_current_choices_take_precedence() -> None:
    columns = interpret(one_sheet(made(), GEOGRAPHY.register), GEOGRAPHY).columns
    told = {"fields": {"gerealiseerd": "remaining"}, "sign": "ahead", "names": {"Zwole": "GM0193"}}
    now = ReadingChoices(fields={6: ColumnField.REALISED}, sign=Sign.BEHIND, names={"Zwole": "GM0363"})
    choices = remembered_choices(told, columns, now)
    assert choices == now
    assert remembered_choices(told, columns).fields == {6: ColumnField.REMAINING}


def test_a_column_chosen_now_takes_the_place_of_the_one_remembered() -> None:
    columns = interpret(one_sheet(made(), GEOGRAPHY.register), GEOGRAPHY).columns
    told = {"fields": {"%": "realised", "nog te realiseren": "ignored"}}
    now = ReadingChoices(fields={6: ColumnField.REALISED})
    assert remembered_choices(told, columns, now).fields == {6: ColumnField.REALISED, 7: ColumnField.IGNORED}


def test_no_choices_give_an_empty_mapping() -> None:
    reading = interpret(one_sheet(made(), GEOGRAPHY.register), GEOGRAPHY)
    told = mapping_to_json(reading)
    assert is_empty(told)
    assert remembered_choices(told, reading.columns) == ReadingChoices()
    assert same(interpret(one_sheet(made(), GEOGRAPHY.register), GEOGRAPHY, ReadingChoices()), made())


@pytest.mark.parametrize("told", [{"fields": {"gerealiseerd": "?"}}, {"sign": "up"}, {"fields": [1]}, {"names": 3}])
def test_a_damaged_mapping_is_refused(told: dict[str, object]) -> None:
    columns = interpret(one_sheet(made(), GEOGRAPHY.register), GEOGRAPHY).columns
    with pytest.raises(MappingError, match="opnieuw"):
        remembered_choices(told, columns)
