"""Half-years, days and months that a text mentions: "stand per 1 oktober 2025", "2e halfjaar", "okt-25"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from data.periods import HalfYear
from data.sources.monthly.normalise import fold

_MONTH_NAMES = (
    "jan(?:uari)?", "feb(?:r(?:uari)?)?", "mrt|maart", "apr(?:il)?", "mei", "juni?", "juli?", "aug(?:ustus)?",
    "sept?(?:ember)?", "okt(?:ober)?|oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_MONTH = "(?:" + "|".join(f"(?P<m{number}>{name})" for number, name in enumerate(_MONTH_NAMES, 1)) + r")\b\.?"
_YEAR = r"(?P<year>20\d\d)(?!\d)"
_SHORT_YEAR = r"(?P<year>20\d\d|'?\d\d)(?![\d%])"
_HALF = r"(?P<half>1e|1ste|eerste|2e|2de|tweede|[12])\s*(?:half\s?jaar|hj|helft|semester)\b"
_OF = r"(?:\s*(?:van|in|[-,:(/])?\s*)?(?:(?:het\s+)?jaar\s+)?"

#: Tried in this order; what one has read is not read again.
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(form))
    for kind, form in (
        ("half", rf"\b{_HALF}{_OF}{_YEAR}"),
        ("half", rf"\b{_YEAR}\s*[-,:/(]?\s*{_HALF}"),
        ("half", rf"\bhalf\s?jaar\s*(?P<half>ii|i|[12])\b{_OF}{_YEAR}"),
        ("half", rf"\b{_YEAR}\s*[-,:/]?\s*(?:half\s?jaar|hj|h)\s*(?P<half>ii|i|[12])\b"),
        ("half", rf"\b(?:hj|h)\s*(?P<half>[12])[\s/-]*{_YEAR}"),
        ("half", rf"\b{_YEAR}\s*[-/]?\s*(?P<half>ii|i)\b"),
        ("half", rf"\b(?P<half>ii|i)\s*[-/]?\s*{_YEAR}"),
        ("day", r"\b(?P<year>20\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
        ("day", rf"\b(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.]{_SHORT_YEAR}"),
        ("day", rf"\b(?P<day>\d{{1,2}})(?:e|ste)?[\s-]+{_MONTH}[\s-]*{_SHORT_YEAR}"),
        ("day", r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)"),
        ("day", r"(?<!\d)(?P<day>[0-3]\d)(?P<month>0[1-9]|1[0-2])(?P<year>20\d\d)(?!\d)"),
        ("day", rf"\b(?P<day>\d{{1,2}})(?:e|ste)?[\s-]+{_MONTH}"),
        ("day", r"(?<![\d.,/-])(?P<day>\d{1,2})[-/](?P<month>\d{1,2})(?![\d.,/%-])"),
        ("month", rf"\b{_MONTH}[\s-]*{_SHORT_YEAR}"),
        ("month", rf"\b{_YEAR}[\s-]*{_MONTH}"),
        ("month", r"\b(?P<year>20\d\d)[-/](?P<month>0[1-9]|1[0-2])(?![\d/-])"),
        ("weak_half", r"\b(?P<year>20\d\d)[-/](?P<half>[12])(?![\d/-])"),
        ("half", rf"\b{_HALF}"),
        ("month", rf"\b{_MONTH}"),
        ("year", rf"(?<!\d){_YEAR}"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Mention:
    """A half-year, day, month or year in a text; what is not given is None."""

    kind: str
    """ "half", "weak_half" ("2025-1"), "day", "month" or "year"."""
    year: int | None
    half: int | None
    month: int | None
    day: int | None
    before: str
    """The folded words before it."""

    @property
    def period(self) -> HalfYear | None:
        """The half-year, when the mention has one with its year."""
        return HalfYear(self.year, self.half) if self.year and self.half else None

    def first(self, year: int | None = None) -> date | None:
        """Reference date that a day or month stands for; None when it stands for none.

        A last day of a month stands for the day after; other days than first and last say nothing of a
        reference date. Of a month it is its first day.
        """
        year = self.year or year
        if not year or not self.month:
            return None
        day = date(year, self.month, self.day or 1)
        after = day + timedelta(days=1)
        return day if day.day == 1 else after if after.day == 1 else None


def mentions(text: str) -> tuple[tuple[Mention, ...], str]:
    """Find the moments in a text, in order; return them and the folded text without them.

    >>> found, rest = mentions("Stand per 1 oktober 2025")
    >>> found[0].first(), rest
    (datetime.date(2025, 10, 1), 'stand per')
    """
    text = fold(text).replace("_", " ")
    found: list[tuple[int, Mention]] = []
    rest = text
    for kind, form in _FORMS:
        for match in form.finditer(rest):
            mention = _mention(kind, match, text[: match.start()])
            if mention is not None:
                found.append((match.start(), mention))
                rest = rest[: match.start()] + "\0" * len(match[0]) + rest[match.end() :]
    ordered = tuple(mention for _, mention in sorted(found, key=lambda item: item[0]))
    return ordered, " ".join(rest.replace("\0", " ").split()).strip(" -:,;")


def _mention(kind: str, match: re.Match[str], before: str) -> Mention | None:
    parts = match.groupdict()
    year = int(str(parts["year"]).lstrip("'")) if parts.get("year") else None
    if year is not None and year < 100:
        year += 2000
    half = None
    if parts.get("half"):
        half = 2 if parts["half"][0] == "2" or parts["half"] in ("ii", "tweede") else 1
    month = int(parts["month"]) if parts.get("month") else None
    month = month or next((number for number in range(1, 13) if parts.get(f"m{number}")), None)
    day = int(parts["day"]) if parts.get("day") else None
    if month is not None:
        try:
            date(year or 2024, month, day or 1)
        except ValueError:
            return None
    return Mention(kind, year, half, month, day, before.rstrip())
