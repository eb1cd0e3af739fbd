"""Whether a run looks like a loss. Better a day without news than a public date that a broken server took away."""

import datetime as dt
from collections.abc import Iterable, Set
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

SENTENCES = {
    "no_start": gettext_noop("The server names no date."),
    "strange_start": gettext_noop("The date cannot be read."),
    "no_time": gettext_noop("The server names a day but no time."),
    "naive_time": gettext_noop("The time came without time zone and was read as local time."),
    "strange_offset": gettext_noop("The time came with an offset that does not fit that day. It may be an hour off."),
    "early_end": gettext_noop("The end is before the start and was left out."),
    "strange_end": gettext_noop("The end is more than a day after the start and was left out."),
    "maybe_cancelled": gettext_noop("Perhaps cancelled or moved: name or status say so, but not the field for it."),
    "cancelled_by_name": gettext_noop("Shown as cancelled, because its name says so; the field for it does not."),
    "agenda_unclear": gettext_noop(
        "The server does not say whether points of the agenda are public. They are not shown."
    ),
    "maybe_deleted": gettext_noop("Perhaps deleted: the field for it cannot be read."),
    "told_twice": gettext_noop("The server lists this meeting twice with different details; the first counts."),
    "new": gettext_noop("New. Its number was given by order; compare it with the invitation."),
    "same_day": gettext_noop("Joined with a session that was entered by hand for the same day; its entries stand."),
    "new_place": gettext_noop("At a place that was not known. Please check its name under Places."),
    "deleted_together": gettext_noop(
        "The server deleted several meetings ahead in one night. The date stays public until somebody withdraws it."
    ),
    "twins_differ": gettext_noop(
        "Two sessions stand for this meeting, and people have entered different things. Make them alike or delete one."
    ),
    "missing": gettext_noop("The server does not list it any more. The date stays public until somebody withdraws it."),
    "moved_back": gettext_noop("The server moved it from the future into the past. The date was not taken over."),
    "past_deleted": gettext_noop("The server deleted it after its date. It stays public."),
}


def sentences(words: Iterable[str]) -> list[str]:
    """In the active language; a word of an older release stands for itself."""
    return [gettext(SENTENCES[word]) if word in SENTENCES else word for word in words]


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
