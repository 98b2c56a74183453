"""Parser for the body of a good practice: paragraphs and lessons as plain text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

LESSONS: Final = "Wat ervan te leren is"
"""The only heading allowed in a body."""

_MARKDOWN: Final = MarkdownIt("commonmark").enable("table")
#: Tokens that become a space, and tokens that are dropped.
_SPACES: Final = ("softbreak", "hardbreak")
_DROPPED: Final = ("em_open", "em_close", "strong_open", "strong_close")
_NAMES: Final = {
    "image": "een afbeelding. Haal die weg",
    "html_block": "HTML. Schrijf gewone tekst",
    "html_inline": "HTML. Schrijf gewone tekst",
    "table_open": "een tabel. Schrijf gewone tekst",
    "blockquote_open": "een citaat. Schrijf gewone tekst",
    "fence": "code. Schrijf gewone tekst",
    "code_block": "een regel die met vier spaties begint. Haal de spaties weg",
    "code_inline": "code. Haal de tekens ` weg",
    "hr": "een streep. Haal die weg",
    "link_open": "een link. Zet het adres bij source",
    "heading_open": f"een kopje. Alleen ## {LESSONS} mag, één keer",
    "bullet_list_open": f"een lijst. Die mag alleen onder ## {LESSONS}",
    "ordered_list_open": f"een lijst. Die mag alleen onder ## {LESSONS}",
    "paragraph_open": f"tekst onder ## {LESSONS}. Daar hoort alleen een lijst",
}
_NESTED: Final = "een lijst in een lijst. Maak er één van"
_OTHER: Final = "iets anders dan tekst. Schrijf gewone tekst"


@dataclass(frozen=True)
class Body:
    """A parsed body."""

    paragraphs: tuple[str, ...]
    lessons: tuple[str, ...]
    problems: tuple[tuple[int, str], ...]
    """Unsupported content: line of the body, from 1, and the fix, in Dutch."""


def read_body(text: str) -> Body:
    """Parse paragraphs, and the list below the heading `LESSONS`; never raises.

    Emphasis becomes plain text. Any other content is left out and reported.
    """
    try:
        tokens = _MARKDOWN.parse(text)
    except RecursionError:
        return Body((), (), ((1, "te diep genest. Schrijf gewone tekst"),))
    paragraphs: list[str] = []
    lessons: list[str] = []
    problems: list[tuple[int, str]] = []
    heading: int | None = None
    for block in _blocks(tokens):
        first = block[0]
        line = (first.map or [0])[0] + 1
        if first.type == "paragraph_open" and heading is None:
            paragraphs.append(_plain(block[1], line, problems))
        elif first.type == "heading_open" and heading is None and _is_lessons(block):
            heading = line
        elif first.type in ("bullet_list_open", "ordered_list_open") and heading is not None:
            lessons += _items(block, problems)
        else:
            problems.append((line, _NAMES.get(first.type, _OTHER)))
    if heading is not None and not lessons:
        problems.append((heading, f"niets onder ## {LESSONS}. Zet er een lijst, of haal het kopje weg"))
    return Body(tuple(filter(None, paragraphs)), tuple(filter(None, lessons)), tuple(dict.fromkeys(problems)))


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Split a body into its top-level blocks."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _is_lessons(block: Sequence[Token]) -> bool:
    return block[0].tag == "h2" and " ".join(block[1].content.split()).casefold() == LESSONS.casefold()


def _items(block: Sequence[Token], problems: list[tuple[int, str]]) -> Iterator[str]:
    """Items of a list, one paragraph each."""
    depth = block[0].level
    for token in block[1:]:
        line = (token.map or [0])[0] + 1
        if token.type == "inline" and token.level == depth + 3:
            yield _plain(token, line, problems)
        elif token.nesting >= 0 and token.type not in ("list_item_open", "paragraph_open", "inline"):
            nested = token.type in ("bullet_list_open", "ordered_list_open")
            problems.append((line, _NESTED if nested else _NAMES.get(token.type, _OTHER)))


def _plain(inline: Token, line: int, problems: list[tuple[int, str]]) -> str:
    pieces: list[str] = []
    for token in inline.children or ():
        if token.type == "text":
            pieces.append(token.content)
        elif token.type in _SPACES:
            pieces.append(" ")
        elif token.type in _NAMES:
            problems.append((line, _NAMES[token.type]))
        elif token.type not in (*_DROPPED, "link_close"):
            problems.append((line, _OTHER))
    return " ".join("".join(pieces).split())
