"""The facts that are bundled with the project, and how they are built."""

__all__ = [
    "build",
    "bundled",
    "collaborations",
    "collected",
    "population",
]
