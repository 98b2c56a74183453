"""Jinja environment of the page templates: autoescaping, filters and globals."""

import re
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from data.glossary import TERMS
from layouts import labels

_NO_BREAK: Final = re.compile(r"\b\d{4}-I{1,2}\b|\([\d.]+ van [\d.]+\)")


def sentence(text: str) -> Markup:
    """Capitalise, and prevent line breaks within half-years and "(16 van 55)"."""
    escaped = str(escape(text[:1].upper() + text[1:]))
    return Markup(_NO_BREAK.sub(r'<span class="whole">\g<0></span>', escaped))  # noqa: S704  escaped above


TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    # Scripts and styles are read at the start too; looking for newer templates costs a page a millisecond.
    auto_reload=False,
)
TEMPLATES.globals |= {"KINDS": labels.KINDS, "FOR_PROGRAMS": labels.FOR_PROGRAMS, "TERMS": TERMS}
TEMPLATES.filters |= {
    "counted": labels.counted,
    "for_programs": labels.for_programs,
    "listed": labels.enumerate_all,
    "long_date": labels.long_date,
    "municipalities": labels.municipalities,
    "number": labels.number,
    "percentage": labels.percentage,
    "sentence": sentence,
    "signed": labels.signed,
}


def rendered(template: str, **values: object) -> Markup:
    """Render a template; whatever is put in it is escaped."""
    return Markup(TEMPLATES.get_template(template).render(values))  # noqa: S704  the template escapes
