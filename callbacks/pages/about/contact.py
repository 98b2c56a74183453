"""The page on whom to write to: about a page, a figure, or what one cannot use."""

from typing import Final

from callbacks.pages.page import Content, Page, Request
from callbacks.state.paths import HOME
from config import Settings
from layouts.about import Organisation, contact_html

ROUTE: Final = "/contact"


class ContactPage(Page):
    """Whom to write to, and what to write."""

    key = "contact"
    label = "Contact"
    route = ROUTE
    in_footer = True
    script = "pages/text.js"
    style = "pages/text.css"

    def content(self, request: Request) -> Content:
        """Say who keeps the site, and how to report a problem."""
        addresses = request.world.addresses
        html = contact_html(
            organisation(request.live.settings),
            figures=addresses.base("explanation"),
            accessibility=addresses.base("accessibility"),
            home=addresses.base(HOME),
        )
        return Content(html, request.remarks)


def organisation(settings: Settings) -> Organisation:
    """Who answers for the site, as its settings say."""
    return Organisation(settings.organisation, settings.contact_email, ROUTE)
