"""How a look at a followed calendar went: a stable word, and a sentence for people that says what to do."""

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Outcome(models.TextChoices):
    TAKEN = "taken", _("taken over")
    ADDRESS = "address", _("address cannot be followed")
    SILENT = "silent", _("no answer")
    REFUSED = "refused", _("refused")
    UNREADABLE = "unreadable", _("no calendar")
    HALF = "half", _("broken off")
    EMPTY = "empty", _("empty")
    TOO_LARGE = "too_large", _("too large")


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


def sentence_of(outcome: str, counts: Mapping[str, int]) -> str:
    """In the reader's language. ``counts``: dates ``followed``, ``skipped`` as unreadable, ``missing`` by now."""
    if outcome != Outcome.TAKEN:
        return str(SENTENCES.get(outcome, ""))
    followed, skipped, missing = (counts.get(name, 0) for name in ("followed", "skipped", "missing"))
    found = [ngettext("%(count)d date is followed.", "%(count)d dates are followed.", followed) % {"count": followed}]
    if skipped:
        sentence = ngettext("%(count)d date could not be read.", "%(count)d dates could not be read.", skipped)
        found.append(sentence % {"count": skipped})
    if missing:
        sentence = ngettext(
            "%(count)d date is no longer in the calendar. It stays here until you cancel it.",
            "%(count)d dates are no longer in the calendar. They stay here until you cancel them.",
            missing,
        )
        found.append(sentence % {"count": missing})
    return " ".join(found)
