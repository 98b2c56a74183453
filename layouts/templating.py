"""Jinja environment of the page templates, with autoescaping."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def rendered(template: str, **values: object) -> Markup:
    """Render a template; whatever is put in it is escaped."""
    return Markup(TEMPLATES.get_template(template).render(values))  # noqa: S704  the template escapes
