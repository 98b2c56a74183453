"""The dossier: a report of two pages on one municipality."""

__all__ = [
    "builder",
    "jobs",
    "lessons",
    "model",
    "selection",
    "typesetting",
]
