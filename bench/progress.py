"""Tells how far the bench is, beside its table."""

import sys
import time

_BEGUN = time.perf_counter()


def say(text: str) -> None:
    """Write one line with the seconds that have passed."""
    print(f"{time.perf_counter() - _BEGUN:6.1f} s  {text}", file=sys.stderr, flush=True)
