"""Monthly files read as they are, and what was published around them."""

from dataclasses import replace

from data.ingest.baseline import Baseline, PublishedFigures
from data.periods import HalfYear
from data.sources.formats.grid import Grid, Sheet
from data.sources.monthly.interpret import Geography, interpret
from data.sources.monthly.reading import Precedent, Reading, ReadingChoices
from tests.monthly_files import PERIOD, Rows, figures

GEOGRAPHY = Geography.bundled()


def read(rows: Rows, choices: ReadingChoices | None = None, precedent: Precedent | None = None) -> Reading:
    """Read the rows of one sheet."""
    grid = Grid("maand.xlsx", "xlsx", (Sheet("Overzicht", tuple(map(tuple, rows))),))
    return interpret(grid, GEOGRAPHY, choices, precedent)


def baseline_at(period: HalfYear = PERIOD, ended: bool = False, **months: int) -> Baseline:
    """What is published of the example at some months of a half-year.

    Parameters
    ----------
    ended : bool
        Whether the end of the half-year before is published as well.
    months : months elapsed by what it is to the new file: `shown`, `previous_month`, `next_month`
    """
    moments = {what: published(number, period) for what, number in months.items()}
    if ended:
        moments["end_before"] = published(6, period.previous())
    return replace(Baseline.of(GEOGRAPHY.register), **moments)


def published(months: int, period: HalfYear = PERIOD) -> PublishedFigures:
    return PublishedFigures(period, period.reference_date(months), figures(months, period).reset_index(), 7)
