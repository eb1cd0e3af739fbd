"""The models on which every app stands; each lives in the module of its concept."""

from cms.accounts import User
from cms.accounts.roles import GivenRight, Role
from cms.accounts.throttling import Count
from cms.bin.files import FileRemoval
from cms.bin.models import Bin, BinEntry
from cms.forms.kept import KeptForm
from cms.forms.sent_forms import SentForm
from cms.jobs.processes import RunningProcess
from cms.jobs.schedule_failures import ScheduleFailure
from cms.jobs.turns import Turn
from cms.mail.letters import Letter, MailServer
from cms.media import Image, Rendition
from cms.open_data.licence import OpenDataSettings
from cms.pages.contacts import ContactPoint
from cms.routing.emergency_numbers import EmergencyNumbers
from cms.routing.site_settings import SiteSettings
from cms.search.missed_words import MissedWord
from cms.search.models import SearchChange, SearchDocument, SearchPosting, SearchTerm
from cms.search.synonyms import SynonymGroup

__all__ = [
    "Bin",
    "BinEntry",
    "ContactPoint",
    "Count",
    "EmergencyNumbers",
    "FileRemoval",
    "GivenRight",
    "Image",
    "KeptForm",
    "Letter",
    "MailServer",
    "MissedWord",
    "OpenDataSettings",
    "Rendition",
    "Role",
    "RunningProcess",
    "ScheduleFailure",
    "SearchChange",
    "SearchDocument",
    "SearchPosting",
    "SearchTerm",
    "SentForm",
    "SiteSettings",
    "SynonymGroup",
    "Turn",
    "User",
]
