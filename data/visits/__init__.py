"""Visit lists: notation, route, calendar and table."""

from data.visits.calendar import (
    Appointment,
    NoDatedVisitError,
    to_ical,
)
from data.visits.routing import (
    MOST_PER_DAY,
    PER_DAY,
    kilometres,
    near_suggestions,
    route_length,
    shortest_order,
    split_days,
    workdays,
)
from data.visits.table import (
    visit_rows,
    visits_csv,
    visits_dutch_csv,
)
from data.visits.visit_list import (
    MOST_VISITS,
    Visit,
    by_day,
    read_day,
    read_visits,
    suggestions,
    write_visits,
)

__all__ = [
    "MOST_PER_DAY",
    "MOST_VISITS",
    "PER_DAY",
    "Appointment",
    "NoDatedVisitError",
    "Visit",
    "by_day",
    "kilometres",
    "near_suggestions",
    "read_day",
    "read_visits",
    "route_length",
    "shortest_order",
    "split_days",
    "suggestions",
    "to_ical",
    "visit_rows",
    "visits_csv",
    "visits_dutch_csv",
    "workdays",
    "write_visits",
]
