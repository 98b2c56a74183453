"""From the bytes of a file to a checked draft of a publication."""

__all__ = [
    "baseline",
    "checks",
    "comparison",
    "drafts",
    "pipeline",
    "report",
    "unchanged_rows",
]
