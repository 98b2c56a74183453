"""The example data set: targets by the law, realisation and balances simulated."""

from data.example.bundle import example_figures
from data.example.dataset import TITLE, example_inhabitants, example_national

__all__ = [
    "TITLE",
    "example_figures",
    "example_inhabitants",
    "example_national",
]
