"""Headline above the map: what the figures of an area say under a measure, by rules."""

from data.analysis.headline.facts import HeadlineFacts, facts_of, since_of
from data.analysis.headline.headlines import headline, headlines
from data.analysis.headline.rules import FINDINGS, MORE

__all__ = [
    "FINDINGS",
    "MORE",
    "HeadlineFacts",
    "facts_of",
    "headline",
    "headlines",
    "since_of",
]
