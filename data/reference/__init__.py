"""Bundled reference data (figures, inhabitants, collaborations), and how it is built."""

__all__ = [
    "build",
    "bundled",
    "collaborations",
    "collected",
    "population",
]
