"""Hypothesis settings of the layout tests."""

from hypothesis import settings

# No deadline: a busy machine would fail correct code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
