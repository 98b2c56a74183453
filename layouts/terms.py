"""A term with its explanation, for layouts of Dash; templates have the macro of `term.html`."""

from dash import html

from data.glossary import TERMS
from layouts.attributes import marked


def explained(key: str, text: str = "") -> html.A:
    """Write a term as a link to its explanation, which a script shows in place.

    Parameters
    ----------
    key : of a term of :mod:`data.glossary`
    text : instead of its label, such as its head
    """
    term = TERMS[key]
    return marked(html.A(text or term.label, href=term.path, className="term"), aria_description=term.meaning)
