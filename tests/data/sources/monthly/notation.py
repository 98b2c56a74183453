"""How a source writes its numbers, and what a plus in the balance means there."""

from dataclasses import dataclass

from data.sources.formats.grid import CellValue


@dataclass(frozen=True)
class Notation:
    """How numbers are written, and what a plus in the balance means."""

    style: str = "typed"
    """ "typed", "dutch" (1.234), "english" (1,234), "spaced" (1 234) or "bare" (1234)."""
    minus: str = "-"
    """ "-", "−", "()" or "behind" (12-)."""
    plus_is_lead: bool = False

    def number(self, value: object) -> CellValue:
        """Write a number of persons; a missing one is an empty cell."""
        if value is None:
            return None if self.style == "typed" else ""
        number = int(value)
        if self.style == "typed":
            return number
        separator = {"dutch": ".", "english": ",", "spaced": "\u00a0", "bare": ""}[self.style]
        text = f"{abs(number):,}".replace(",", separator)
        return self._signed(text, number < 0)

    def share(self, value: float | None) -> CellValue:
        """Write a fraction: typed as it is, in text as a percentage."""
        if value is None:
            return None if self.style == "typed" else "-"
        if self.style == "typed":
            return float(value)
        text = f"{value * 100:.1f}%"
        return text if self.style == "english" else text.replace(".", ",")

    def balance(self, value: object) -> CellValue:
        """Write an opening balance (plus is ahead) in the sign of this manner."""
        return self.number(value if value is None or self.plus_is_lead else -int(value))

    def _signed(self, text: str, negative: bool) -> str:
        if not negative:
            return text
        return {"()": f"({text})", "behind": f"{text}-"}.get(self.minus, f"{self.minus}{text}")


TYPED = Notation()
"""Numbers as a spreadsheet stores them; a plus in the balance is a backlog."""
