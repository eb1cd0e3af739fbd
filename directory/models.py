"""The directory: its entrance and the profiles of organisations."""

from directory.applications import Application
from directory.consents import Consent
from directory.hours.models import OpeningHours, SpecialHours
from directory.index import DirectoryPage
from directory.invitations import Invitation, InvitationRun
from directory.members import Membership
from directory.offers import Offer
from directory.organisation import OrganisationPage
from directory.portal.own_pictures import OwnCollection
from directory.record import OrganisationRecord
from directory.review.task import ReviewTask, ReviewTaskState
from directory.spreadsheet.models import SpreadsheetImport, SpreadsheetRow
from directory.taxonomy import District, SpokenLanguage, Topic

__all__ = [
    "Application",
    "Consent",
    "DirectoryPage",
    "District",
    "Invitation",
    "InvitationRun",
    "Membership",
    "Offer",
    "OpeningHours",
    "OrganisationPage",
    "OrganisationRecord",
    "OwnCollection",
    "ReviewTask",
    "ReviewTaskState",
    "SpecialHours",
    "SpokenLanguage",
    "SpreadsheetImport",
    "SpreadsheetRow",
    "Topic",
]
