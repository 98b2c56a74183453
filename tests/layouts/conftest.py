"""How properties of layouts are tested."""

from hypothesis import settings

# A deadline an example is a time asserted: a busy machine would fail what is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
