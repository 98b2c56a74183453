from dataclasses import replace

import pytest

from callbacks.state.view_state import NATIONAL
from callbacks.state.world import World
from data.areas import OWN, EmptyArea
from data.measures import MEASURES


def test_ground_and_figures_of_other_municipalities_are_refused(world: World) -> None:
    register = world.bundle.register
    with pytest.raises(ValueError, match=r"verschillen: GM0014; .*python -m geo build --year") as caught:
        World(
            world.settings,
            replace(world.bundle, register=register[register["gm_code"] != "GM0014"]),
            world.snapshot,
            world.addresses,
        )
    assert "\n" not in str(caught.value)


def test_the_message_names_a_few_of_many(world: World) -> None:
    other = replace(world.bundle, register=world.bundle.register.assign(gm_code="GM9999"))
    with pytest.raises(ValueError, match="kaart \\(2023\\)") as caught:
        World(world.settings, other, world.snapshot, world.addresses)
    assert str(caught.value).count("GM") == 8


def test_moments_are_in_order_of_time(world: World) -> None:
    assert len(world.moments) == 77
    assert list(world.moments) == sorted(world.moments)
    for period, day in world.moments:
        assert period.start <= day <= period.end


def test_measures_can_light_their_own_classes(world: World) -> None:
    assert list(world.choices.measures) == list(MEASURES)
    for key, classes in world.choices.measures.items():
        assert list(classes) == [*MEASURES[key].tones]


def test_names(world: World) -> None:
    assert world.names["GM0363"] == "Amsterdam"
    assert set(world.names) == set(world.bundle.codes)


def test_the_area_of_a_state_is_a_known_or_an_own_one(world: World) -> None:
    default = world.choices.default
    assert world.area(default).name == "Nederland"
    assert world.area(replace(default, area="PV21")).name == "Fryslân"
    own = world.area(replace(default, area=OWN, members=("GM0363", "achterhoek"), name="Samen"))
    assert (own.code, own.name, own.level) == (OWN, "Samen", "collaboration")
    assert set(own.municipalities) == {"GM0363", *world.snapshot.areas["achterhoek"].municipalities}
    nameless = world.area(replace(default, area=OWN, members=("GM0363", "GM0362")))
    assert nameless.name == "Amsterdam, Amstelveen"
    with pytest.raises(EmptyArea):
        world.area(replace(default, area=OWN))


def test_scope_is_the_area_or_a_municipality_among_its_neighbours(world: World) -> None:
    areas = world.snapshot.areas
    assert world.scope(areas[NATIONAL]) == set(world.bundle.codes)
    assert world.scope(areas["VR09"]) == set(areas["VR09"].municipalities)
    near = world.scope(areas["GM0448"])
    assert near == {"GM0448", *(each.code for each in world.bundle.neighbours["GM0448"])}


def test_merged_municipalities_lead_to_one_of_today(world: World) -> None:
    heirs = world.choices.heirs
    assert heirs["GM0457"] == "GM0363"  # Weesp, Amsterdam
    today = set(world.bundle.codes)
    assert set(heirs.values()) <= today
    assert not set(heirs) & today
    # Who was divided has no heir.
    mergers = world.bundle.mergers
    split = set(mergers[mergers["share"] < 1]["old_code"])
    assert split
    assert not split & set(heirs)
    # Some merged twice: the heir of an heir.
    twice = set(mergers["new_code"]) & set(mergers["old_code"]) & set(heirs)
    assert twice


def test_only_dates_that_have_figures_can_be_chosen(gaps: World) -> None:
    assert "2024-02-01" not in gaps.choices.dates["2024-I"]
    assert len(gaps.moments) == 13
    assert gaps.choices.default.reference_date == "2024-07-01"
