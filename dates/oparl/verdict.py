"""Whether a run looks like a loss. Better a day without news than a public date that a broken server took away."""

import datetime as dt
from collections.abc import Iterable, Set
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_LOST = 30
"""Percent of the known meetings that may be absent."""
MOST_AHEAD = 1
"""Meetings ahead that may be absent or deleted at once."""


@dataclass(frozen=True, slots=True)
class Known:
    """A meeting that the server listed last time."""

    id: str
    start: dt.datetime | None


def objection(known: Iterable[Known], *, found: Set[str], deleted: Set[str], now: dt.datetime) -> str:
    """A sentence that says why the run is rejected as a whole; empty when nothing speaks against it.

    A deletion that the server states is believed, but not of two meetings ahead in one night.
    """
    listed = list(known)
    gone = [each for each in listed if each.id not in found]
    absent = [each for each in gone if each.id not in deleted]
    if len(absent) * 100 > MOST_LOST * len(listed):
        sentence = _("%(lost)d of %(known)d known meetings are not in the answer any more. Nothing was taken over.")
        return sentence % {"lost": len(absent), "known": len(listed)}
    ahead = [each for each in gone if each.start is not None and each.start >= now]
    if len(ahead) > MOST_AHEAD:
        sentence = _("%(lost)d meetings ahead are not in the answer any more. Nothing was taken over.")
        return sentence % {"lost": len(ahead)}
    return ""
