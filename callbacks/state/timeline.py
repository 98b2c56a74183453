"""The stops of the slider through time."""

from callbacks.state.view_state import ViewState
from callbacks.state.world import World
from data.periods import HalfYear
from layouts import labels


def stops(world: World) -> list[tuple[str, str, int]]:
    """List the stops: period, reference date in words, months elapsed."""
    return [(str(period), labels.long_date(day), period.months_elapsed(day)) for period, day in world.moments]


def stop(world: World, state: ViewState) -> int:
    """Return the index of the stop that a state is at."""
    return world.moments.index((HalfYear.parse(state.period), state.date))
