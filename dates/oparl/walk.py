"""The way through an OParl server to the meetings of one organisation, collected as a whole or not at all."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from cms.outbound import Outbound, OutboundError
from dates.oparl import objects, reading
from dates.oparl.objects import Listed, Unreadable
from dates.oparl.reading import Meeting

MOST_PAGES = 50
ACCEPT = "application/json"


class WalkFailed(Exception):
    """The server did not tell everything. ``reason`` is a stable word, ``sentence`` says it in the active language."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


@dataclass(slots=True)
class Collected:
    """All meetings of an organisation by id; ``deleted`` are the ids that the server says are gone."""

    meetings: dict[str, Meeting] = field(default_factory=dict)
    deleted: dict[str, Meeting] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def remark(self, sentence: str) -> None:
        if sentence not in self.remarks:
            self.remarks.append(sentence)


def unreadable(error: Unreadable, url: str) -> WalkFailed:
    sentence = {
        "html": _("The server sent a web page instead of data: %(url)s"),
        "not_json": _("The server's answer cannot be read, it may have broken off: %(url)s"),
        "not_a_list": _("The server sent something else than a list: %(url)s"),
        "not_an_object": _("The server sent something else than OParl: %(url)s"),
    }[error.reason]
    return WalkFailed(error.reason, sentence % {"url": url})


def joined(base: str, url: str) -> str:
    """``url`` as an absolute address; raises ``WalkFailed`` for what is none."""
    try:
        return urljoin(base, url)
    except ValueError:
        raise WalkFailed("address", _("The server names an address that is none: %(url)s") % {"url": url}) from None


class Server:
    """An OParl server, asked by a client that leaves no allow-list."""

    def __init__(self, client: Outbound) -> None:
        self.client = client

    def owns(self, url: str) -> bool:
        """Whether ``url``, which need not be fetched, is on a host of the allow-list."""
        try:
            return urlsplit(url).netloc.lower() in self.client.hosts
        except ValueError:
            return False

    def object(self, url: str) -> dict[str, Any]:
        try:
            return objects.read_object(self._body(url))
        except Unreadable as error:
            raise unreadable(error, url) from None

    def items(self, value: Any, base: str) -> Iterator[Any]:
        """Every item of a list that is embedded, or external and then in pages; raises ``WalkFailed``.

        Pages that come again, never end or hold fewer items than the server counts are no complete list.
        """
        if isinstance(value, list):
            yield from value
            return
        url, count = objects.text(value), 0
        seen: set[str] = set()
        total: int | None = None
        while url:
            url = joined(base, url)
            if url in seen:
                raise WalkFailed("loop", _("The pages of the list lead in a circle: %(url)s") % {"url": url})
            if len(seen) == MOST_PAGES:
                raise WalkFailed("endless", _("The list does not end after %(count)d pages.") % {"count": MOST_PAGES})
            seen.add(url)
            page = self._page(url)
            yield from page.items
            count += len(page.items)
            total = page.total if page.total is not None else total
            base, url = url, page.next
            if not page.items and total is not None and count >= total:
                return  # some servers name a next page for ever
        if total is not None and count < total:
            sentence = _("The list is not complete: %(count)d of %(total)d.")
            raise WalkFailed("incomplete", sentence % {"count": count, "total": total})

    def _page(self, url: str) -> Listed:
        try:
            return objects.read_list(self._body(url))
        except Unreadable as error:
            raise unreadable(error, url) from None

    def _body(self, url: str) -> bytes:
        parts = urlsplit(joined(url, url))
        if parts.scheme == "http" and parts.netloc in self.client.hosts and not parts.port:
            url = urlunsplit(parts._replace(scheme="https"))  # servers behind a proxy often do not know that they are
        try:
            return self.client.get(url, accept=ACCEPT).body
        except OutboundError as error:
            raise WalkFailed(error.reason, error.sentence) from None


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
        _take(found, server, _embedded(server, item), organisation_url, of_organisation)
    if since is not None and isinstance(address, str):
        _take_deleted(found, server, joined(organisation_url, address), since)
    return found


def _embedded(server: Server, item: Any) -> Any:
    """The object itself, fetched where the list only names it; likewise its location."""
    if isinstance(item, str):
        item = server.object(item)
    if isinstance(item, dict) and objects.text(item.get("location")).startswith(("https://", "http://")):
        try:
            item = {**item, "location": server.object(item["location"])}
        except WalkFailed:
            item = {**item, "location": None}  # the place stays what it was
    return item


def _take(found: Collected, server: Server, item: Any, organisation_url: str, of_organisation: bool) -> None:
    meeting = reading.read_meeting(item)
    if meeting is None:
        found.remark(_("Something in the list is no meeting and was left out."))
        return
    if not server.owns(meeting.id):
        found.remark(_("A meeting of another host was left out: %(url)s") % {"url": meeting.id})
        return
    if meeting.deleted:
        found.deleted[meeting.id] = meeting
        return
    # The address of a next page may have lost its filter, and then leads through all meetings of the city.
    belongs = organisation_url in meeting.organizations if meeting.organizations else of_organisation
    if not belongs:
        return
    twin = found.meetings.get(meeting.id)
    if twin is not None and twin != meeting:
        meeting = replace(twin, flags=(*twin.flags, "told_twice"))
    found.meetings[meeting.id] = meeting


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
