"""What the figures mean: sums, courses, ranks, peers, laggards, supervision and projection."""

__all__ = [
    "area_series",
    "area_totals",
    "diagnosis",
    "laggards",
    "matching",
    "peers",
    "pooling",
    "projection",
    "supervision",
    "worked_example",
]
