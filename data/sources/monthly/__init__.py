"""From the cells of a monthly overview to figures of municipalities."""

__all__ = [
    "interpret",
    "reading",
    "remembered",
    "signs",
]
