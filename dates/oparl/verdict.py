"""Whether a run looks like a loss. Better a day without news than a public date that a broken server took away."""

import datetime as dt
from collections.abc import Iterable, Set
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_LOST = 30
"""Percent of the known meetings that may be absent."""
MOST_AHEAD = 1
"""Meetings ahead that may be absent at once, or of which it is believed that they were deleted."""


@dataclass(frozen=True, slots=True)
class Known:
    """A meeting that the server listed last time."""

    id: str
    start: dt.datetime | None


def objection(known: Iterable[Known], *, found: Set[str], deleted: Set[str], now: dt.datetime) -> str:
    """A sentence that says why the run is rejected as a whole; empty when nothing speaks against it.

    What the server states as deleted is no loss; ``in_one_night`` says whether it is believed.
    """
    listed = list(known)
    absent = [each for each in listed if each.id not in found and each.id not in deleted]
    if len(absent) * 100 > MOST_LOST * len(listed):
        sentence = _("%(lost)d of %(known)d known meetings are not in the answer any more. Nothing was taken over.")
        return sentence % {"lost": len(absent), "known": len(listed)}
    ahead = [each for each in absent if _is_ahead(each, now)]
    if len(ahead) > MOST_AHEAD:
        sentence = _("%(lost)d meetings ahead are not in the answer any more. Nothing was taken over.")
        return sentence % {"lost": len(ahead)}
    return ""


def in_one_night(known: Iterable[Known], *, found: Set[str], deleted: Set[str], now: dt.datetime) -> set[str]:
    """The deleted meetings ahead that wait for a person, because more went in one night than a council takes back."""
    gone = [each.id for each in known if each.id not in found and _is_ahead(each, now)]
    return set(gone) & deleted if len(gone) > MOST_AHEAD else set()


def _is_ahead(each: Known, now: dt.datetime) -> bool:
    return each.start is not None and each.start >= now
