"""The directory: its entrance and the profiles of organisations."""

from directory.hours.models import OpeningHours, SpecialHours
from directory.map.map_settings import DirectoryMap
from directory.members.applications import Application
from directory.members.consents import Consent
from directory.members.invitations import Invitation, InvitationRun
from directory.members.models import Membership
from directory.portal.own_pictures import OwnCollection
from directory.profiles.directory_page import DirectoryPage
from directory.profiles.offers import Offer
from directory.profiles.organisation import OrganisationPage
from directory.profiles.taxonomy import District, SpokenLanguage
from directory.profiles.topics import Topic
from directory.records.record import OrganisationRecord
from directory.review.task import ReviewTask, ReviewTaskState
from directory.spreadsheet.models import SpreadsheetImport, SpreadsheetRow

__all__ = [
    "Application",
    "Consent",
    "DirectoryMap",
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
