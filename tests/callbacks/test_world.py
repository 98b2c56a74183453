from dataclasses import replace

import pytest

from callbacks.view_state import NATIONAL
from callbacks.world import World
from data.measures import MEASURES


def test_ground_and_figures_of_other_municipalities_are_refused(world: World) -> None:
    register = world.bundle.register
    with pytest.raises(ValueError, match=r"verschillen: GM0014; .*python -m geo build --year") as caught:
        World(
            world.settings,
            replace(world.bundle, register=register[register["gm_code"] != "GM0014"]),
            world.snapshot,
        )
    assert "\n" not in str(caught.value)


def test_the_message_names_a_few_of_many(world: World) -> None:
    other = replace(world.bundle, register=world.bundle.register.assign(gm_code="GM9999"))
    with pytest.raises(ValueError, match="kaart \\(2023\\)") as caught:
        World(world.settings, other, world.snapshot)
    assert str(caught.value).count("GM") == 8


def test_moments_are_in_order_of_time(world: World) -> None:
    assert len(world.moments) == 77
    assert list(world.moments) == sorted(world.moments)
    for period, day in world.moments:
        assert period.start <= day <= period.end


def test_measures_can_light_their_own_classes(world: World) -> None:
    assert list(world.choices.measures) == list(MEASURES)
    for key, classes in world.choices.measures.items():
        assert list(classes) == [part.key for part in MEASURES[key].classes]


def test_names(world: World) -> None:
    assert world.names["GM0363"] == "Amsterdam"
    assert set(world.names) == set(world.bundle.codes)
    assert list(world.area_names) == list(world.choices.areas)
    assert world.area_names[NATIONAL] == "Nederland"
    assert world.area_names["PV21"] == "Fryslân"


def test_only_dates_that_have_figures_can_be_chosen(gaps: World) -> None:
    assert "2024-02-01" not in gaps.choices.dates["2024-I"]
    assert len(gaps.moments) == 13
    assert gaps.choices.default.reference_date == "2024-07-01"
