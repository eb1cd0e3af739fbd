"""Dates: the council and its sessions, events and their places."""

from dates.bodies import BodyName, CouncilBody
from dates.council import CouncilPage
from dates.event import EventPage
from dates.event_days import EventAddition, EventBreak
from dates.event_exception import EventException
from dates.event_index import EventIndexPage
from dates.following.models import FollowedCalendar, SourceEvent
from dates.oparl.models import ImportRun, OParlSource, SourceMeeting
from dates.places import Place
from dates.school_holidays import SchoolHoliday
from dates.series import EventSeries
from dates.session_history import FormerAddress, SessionChange
from dates.sessions import CouncilSession

__all__ = [
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
    "OParlSource",
    "Place",
    "SchoolHoliday",
    "SessionChange",
    "SourceEvent",
    "SourceMeeting",
]
