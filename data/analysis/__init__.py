"""What the figures mean: sums, courses, ranks, peers, laggards, supervision and projection."""

__all__ = [
    "area_series",
    "area_totals",
    "diagnosis",
    "headline",
    "laggards",
    "matching",
    "peers",
    "pooling",
    "projection",
    "ranking",
    "supervision",
    "worked_example",
]
