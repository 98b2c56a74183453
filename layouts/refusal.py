"""The page that says why something was not done: small, whole in itself, without scripts."""

from markupsafe import Markup

from layouts.templating import TEMPLATES


def refusal_html(message: str, back: str, way: str) -> Markup:
    """Write the page.

    Parameters
    ----------
    message : why it was not done, and how to go on
    back, way : address that leads on, and what its link says
    """
    html = TEMPLATES.get_template("publications/refusal.html").render(message=message, back=back, way=way)
    return Markup(html)  # noqa: S704  written by a template that escapes
