"""Dates: the council and its sessions, events and their places."""

from dates.council import CouncilPage
from dates.event import EventPage
from dates.event_exception import EventException
from dates.event_index import EventIndexPage
from dates.places import Place
from dates.series import EventSeries
from dates.sessions import BodyName, CouncilBody, CouncilSession

__all__ = [
    "BodyName",
    "CouncilBody",
    "CouncilPage",
    "CouncilSession",
    "EventException",
    "EventIndexPage",
    "EventPage",
    "EventSeries",
    "Place",
]
