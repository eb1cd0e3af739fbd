"""What a person should look at, as stable words in the database and as sentences for people."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

SENTENCES = {
    "no_start": _("The server names no date."),
    "strange_start": _("The date cannot be read."),
    "no_time": _("The server names a day but no time."),
    "naive_time": _("The time came without time zone and was read as local time."),
    "strange_offset": _("The time came with an offset that does not fit that day. It may be an hour off."),
    "early_end": _("The end is before the start and was left out."),
    "strange_end": _("The end is more than a day after the start and was left out."),
    "maybe_cancelled": _("Perhaps cancelled or moved: name or status say so, but not the field for it."),
    "cancelled_by_name": _("Shown as cancelled, because its name says so; the field for it does not."),
    "agenda_unclear": _("The server does not say whether points of the agenda are public. They are not shown."),
    "maybe_deleted": _("Perhaps deleted: the field for it cannot be read."),
    "told_twice": _("The server lists this meeting twice with different details; the first counts."),
    "new": _("New. Its number was given by order; compare it with the invitation."),
    "same_day": _("Joined with a session that was entered by hand for the same day; its entries stand."),
    "new_place": _("At a place that was not known. Please check its name under Places."),
    "deleted_together": _(
        "The server deleted several meetings ahead in one night. The date stays public until somebody withdraws it."
    ),
    "twins_differ": _(
        "Two sessions stand for this meeting, and people have entered different things. Make them alike or delete one."
    ),
    "missing": _("The server does not list it any more. The date stays public until somebody withdraws it."),
    "moved_back": _("The server moved it from the future into the past. The date was not taken over."),
    "past_deleted": _("The server deleted it after its date. It stays public."),
}


def sentences(words: Iterable[str]) -> list[str]:
    """In the active language; a word of an older release stands for itself."""
    return [gettext(SENTENCES[word]) if word in SENTENCES else word for word in words]
