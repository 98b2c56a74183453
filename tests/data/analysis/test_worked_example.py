from callbacks.state.world import World
from data.analysis.worked_example import worked_example
from data.periods import HalfYear
from data.snapshot import Snapshot

PERIOD = HalfYear(2022, 1)


def of(world: World) -> Snapshot:
    return world.snapshot


def test_the_steps_follow_from_each_other(world: World) -> None:
    rows = of(world).wide_on(PERIOD, PERIOD.end).set_index("gm_code")
    for code in ("GM0363", "GM0855", "GM0014"):
        one = worked_example(of(world), PERIOD, PERIOD.end, code)
        assert one is not None
        row = rows.loc[code]
        assert one.net_target - one.opening_balance + one.correction == one.corrected_target
        assert one.corrected_target - one.realised == one.remaining == row["remaining"]
        assert (one.name, one.quality, one.months) == (row["name"], row["quality"], 6)
        assert one.expected == max(0, one.corrected_target)


def test_an_example_of_our_choice_shows_every_step(world: World) -> None:
    for period in of(world).periods:
        for months in (3, 6):
            one = worked_example(of(world), period, period.reference_date(months))
            assert one is not None
            assert one.opening_balance < 0 < one.realised
            assert one.remaining > 0
            assert one.correction == 0
            assert 20 <= one.net_target <= 200


def test_on_the_first_day_nothing_is_expected(world: World) -> None:
    one = worked_example(of(world), PERIOD, PERIOD.start)
    assert one is not None
    assert (one.realised, one.expected, one.expected_share) == (0, 0, 0)


def test_an_unknown_municipality_has_no_example(world: World) -> None:
    assert worked_example(of(world), PERIOD, PERIOD.end, "GM9999") is None
