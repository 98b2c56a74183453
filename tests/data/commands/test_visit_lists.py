"""Visit lists by the command line."""

import json
from datetime import date
from pathlib import Path

from data.periods import HalfYear
from data.store import ListDraft, Store
from tests.data.commands.conftest import Run, content_of

VISITS = "GM0363@2024-09-12,GM0599"


def test_saved_lists_are_listed(run: Run, shelf: Path) -> None:
    assert json.loads(run("visit-lists", "--format", "json").stdout) == []
    lists = Store(f"sqlite:///{shelf}").visit_lists
    lists.save(
        ListDraft("Najaar [bold]’24[/bold]", VISITS, HalfYear(2024, 1), date(2024, 7, 1), "orde=share"),
        "Anna",
    )
    lists.save(ListDraft("Leeg", ""), "Bas")
    before = content_of(shelf)
    empty, autumn = json.loads(run("visit-lists", "--format", "json").stdout)
    assert (autumn["name"], autumn["visits"], autumn["asked"]) == (
        "Najaar [bold]’24[/bold]",
        VISITS,
        "orde=share",
    )
    assert (autumn["period"], autumn["reference_date"], autumn["version"]) == ("2024-I", "2024-07-01", 1)
    assert (empty["made_by"], empty["period"]) == ("Bas", None)
    told = " ".join(run("visit-lists").stdout.split())
    for text in ("Bezoeklijsten", "[bold]’24[/bold]", "2024-I, 2024-07-01", "Anna", "nieuwste"):
        assert text in told
    assert content_of(shelf) == before


def test_another_form_is_refused(run: Run) -> None:
    result = run("visit-lists", "--format", "xml")
    assert result.exit_code != 0
    assert "xml" in result.output
