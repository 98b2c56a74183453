"""Progress messages of the bench."""

import sys
import time

_BEGUN = time.perf_counter()


def say(text: str) -> None:
    """Print a line with the elapsed seconds."""
    print(f"{time.perf_counter() - _BEGUN:6.1f} s  {text}", file=sys.stderr, flush=True)
