"""Visit lists: their notation, route, calendar and table."""

from data.visits.calendar import (
    Appointment,
    NothingDated,
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
)
from data.visits.visit_list import (
    MOST_VISITS,
    Visit,
    by_day,
    meant,
    read_day,
    read_visits,
    write_visits,
)

__all__ = [
    "MOST_PER_DAY",
    "MOST_VISITS",
    "PER_DAY",
    "Appointment",
    "NothingDated",
    "Visit",
    "by_day",
    "kilometres",
    "meant",
    "near_suggestions",
    "read_day",
    "read_visits",
    "route_length",
    "shortest_order",
    "split_days",
    "to_ical",
    "visit_rows",
    "visits_csv",
    "workdays",
    "write_visits",
]
