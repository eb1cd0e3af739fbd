"""The models on which every app stands; each lives in the module of its concept."""

from cms.accounts import User
from cms.accounts.kept import KeptForm
from cms.bin.files import FileRemoval
from cms.bin.models import Bin, BinEntry
from cms.contacts import ContactPoint
from cms.jobs.processes import RunningProcess
from cms.jobs.schedule_failures import ScheduleFailure
from cms.jobs.turns import Turn
from cms.mail.letters import Letter, MailServer
from cms.media import Image, Rendition
from cms.roles import GivenRight, Role
from cms.sent_forms import SentForm
from cms.site_settings import SiteSettings
from cms.throttling import Count

__all__ = [
    "Bin",
    "BinEntry",
    "ContactPoint",
    "Count",
    "FileRemoval",
    "GivenRight",
    "Image",
    "KeptForm",
    "Letter",
    "MailServer",
    "Rendition",
    "Role",
    "RunningProcess",
    "ScheduleFailure",
    "SentForm",
    "SiteSettings",
    "Turn",
    "User",
]
