"""The example data set: targets by law, simulated realisation and balances."""

from data.example import bundle
from data.example.bundle import example_figures
from data.example.dataset import TITLE, example_inhabitants, example_national

__all__ = [
    "TITLE",
    "bundle",
    "example_figures",
    "example_inhabitants",
    "example_national",
]
