"""The way through an OParl server to the meetings of one organisation, collected as a whole or not at all."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from dates.oparl import objects, parts, reading
from dates.oparl.reading import Meeting
from dates.oparl.server import Server, WalkFailed, joined

RECENT = dt.timedelta(days=120)
"""How long after a meeting its minutes and results are still asked for, where they are only named."""


@dataclass(slots=True)
class Collected:
    """All meetings of an organisation by id; ``deleted`` are the ids that the server says are gone.

    ``unread`` are those that it lists but does not tell: they are neither new nor gone.
    """

    meetings: dict[str, Meeting] = field(default_factory=dict)
    deleted: dict[str, Meeting] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)

    def remark(self, sentence: str) -> None:
        if sentence not in self.remarks:
            self.remarks.append(sentence)


def collect(server: Server, *, body_url: str, organisation_url: str, since: dt.datetime | None) -> Collected:
    """Everything that the server lists for one organisation, and what it says was deleted after ``since``.

    Nothing is left out silently: an object that cannot be read is a remark, a list that is not whole is ``WalkFailed``.
    """
    found = Collected()
    organisation = server.object(organisation_url)
    if objects.kind(organisation) != "Organization" or organisation.get("deleted") is True:
        sentence = _("This is no organisation of OParl any more. Please choose it again: %(url)s")
        raise WalkFailed("no_organisation", sentence % {"url": organisation_url})
    address = organisation.get("meeting")
    of_organisation = bool(address)
    if not of_organisation:
        address = server.object(body_url).get("meeting")
    if not address:
        raise WalkFailed("no_meetings", _("The server names no list of meetings for this organisation."))
    for item in server.items(address, organisation_url):
        told = _told(found, server, item, organisation_url) if isinstance(item, str) else item
        if told is not None:
            _take(found, server, told, organisation_url, of_organisation)
    if found.unread and not found.meetings and not found.deleted:
        sentence = _("None of the meetings that the server names could be read.")
        raise WalkFailed("unread", sentence)
    for meeting in sorted(found.meetings.values(), key=_urgency):
        found.meetings[meeting.id] = _completed(found, server, meeting)
    if since is not None and isinstance(address, str):
        _take_deleted(found, server, joined(organisation_url, address), since)
    return found


def _told(found: Collected, server: Server, item: str, base: str) -> dict[str, Any] | None:
    """The meeting that the list only names. One in vain costs itself; a server out of order costs the run."""
    url = joined(base, objects.text(item))
    try:
        return server.named(url)
    except WalkFailed as error:
        if server.is_out_of_order:
            raise
        found.unread.add(url)
        words = {"url": url, "why": error.sentence}
        sentence = _("A meeting could not be read and was left out: %(url)s (%(why)s)") % words
        found.remark(error.sentence if error.reason == "bounded" else sentence)
        return None


def _urgency(meeting: Meeting) -> tuple[bool, float]:
    """What is ahead comes first, before the server is asked for too much."""
    return meeting.start is None, -meeting.start.timestamp() if meeting.start else 0


def _completed(found: Collected, server: Server, meeting: Meeting) -> Meeting:
    """``meeting`` with what it only names: always its place, papers and agenda while it is of interest."""
    is_recent = meeting.start is None or meeting.start > timezone.now() - RECENT
    told, missed = parts.completed(server, meeting.raw, with_papers=is_recent)
    for sentence in missed:
        found.remark(sentence)
    again = reading.read_meeting(told) if told != meeting.raw else None
    if again is None:
        return meeting
    twice = [flag for flag in meeting.flags if flag == "told_twice"]
    return replace(again, flags=(*again.flags, *twice), modified=meeting.modified)


def _take(found: Collected, server: Server, item: Any, organisation_url: str, of_organisation: bool) -> None:
    meeting = reading.read_meeting(item)
    if meeting is None:
        found.remark(_("Something in the list is no meeting and was left out."))
        return
    if not server.owns(meeting.id):
        found.remark(_("A meeting of another host was left out: %(url)s") % {"url": meeting.id})
        return
    # The address of a next page may have lost its filter, and then leads through all meetings of the city.
    belongs = organisation_url in meeting.organizations if meeting.organizations else of_organisation
    if not belongs and not meeting.deleted:
        return
    twin = found.meetings.pop(meeting.id, None) or found.deleted.pop(meeting.id, None)
    if twin is not None:
        meeting = _newer(twin, meeting)
    (found.deleted if meeting.deleted else found.meetings)[meeting.id] = meeting


def _newer(one: Meeting, other: Meeting) -> Meeting:
    """Of a meeting that is told twice what was modified later; the first, with a flag, where nobody can know."""
    if one.modified and other.modified and one.modified != other.modified:
        return one if one.modified > other.modified else other
    if one.deleted != other.deleted:
        return other if one.deleted else one
    flagged = (*one.flags, "told_twice")
    return one if "told_twice" in one.flags or other == one else replace(one, flags=flagged)


def _take_deleted(found: Collected, server: Server, address: str, since: dt.datetime) -> None:
    """OParl 1.1 tells of deleted objects only who asks for what was modified. An answer of 404 means: nothing."""
    try:
        for item in server.items(modified_since(address, since), address):
            if isinstance(item, dict) and item.get("deleted") is True:
                _take(found, server, item, "", False)
    except WalkFailed as error:
        if error.reason != "refused":
            found.remark(_("Whether meetings were deleted could not be learned: %(why)s") % {"why": error.sentence})


def modified_since(address: str, since: dt.datetime) -> str:
    parts = urlsplit(address)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "modified_since"]
    return urlunsplit(
        parts._replace(query=urlencode([*query, ("modified_since", since.isoformat(timespec="seconds"))]))
    )
