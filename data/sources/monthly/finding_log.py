"""The log of findings while a file is interpreted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from data.findings import Finding, Remedy, Weight
from data.sources.formats.grid import column_letter
from data.sources.monthly.columns import ColumnDraft
from data.sources.monthly.rows import TableRow

MOST = 100
"""Findings of one kind that are listed; the others are counted."""


class FindingLog:
    """Findings so far, each with its place in the file."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.stop = partial(self._tell, Weight.STOPS)
        """Add a finding that forbids publishing; `code` is that of the municipality."""
        self.ask = partial(self._tell, Weight.ASKS)
        """Add a finding that a person must look at."""
        self.note = partial(self._tell, Weight.NOTES)
        """Add a finding that is good to know."""

    def has(self, kinds: Iterable[str]) -> bool:
        """Whether there is a finding of one of some kinds."""
        return bool({finding.kind for finding in self.findings} & set(kinds))

    def _tell(
        self,
        weight: Weight,
        kind: str,
        message: str,
        row: TableRow | None = None,
        column: ColumnDraft | None = None,
        code: str | None = None,
        remedies: Sequence[Remedy] = (),
    ) -> None:
        heading = None if column is None else column.heading.text or column_letter(column.index)
        sheet, number = (row.sheet, row.number) if row is not None else (None, None)
        if sheet is None and column is not None:
            sheet = column.sheet
        self.findings.append(Finding(weight, kind, message, sheet, number, heading, code, tuple(remedies)))


def bounded(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Limit findings to :data:`MOST` of a kind, heaviest first."""
    order = list(Weight)
    kept: list[Finding] = []
    counts: Counter[str] = Counter()
    for finding in sorted(findings, key=lambda finding: order.index(finding.weight)):
        counts[finding.kind] += 1
        if counts[finding.kind] <= MOST:
            kept.append(finding)
    weights = {finding.kind: finding.weight for finding in kept}
    for kind, count in counts.items():
        if count > MOST:
            kept.append(Finding(weights[kind], kind, f"En nog {count - MOST} keer hetzelfde."))
    return tuple(kept)
