"""How a look at a followed calendar went: a stable word, and a sentence for people that says what to do."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cms.localization import formats


class Outcome(models.TextChoices):
    TAKEN = "taken", _("taken over")
    ADDRESS = "address", _("address cannot be followed")
    SILENT = "silent", _("no answer")
    REFUSED = "refused", _("refused")
    UNREADABLE = "unreadable", _("no calendar")
    HALF = "half", _("broken off")
    EMPTY = "empty", _("empty")
    TOO_LARGE = "too_large", _("too large")
    OWN = "own", _("our own calendar")
    FAILED = "failed", _("failed here")


SENTENCES: dict[str, str | Promise] = {
    Outcome.ADDRESS: _(
        "This address cannot be followed. It must begin with https:// and lead to the calendar without a detour."
    ),
    Outcome.SILENT: _("The calendar could not be fetched. We try again every few hours; nothing was changed."),
    Outcome.REFUSED: _("The server does not give us the calendar. Check the address, and that the calendar is public."),
    Outcome.UNREADABLE: _("There is no calendar at this address. Look for an address that ends with .ics."),
    Outcome.HALF: _("The calendar broke off in the middle. Nothing was changed."),
    Outcome.EMPTY: _("The calendar is suddenly empty. Nothing was changed. Check the address."),
    Outcome.TOO_LARGE: _("The calendar is too large: at most 200 dates of the next twelve months can be followed."),
    Outcome.OWN: _("This is a calendar of this site itself. Its events are here already, so it cannot be followed."),
    Outcome.FAILED: _("Something went wrong here while we read the calendar. We try again by ourselves."),
}
OF_THE_CLIENT = {
    **dict.fromkeys(("address", "elsewhere", "private", "certificate", "redirects"), Outcome.ADDRESS),
    "refused": Outcome.REFUSED,
    "too_large": Outcome.TOO_LARGE,
}
"""Reasons of ``OutboundError``; all others mean that the server did not answer."""


class NothingTaken(Exception):
    """Nothing was changed, for the reason that ``outcome`` names."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


def sentence_of(outcome: str, counts: Mapping[str, Any]) -> str:
    """In the reader's language. ``counts`` as ``taking_over.Counts``, some of them missing in older rows."""
    if outcome != Outcome.TAKEN:
        return str(SENTENCES.get(outcome, ""))
    found = [
        sentence % {"count": counts.get(name, 0)}
        for name, say in COUNTED.items()
        if counts.get(name, 0) or name == "followed"
        for sentence in [say(counts.get(name, 0))]
    ]
    unread = [title for title in counts.get("unread", []) if title]
    if unread:
        found.append(gettext("Not read: %(titles)s.") % {"titles": formats.list_of(unread)})
    if counts.get("windows"):
        found.append(gettext("The calendar is not written in UTF-8. We read its letters as those of Windows."))
    return " ".join(found)


COUNTED: dict[str, Callable[[int], str]] = {
    "followed": lambda count: ngettext("%(count)d date is followed.", "%(count)d dates are followed.", count),
    "skipped": lambda count: ngettext("%(count)d date could not be read.", "%(count)d dates could not be read.", count),
    "private": lambda count: ngettext(
        "%(count)d private date was left out.", "%(count)d private dates were left out.", count
    ),
    "own": lambda count: ngettext(
        "%(count)d date is from this site and was left out.",
        "%(count)d dates are from this site and were left out.",
        count,
    ),
    "shared": lambda count: ngettext(
        "%(count)d date has the same identifier (UID) as another one.",
        "%(count)d dates have the same identifier (UID) as another one.",
        count,
    ),
    "cancelled": lambda count: ngettext(
        "%(count)d date is no longer in the calendar and is shown as cancelled.",
        "%(count)d dates are no longer in the calendar and are shown as cancelled.",
        count,
    ),
    "asked": lambda count: ngettext(
        "%(count)d date is no longer in the calendar. Its cancellation waits for review.",
        "%(count)d dates are no longer in the calendar. Their cancellation waits for review.",
        count,
    ),
    "taken_back": lambda count: ngettext(
        "%(count)d date is no longer in the calendar and was taken back.",
        "%(count)d dates are no longer in the calendar and were taken back.",
        count,
    ),
    "missing": lambda count: ngettext(
        "%(count)d known date was not found, while others could not be read. It stays as it is.",
        "%(count)d known dates were not found, while others could not be read. They stay as they are.",
        count,
    ),
}
