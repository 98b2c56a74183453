"""Parsing of a practice's body: paragraphs, lessons, and problems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.practices.body import LESSONS, read_body

HEADING = f"## {LESSONS}"


def test_emphasis_and_line_ends_become_text() -> None:
    body = read_body("Een **zin** van\ntwee *regels*,  \nmet R&amp;D en \\*.\n\nNog een.")
    assert body.paragraphs == ("Een zin van twee regels, met R&D en *.", "Nog een.")
    assert (body.lessons, body.problems) == ((), ())


@pytest.mark.parametrize("marks", [("-", "-"), ("*", "*"), ("1.", "2.")])
def test_lessons_are_the_list_below_the_heading(marks: tuple[str, str]) -> None:
    body = read_body(f"Tekst.\n\n{HEADING}\n\n{marks[0]} Eerst\n   dit.\n\n{marks[1]} *Dan* dat.\n")
    assert body.lessons == ("Eerst dit.", "Dan dat.")
    assert body.problems == ()


@pytest.mark.parametrize(
    ("text", "line", "explanation"),
    [
        ("Tekst.\n\n![x](y.png)", 3, "een afbeelding"),
        ("Tekst.\n\n<div>x</div>", 3, "HTML"),
        ("Tekst <b>vet</b>.", 1, "HTML"),
        ("| a | b |\n|---|---|\n| c | d |", 1, "een tabel"),
        ("> Citaat", 1, "een citaat"),
        ("```\ncode\n```", 1, "code"),
        ("Een `woord`.", 1, "code"),
        ("    ver naar rechts", 1, "vier spaties"),
        ("Tekst.\n\n***", 3, "een streep"),
        ("Zie [hier](https://a.nl).", 1, "Zet het adres bij source"),
        ("# Kop", 1, "een kopje"),
        (f"{HEADING}\n\n- a\n\n{HEADING}\n\n- b", 5, "een kopje"),
        ("- a\n- b", 1, f"alleen onder {HEADING}"),
        (f"Tekst.\n\n{HEADING}\n\nEen zin.\n\n- a", 5, "Daar hoort alleen een lijst"),
        (f"Tekst.\n\n{HEADING}", 3, "niets onder"),
        (f"{HEADING}\n\n- a\n  - b", 4, "een lijst in een lijst"),
        (f"{HEADING}\n\n- > a", 3, "een citaat"),
    ],
)
def test_unsupported_content_is_reported_with_its_line(text: str, line: int, explanation: str) -> None:
    problems = read_body(text).problems
    assert any(place == line and explanation in words for place, words in problems), problems


@given(st.text("#-*_`>|<![]()\\ \n\tab&;1.", max_size=200))
def test_any_body_is_parsed_without_error(text: str) -> None:
    body = read_body(text)
    for line, explanation in body.problems:
        assert 1 <= line <= text.count("\n") + 1
        assert explanation
    for piece in (*body.paragraphs, *body.lessons):
        assert piece == " ".join(piece.split())
        assert piece
