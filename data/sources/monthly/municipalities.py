"""Resolution of rows to municipalities of the file's year; reports duplicates and gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.formatting import enumerate_some
from data.sources.monthly.columns import ColumnDraft
from data.sources.monthly.division import Division
from data.sources.monthly.finding_log import FindingLog
from data.sources.monthly.gazetteer import Gazetteer, key_of, name_key, parse_code
from data.sources.monthly.normalise import text_key
from data.sources.monthly.rows import TableRow

#: Merged during a year, not on its first day: in that year a source may count them either way.
#: Source: Wet tot herindeling van de gemeenten Amsterdam en Weesp, in force on 24 March 2022.
MERGED_DURING = {"GM0457": 2022}


SUGGESTED = 20
"""Unknown names that get suggestions."""


@dataclass(frozen=True)
class Resolved:
    """A row and its municipality."""

    row: TableRow
    code: str | None
    """Code of the municipality as printed, present or former; None when unknown."""
    how: str | None
    """ "code", "name", "loose", "merged", "split" or "chosen"."""


class Resolver:
    """Resolver of rows by code, name, choice, province and year.

    Parameters
    ----------
    chosen : code by printed name, chosen by a person
    year : of the file's half-year; None while it is not known, when no time is checked
    log : gets what is found
    column : column of names, or of codes
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        division: Division,
        chosen: Mapping[str, str],
        year: int | None,
        log: FindingLog,
        column: ColumnDraft | None,
    ) -> None:
        self.gazetteer, self.division, self.year = gazetteer, division, year
        self._log, self._column = log, column
        self._unknowns = 0
        self._chosen = {key_of(name): parse_code(text_key(code)) or code for name, code in chosen.items()}

    def resolve(self, rows: Sequence[TableRow]) -> list[Resolved]:
        """Resolve rows of municipalities, one to one."""
        unanimous = self._provinces_of_blocks(rows)
        resolved = [self._one(row, unanimous.get(row.block)) for row in rows]
        self._doubled(resolved)
        self._missing(resolved)
        return resolved

    def _provinces_of_blocks(self, rows: Sequence[TableRow]) -> dict[int, str]:
        """Province of each closed block whose known rows are all in one."""
        seen: dict[int, list[str]] = {}
        for row in rows:
            if row.closed and len(row.candidates) == 1:
                seen.setdefault(row.block, []).append(self.gazetteer.province.get(row.candidates[0], ""))
        return {block: found[0] for block, found in seen.items() if len(found) > 2 and len(set(found)) == 1}

    def _one(self, row: TableRow, province: str | None) -> Resolved:
        chosen = self._chosen.get(name_key(row.label.key))
        if chosen is not None and self.division.knows(chosen):
            return self._in_time(row, chosen, "chosen")
        if row.code is not None:
            return self._by_code(row, row.code)
        codes, how = row.match.codes, row.match.how
        codes = self._inside(codes, row.province)
        if len(codes) > 1 and self.year is not None:
            then = tuple(code for code in codes if self.division.existed(code, self.year))
            codes = then or codes
        if len(codes) > 1 and province is not None:
            codes, how = self._inside(codes, province), "loose"
        if not codes:
            return self._unknown(row)
        if len(codes) > 1:
            who = self.gazetteer.called(codes)
            advice = "Zet de code of de provincie erbij, of kies de gemeente."
            self._log.stop("ambiguous_name", f"{row.printed!r} kan {who} zijn. {advice}", row, self._column)
            return Resolved(row, None, None)
        if how == "loose":
            message = f"{row.printed!r} is gelezen als {self.gazetteer.called(codes)}."
            self._log.note("matched_loosely", message, row, self._column, codes[0])
        return self._in_time(row, codes[0], how)

    def _inside(self, codes: tuple[str, ...], province: str | None) -> tuple[str, ...]:
        """Filter municipalities by province, unless none is in it."""
        if len(codes) < 2 or province is None:
            return codes
        return tuple(code for code in codes if self.gazetteer.province.get(code) == province) or codes

    def _by_code(self, row: TableRow, code: str) -> Resolved:
        if not self.division.knows(code):
            return self._unknown(row)
        named = row.match.codes
        if named and not any(self._same(code, other) for other in named):
            self._log.stop(
                "ambiguous_name",
                f"De code {code} is van {self.gazetteer.names[code]}, maar er staat {row.printed!r}. "
                "Verbeter de code of de naam.",
                row,
                self._column,
            )
            return Resolved(row, None, None)
        return self._in_time(row, code, "code")

    def _same(self, code: str, other: str) -> bool:
        """Whether two codes have a successor in common."""
        there, here = self.division.successors(code), self.division.successors(other)
        return bool(set(there) & set(here)) or code == other

    def _in_time(self, row: TableRow, code: str, how: str) -> Resolved:
        ended = self.division.ended(code)
        if ended is None:
            return Resolved(row, code, how)
        name = f"{self.gazetteer.names[code]} ({code})"
        after = self.division.successors(code)
        whither = self.gazetteer.called(after)
        renamed = self.division.renamed(code)
        if self.year is not None and self.year >= ended and not renamed:
            self._log.stop(
                "municipality_of_another_year",
                f"{name} bestaat sinds 1 januari {ended} niet meer en ging op in {whither}. "
                "Tel de rij daarbij op, of kies het juiste halfjaar.",
                row,
                self._column,
                code,
            )
            return Resolved(row, None, None)
        if len(after) == 1:
            message = f"{name} heet nu {whither}." if renamed else f"{name} is opgeteld bij {whither}."
            self._log.note("merged_resolved", message, row, self._column, code)
            return Resolved(row, code, "merged")
        shares = enumerate_some(f"{self.gazetteer.called([new])} {part:.0%}" for new, part in after.items())
        self._log.ask(
            "split_divided",
            f"{name} is naar oppervlakte verdeeld over {shares}. De delen zijn een schatting; "
            "kijk of dat aanvaardbaar is.",
            row,
            self._column,
            code,
        )
        return Resolved(row, code, "split")

    def _unknown(self, row: TableRow) -> Resolved:
        self._unknowns += 1
        # Suggestions are slow to find, and of no use in an endless list.
        near = self.gazetteer.nearest(row.printed) if self._unknowns <= SUGGESTED else ()
        what = f"{row.printed!r} is geen gemeente"
        if row.code is not None:
            what = f"De code {row.code} ({row.printed!r}) is van geen gemeente"
        elif not row.printed:
            what = "Er staan cijfers zonder naam of code van een gemeente"
        hint = f" Bedoeld kan zijn: {enumerate_some(near)}." if near else ""
        advice = "Verbeter de naam, zet de code erbij, of kies de gemeente."
        self._log.stop("unknown_municipality", f"{what}.{hint} {advice}", row, self._column)
        return Resolved(row, None, None)

    def _doubled(self, resolved: Sequence[Resolved]) -> None:
        first: dict[str, Resolved] = {}
        for each in resolved:
            if each.code is None:
                continue
            code = self.division.renumbered(each.code)
            other = first.setdefault(code, each)
            if other is not each:
                self._report_doubled(each, f"{self.gazetteer.called([each.code])} staat er twee keer in", other)
        for code, each in first.items():
            for new in self.division.successors(code):
                formed = self.division.formed(new)
                if new != code and new in first and formed is not None and formed == self.division.ended(code):
                    both = f"{self.gazetteer.called([code])} en {self.gazetteer.called([new])}"
                    self._report_doubled(each, f"{both}, waarin zij opging, staan er allebei in", first[new])

    def _report_doubled(self, each: Resolved, what: str, other: Resolved) -> None:
        where = f"zie ook blad {other.row.sheet}, rij {other.row.number}"
        message = f"{what}: {where}. Laat er één staan."
        self._log.stop("doubled_municipality", message, each.row, self._column, each.code)

    def _missing(self, resolved: Sequence[Resolved]) -> None:
        year = self.year
        if year is None:
            return
        there = {self.division.renumbered(each.code) for each in resolved if each.code is not None}
        years = sorted({year, *(later for later in self.division.years if later > year)})
        missing_by_year = {each: self._of_year(each) - there for each in years}
        # Figures of earlier years are published again in the division of later ones.
        best = min(years, key=lambda each: (len(missing_by_year[each]), each))
        missing = sorted(missing_by_year[best])
        if missing:
            names = enumerate_some(sorted(self.gazetteer.names[code] for code in missing), 8)
            one = len(missing) == 1
            self._log.stop(
                "missing_municipality",
                f"{'Eén gemeente ontbreekt' if one else f'{len(missing)} gemeenten ontbreken'}: {names}. "
                "Vul de rijen aan; een overzicht wordt alleen als geheel gepubliceerd.",
                code=missing[0] if one else None,
            )
        elif best != year:
            message = f"De cijfers over {year} staan in de gemeentelijke indeling van {best}."
            self._log.note("later_division", message)

    def _of_year(self, year: int) -> set[str]:
        """Municipalities of a year that must not be missing."""
        either = {code for code, during in MERGED_DURING.items() if during == year}
        return {self.division.renumbered(code) for code in self.division.of_year(year)} - either
