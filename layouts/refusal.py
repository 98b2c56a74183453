"""The page that explains a refused request: small, self-contained, without scripts."""

from markupsafe import Markup

from layouts.templating import TEMPLATES


def refusal_html(message: str, back: str, way: str) -> Markup:
    """Render the page.

    Parameters
    ----------
    message : why it was refused, and how to go on
    back, way : path to go on with, and the text of its link
    """
    html = TEMPLATES.get_template("publications/refusal.html").render(message=message, back=back, way=way)
    return Markup(html)  # noqa: S704  written by a template that escapes
