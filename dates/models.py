"""Dates: the council and its sessions, events and their places."""

from dates.calendar_import.models import FollowedCalendar, SourceEvent
from dates.council.agenda import AgendaItem
from dates.council.bodies import BodyBreak, BodyName, CouncilBody
from dates.council.council_page import CouncilPage
from dates.council.session_history import FormerAddress, SessionChange
from dates.council.sessions import CouncilSession
from dates.events.event_page import EventPage
from dates.events.exceptions import EventAddition, EventBreak, EventException
from dates.holidays.school_holidays import SchoolHoliday
from dates.oparl.answers import KeptAnswer
from dates.oparl.models import ImportRun, OParlSource, SourceMeeting
from dates.places import Place
from dates.programme.event_index import EventIndexPage
from dates.series import EventSeries

__all__ = [
    "AgendaItem",
    "BodyBreak",
    "BodyName",
    "CouncilBody",
    "CouncilPage",
    "CouncilSession",
    "EventAddition",
    "EventBreak",
    "EventException",
    "EventIndexPage",
    "EventPage",
    "EventSeries",
    "FollowedCalendar",
    "FormerAddress",
    "ImportRun",
    "KeptAnswer",
    "OParlSource",
    "Place",
    "SchoolHoliday",
    "SessionChange",
    "SourceEvent",
    "SourceMeeting",
]
