"""Dates: the council and its sessions, events and their places."""

from dates.council import BodyName, CouncilBody, CouncilPage, CouncilSession
from dates.events import EventIndexPage, EventPage
from dates.places import Place

__all__ = ["BodyName", "CouncilBody", "CouncilPage", "CouncilSession", "EventIndexPage", "EventPage", "Place"]
