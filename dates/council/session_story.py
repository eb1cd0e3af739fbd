"""What happened to a session, told: when it was moved, from where to where, what it was before."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.localization.localized_text import LocalizedText
from dates.council.session_history import SessionChange
from dates.council.sessions import CouncilSession, Status
from dates.places import Place

LABELS = {
    "start": pgettext_lazy("council session", "Date"),
    "end": _("Expected end"),
    "place": _("Place"),
    "status": _("Status"),
}


@dataclass(frozen=True)
class Told:
    """One change. ``old`` and ``new`` are moments, ``LocalizedText`` or texts; None where nothing was known."""

    at: dt.datetime
    label: str
    old: Any
    new: Any
    source: SessionChange

    @property
    def is_of_dates(self) -> bool:
        return self.source.field in ("start", "end")


def story_of(session: CouncilSession, *, public: bool) -> list[Told]:
    """All changes, oldest first; only those that visitors are told when ``public``. Two queries at most."""
    changes = session.changes.select_related("by")
    listed = list(changes.filter(is_public=True) if public else changes)
    places = _places(listed)
    return [
        Told(
            change.at,
            str(LABELS[change.field]),
            _value(change.field, change.old, places),
            _value(change.field, change.new, places),
            change,
        )
        for change in listed
    ]


def _places(changes: Iterable[SessionChange]) -> dict[str, LocalizedText]:
    keys = {key for change in changes if change.field == "place" for key in (change.old, change.new)}
    return {place.key: place.label for place in Place.objects.filter(key__in=keys)} if keys else {}


def _value(field: str, text: str, places: dict[str, LocalizedText]) -> Any:
    if not text:
        return None
    if field in ("start", "end"):
        return timezone.localtime(dt.datetime.fromisoformat(text))
    if field == "place":
        return places.get(text, text)
    return Status(text).label
