"""Pages about the site itself: accessibility, privacy, contact."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from layouts.templating import rendered


@dataclass(frozen=True)
class Organisation:
    """Who answers for the site; `name` and `email` are empty when nobody was set."""

    name: str
    email: str
    contact: str
    """Address of the page with contact details."""


@dataclass(frozen=True)
class PageAssessed:
    """A page that was assessed."""

    title: str
    path: str
    violations: int
    """Rules that were broken, summed over the widths."""


@dataclass(frozen=True)
class Assessment:
    """What was looked at, when, by what."""

    day: date
    tool: str
    widths: tuple[int, ...]
    """In pixels."""
    pages: tuple[PageAssessed, ...]

    @property
    def checks(self) -> int:
        """Number of pages times widths."""
        return len(self.pages) * len(self.widths)

    @property
    def violations(self) -> int:
        """Broken rules, of all pages and widths."""
        return sum(page.violations for page in self.pages)


@dataclass(frozen=True)
class Defect:
    """What is amiss: what of the norm, why, for whom, what else one can do, and until when."""

    title: str
    criterion: str
    cause: str
    consequence: str
    alternative: str
    plan: str


@dataclass(frozen=True)
class PrivacyView:
    """What the site keeps depends on who may sign in.

    Parameters
    ----------
    by_provider, nobody : whether people sign in at a provider; whether nobody can publish here
    hours : that one stays signed in
    visits, figures : addresses of the pages where something is kept
    """

    organisation: Organisation
    by_provider: bool
    nobody: bool
    hours: int
    visits: str
    figures: str


def accessibility_html(organisation: Organisation, assessment: Assessment, defects: Sequence[Defect]) -> Markup:
    """Render the accessibility statement."""
    return rendered("about/accessibility.html", organisation=organisation, assessment=assessment, defects=defects)


def privacy_html(view: PrivacyView) -> Markup:
    """Render the page on privacy."""
    return rendered("about/privacy.html", view=view, organisation=view.organisation)


def contact_html(organisation: Organisation, *, figures: str, accessibility: str, home: str) -> Markup:
    """Render the page with contact details; the addresses are of pages to read first."""
    return rendered(
        "about/contact.html",
        organisation=organisation,
        figures=figures,
        accessibility=accessibility,
        home=home,
    )
