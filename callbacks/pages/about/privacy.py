"""The page on what is kept of whom."""

from callbacks.auth.sessions import LIFETIME_SECONDS
from callbacks.pages.about.contact import organisation
from callbacks.pages.page import Content, Page, Request
from layouts.about import PrivacyView, privacy_html


class PrivacyPage(Page):
    """What the site keeps of visitors and of those who sign in, and what it does not."""

    key = "privacy"
    label = "Privacy"
    route = "/privacy"
    in_footer = True
    script = "pages/text.js"
    style = "pages/text.css"

    def content(self, request: Request) -> Content:
        """Tell what is kept, by the settings of this site."""
        addresses, settings = request.world.addresses, request.live.settings
        view = PrivacyView(
            organisation=organisation(settings),
            by_provider=settings.auth == "oidc",
            nobody=settings.auth == "none",
            hours=LIFETIME_SECONDS // 3600,
            visits=addresses.base("visits"),
            figures=addresses.base("publications"),
        )
        return Content(privacy_html(view), request.remarks)
