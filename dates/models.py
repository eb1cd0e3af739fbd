"""Dates: the council and its sessions, events and their places."""

from dates.council import CouncilPage
from dates.events import EventIndexPage, EventPage
from dates.places import Place
from dates.sessions import BodyName, CouncilBody, CouncilSession

__all__ = ["BodyName", "CouncilBody", "CouncilPage", "CouncilSession", "EventIndexPage", "EventPage", "Place"]
