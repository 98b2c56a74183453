"""Places that tests read from."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
#: Published figures and geography beside the project; tests that need them skip when it is absent.
SHARED = ROOT.parent / "shared"
