"""The templates of the pages' parts: how they are read, escaped, and which filters they have."""

import re
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from layouts import labels

_WHOLE: Final = re.compile(r"\b\d{4}-I{1,2}\b|\([\d.]+ van [\d.]+\)")


def sentence(text: str) -> Markup:
    """Begin with a capital, and keep names of half-years and "(16 van 55)" on one line."""
    escaped = str(escape(text[:1].upper() + text[1:]))
    return Markup(_WHOLE.sub(r'<span class="whole">\g<0></span>', escaped))  # noqa: S704  escaped above


TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals["KINDS"] = labels.KINDS
TEMPLATES.filters |= {
    "counted": labels.counted,
    "listed": labels.enumerate_all,
    "long_date": labels.long_date,
    "municipalities": labels.municipalities,
    "number": labels.number,
    "percentage": labels.percentage,
    "sentence": sentence,
    "signed": labels.signed,
}
