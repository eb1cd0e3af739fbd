"""Dates: the council and its sessions, events and their places."""

from dates.bodies import BodyName, CouncilBody
from dates.council import CouncilPage
from dates.events import EventIndexPage, EventPage
from dates.oparl.models import ImportRun, OParlSource, SourceMeeting
from dates.places import Place
from dates.session_history import FormerAddress, SessionChange
from dates.sessions import CouncilSession

__all__ = [
    "BodyName",
    "CouncilBody",
    "CouncilPage",
    "CouncilSession",
    "EventIndexPage",
    "EventPage",
    "FormerAddress",
    "ImportRun",
    "OParlSource",
    "Place",
    "SessionChange",
    "SourceMeeting",
]
