"""The accessibility statement, from the last assessment and the defects that are known."""

from callbacks.pages.about.assessment import last_assessment
from callbacks.pages.about.contact import organisation
from callbacks.pages.about.defects import DEFECTS
from callbacks.pages.page import Content, Page, Request
from layouts.about import accessibility_html


class AccessibilityPage(Page):
    """How far everyone can use the site: the statement that the law asks of public bodies."""

    key = "accessibility"
    label = "Toegankelijkheid"
    route = "/toegankelijkheid"
    in_footer = True
    script = "pages/text.js"
    style = "pages/text.css"

    def content(self, request: Request) -> Content:
        """State what was assessed when, what is amiss, and how to report what is not listed."""
        html = accessibility_html(organisation(request.live.settings), last_assessment(), DEFECTS)
        return Content(html, request.remarks)
