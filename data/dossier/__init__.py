"""The dossier: all that is known of one municipality, on two sheets of paper."""

__all__ = [
    "builder",
    "jobs",
    "lessons",
    "model",
    "selection",
    "typesetting",
]
