"""Reading tables from a pdf with text, by pdfplumber: ruled or not, a page or a province at a time."""

import io

import pdfplumber

from data.sources.grid import Sheet


def read_pdf(content: bytes) -> tuple[Sheet, ...]:
    """Tables of all pages."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return tuple(
            Sheet(f"pagina {n}", tuple(tuple(row) for row in page.extract_table() or []))
            for n, page in enumerate(pdf.pages, start=1)
        )
