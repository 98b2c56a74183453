"""The way from the bytes of a file to a checked draft of a publication."""

__all__ = [
    "baseline",
    "drafts",
    "pipeline",
    "report",
]
