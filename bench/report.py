"""The table: each measurement with its target and whether it held, as Markdown and as JSON."""

import math
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Spread:
    """Repeated measurements as median, 10th and 90th percentile."""

    median: float
    low: float
    high: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Sum up measurements; one is enough."""
        return cls(statistics.median(values), percentile(values, 10), percentile(values, 90), len(values))

    def text(self, decimals: int = 0) -> str:
        """Write as "24 (20–31)"."""
        return f"{self.median:.{decimals}f} ({self.low:.{decimals}f}–{self.high:.{decimals}f})"


def percentile(values: Sequence[float], of: float) -> float:
    """Smallest measurement that is at least as large as `of` % of all."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(of / 100 * len(ordered)) - 1)]


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Parameters
    ----------
    what : what was measured
    measured : as text, with its unit
    value : the number that the target is about; None when there is none
    target : as text; empty when nothing is asked
    held : whether the target was met; None when nothing is asked or nothing could be measured
    """

    what: str
    measured: str
    value: float | None = None
    target: str = ""
    held: bool | None = None


def at_most(what: str, value: float, limit: float, unit: str, *, decimals: int = 0, measured: str = "") -> Line:
    """Make a line whose value should be at most a limit."""
    shown = measured or f"{value:.{decimals}f}{unit}"
    return Line(what, shown, value, f"≤ {limit:g}{unit}", value <= limit)


def none(what: str, found: int, measured: str) -> Line:
    """Make a line for what should not be there at all."""
    return Line(what, measured, found, "none", found == 0)


def at_least(what: str, value: float, limit: float, unit: str, *, decimals: int = 1) -> Line:
    """Make a line whose value should be at least a limit."""
    return Line(what, f"{value:.{decimals}f}{unit}", value, f"≥ {limit:g}{unit}", value >= limit)


def machine(chromium: str, load: tuple[float, float, float]) -> dict[str, str]:
    """Describe what was measured on.

    Parameters
    ----------
    chromium : its version
    load : of the machine before the bench began, as `os.getloadavg` gives it
    """
    return {
        "date": datetime.now().astimezone().isoformat(timespec="minutes"),
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "load_before": f"{load[0]:.1f}",
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "chromium": chromium,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table in Markdown, with columns aligned for who reads it as text."""
    widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |"

    return "\n".join([line(header), line(["-" * width for width in widths]), *map(line, rows)])


def table(lines: Sequence[Line]) -> str:
    """Write the measurements with their targets."""
    verdict = {True: "held", False: "MISSED", None: ""}
    return markdown(
        ("What", "Measured", "Target", ""),
        [(line.what, line.measured, line.target, verdict[line.held]) for line in lines],
    )


def as_json(lines: Sequence[Line], on: dict[str, str], raw: dict[str, Any]) -> dict[str, Any]:
    """Write the same for programs, with every single measurement."""
    return {"machine": on, "lines": [asdict(line) for line in lines], "measurements": raw}
