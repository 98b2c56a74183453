"""From the bytes of a file to cells: spreadsheets, text and PDF."""

__all__ = [
    "grid",
    "isolated",
    "limits",
]
