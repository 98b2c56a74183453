"""What lists of municipalities have in common: heads that sort."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    key: str
    label: str
    href: str = ""
    """Address of the list sorted by it; empty when it cannot be sorted by."""
    sorted: str = ""
    """Value of `aria-sort`; empty when the list is sorted by another column."""
