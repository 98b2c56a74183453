"""Report of the measurements with targets and outcomes, as Markdown and JSON."""

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
        """Summarise one or more measurements."""
        return cls(statistics.median(values), percentile(values, 10), percentile(values, 90), len(values))

    def text(self, decimals: int = 0) -> str:
        """Format as "24 (20–31)"."""
        return f"{self.median:.{decimals}f} ({self.low:.{decimals}f}–{self.high:.{decimals}f})"


def percentile(values: Sequence[float], of: float) -> float:
    """Return the smallest measurement that is at least as large as `of` % of all."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(of / 100 * len(ordered)) - 1)]


@dataclass(frozen=True)
class Line:
    """One line of the report.

    Parameters
    ----------
    what : description
    measured : measurement as text, with its unit
    value : number to compare with the target; None without one
    target : target as text; empty without one
    held : whether the target was met; None without a target or a measurement
    """

    what: str
    measured: str
    value: float | None = None
    target: str = ""
    held: bool | None = None


def at_most(what: str, value: float, limit: float, unit: str, *, decimals: int = 0, measured: str = "") -> Line:
    """Return a line whose value must not exceed a limit."""
    shown = measured or f"{value:.{decimals}f}{unit}"
    return Line(what, shown, value, f"≤ {limit:g}{unit}", value <= limit)


def none(what: str, found: int, measured: str) -> Line:
    """Return a line for occurrences that must not exist."""
    return Line(what, measured, found, "none", found == 0)


def at_least(what: str, value: float, limit: float, unit: str) -> Line:
    """Return a line whose value must reach a limit."""
    return Line(what, f"{value:.1f}{unit}", value, f"≥ {limit:g}{unit}", value >= limit)


def machine(chromium: str, load: tuple[float, float, float]) -> dict[str, str]:
    """Describe the machine.

    Parameters
    ----------
    chromium : its version
    load : load average before the bench began, from `os.getloadavg`
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
    """Format a Markdown table with aligned columns."""
    widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |"

    return "\n".join([line(header), line(["-" * width for width in widths]), *map(line, rows)])


def table(lines: Sequence[Line]) -> str:
    """Format the measurements with their targets."""
    verdict = {True: "held", False: "MISSED", None: ""}
    return markdown(
        ("What", "Measured", "Target", ""),
        [(line.what, line.measured, line.target, verdict[line.held]) for line in lines],
    )


def as_json(lines: Sequence[Line], on: dict[str, str], raw: dict[str, Any]) -> dict[str, Any]:
    """Return the report as a JSON object, with all single measurements."""
    return {"machine": on, "lines": [asdict(line) for line in lines], "measurements": raw}
