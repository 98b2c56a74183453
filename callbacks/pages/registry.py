"""The pages of the site, in the order of the head; a new page is one more line here."""

from typing import Final

from callbacks.pages.about.accessibility import AccessibilityPage
from callbacks.pages.about.contact import ContactPage
from callbacks.pages.about.privacy import PrivacyPage
from callbacks.pages.area.page import AreaPage
from callbacks.pages.collaborations import CollaborationsPage
from callbacks.pages.compare import ComparePage
from callbacks.pages.explanation import ExplanationPage
from callbacks.pages.missing import MissingPage
from callbacks.pages.municipalities import MunicipalitiesPage
from callbacks.pages.page import Page
from callbacks.pages.practices.page import PracticesPage
from callbacks.pages.publications.page import PublicationsPage
from callbacks.pages.supervision import SupervisionPage
from callbacks.pages.visits.page import VisitsPage

PAGES: Final[tuple[Page, ...]] = (
    AreaPage(),
    MunicipalitiesPage(),
    SupervisionPage(),
    VisitsPage(),
    ComparePage(),
    CollaborationsPage(),
    PracticesPage(),
    ExplanationPage(),
    AccessibilityPage(),
    PrivacyPage(),
    ContactPage(),
    PublicationsPage(),
    MissingPage(),
)
