"""Visit lists: notation, route, calendar and table."""

from data.visits.calendar import (
    Appointment,
    NoDatedVisitError,
    to_ical,
)
from data.visits.days import day_remarks, workdays
from data.visits.routing import (
    MOST_PER_DAY,
    PER_DAY,
    kilometres,
    near_suggestions,
    route_length,
    shortest_order,
    split_days,
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
    in_time,
    near_names,
    read_day,
    read_visits,
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
    "day_remarks",
    "in_time",
    "kilometres",
    "near_names",
    "near_suggestions",
    "read_day",
    "read_visits",
    "route_length",
    "shortest_order",
    "split_days",
    "to_ical",
    "visit_rows",
    "visits_csv",
    "visits_dutch_csv",
    "workdays",
    "write_visits",
]
