"""An OParl server: lists that are whole, objects that are asked for once, and answers that have not changed."""

from collections.abc import Iterator
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from cms.outbound import Answer, Outbound, OutboundError
from dates.oparl import objects
from dates.oparl.objects import Listed, Unreadable

MOST_PAGES = 50
MOST_NAMED = 200
"""Objects that are asked for one by one in a run, because others only name them."""
TROUBLES = ("busy", "timeout", "unreachable", "unresolved", "broken")
MOST_TROUBLES = 3
"""Objects in vain after which no more is asked for one by one: each costs several tries."""
ACCEPT = "application/json"


class WalkFailed(Exception):
    """The server did not tell everything. ``reason`` is a stable word, ``sentence`` says it in the active language."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


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


class Memory(Protocol):
    """What a server has answered before, so that it need not be sent again."""

    def known(self, url: str) -> tuple[str, str]:
        """ETag and date of the last answer; two empty texts where there is none."""

    def body(self, url: str) -> bytes: ...

    def keep(self, url: str, answer: Answer) -> None: ...


class Server:
    """An OParl server, asked by a client that leaves no allow-list."""

    def __init__(self, client: Outbound, memory: Memory | None = None) -> None:
        self.client = client
        self.memory = memory
        self._named: dict[str, dict[str, Any] | WalkFailed] = {}
        self._troubles = 0

    def owns(self, url: str) -> bool:
        """Whether ``url``, which need not be fetched, is on a host of the allow-list."""
        try:
            return urlsplit(url).netloc.lower() in self.client.hosts
        except ValueError:
            return False

    def named(self, url: str) -> dict[str, Any]:
        """The object that another one only names, asked for once in a run; raises ``WalkFailed`` as often as wanted.

        Too many are not asked for at all, and none any more once the server is out of order.
        """
        if url not in self._named:
            self._named[url] = self._asked_for(url)
        found = self._named[url]
        if isinstance(found, WalkFailed):
            raise found
        return found

    @property
    def is_out_of_order(self) -> bool:
        return self._troubles >= MOST_TROUBLES

    def _asked_for(self, url: str) -> dict[str, Any] | WalkFailed:
        if self.is_out_of_order or len(self._named) >= MOST_NAMED:
            return WalkFailed("bounded", _("The server names more than can be asked for one by one."))
        try:
            return self.object(url)
        except WalkFailed as error:
            self._troubles += error.reason in TROUBLES
            return error

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
        etag, modified = self.memory.known(url) if self.memory else ("", "")
        try:
            answer = self.client.get(url, etag=etag, modified=modified, accept=ACCEPT)
        except OutboundError as error:
            raise WalkFailed(error.reason, error.sentence) from None
        if self.memory is None:
            return answer.body
        if answer.not_modified:
            return self.memory.body(url)
        self.memory.keep(url, answer)
        return answer.body
