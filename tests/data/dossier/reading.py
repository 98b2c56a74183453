"""Parsing of PDFs: text by page, structure tree, fonts and bookmarks."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def texts(content: bytes) -> list[str]:
    """Text of each page, with white space collapsed."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        return [re.sub(r"[ \r\n]+", " ", page.get_textpage().get_text_range()) for page in pdf]
    finally:
        pdf.close()


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Elements of the structure tree, parents first."""
    ahead = [pdf.Root.StructTreeRoot]
    while ahead:
        node = ahead.pop()
        if isinstance(node, pikepdf.Array):
            ahead += reversed(list(node))
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                ahead.append(node["/K"])


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    """Descriptors of every font that a page uses."""
    found = []
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            found.append(inner.FontDescriptor)
    return found


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[str, int]]:
    """Titles of the top-level bookmarks with their page numbers, from 1."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    with pdf.open_outline() as outline:
        found = []
        for item in outline.root:
            target = item.destination
            if target is None and item.action is not None:
                target = item.action.D
            found.append((item.title, pages[target[0].objgen]))
        return found
