"""What an OParl server has to offer: its bodies, and the organisations of one. Only its own host is asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.outbound import Limits, Outbound, OutboundError, host_of
from dates.oparl import objects
from dates.oparl.server import Server, WalkFailed


@dataclass(frozen=True, slots=True)
class BodyChoice:
    """Something that a person can choose: a body or an organisation; ``ended`` as the server writes it."""

    url: str
    name: str
    ended: str = ""


def bodies(endpoint: str, limits: Limits | None = None) -> list[BodyChoice]:
    """The bodies (municipalities) of a server, in the order that it names them; raises ``WalkFailed``."""
    server = _server(endpoint, limits)
    system = server.object(endpoint)
    if objects.kind(system) == "Body":
        return list(_choices(server, [system]))
    if objects.kind(system) != "System":
        raise WalkFailed("not_oparl", _("There is no OParl interface at this address: %(url)s") % {"url": endpoint})
    return list(_choices(server, server.items(system.get("body"), endpoint)))


def organisations(endpoint: str, body_url: str, limits: Limits | None = None) -> list[BodyChoice]:
    """The organisations (councils, committees) of a body, those of today first, by name; raises ``WalkFailed``."""
    server = _server(endpoint, limits)
    body = server.object(body_url)
    if objects.kind(body) != "Body":
        raise WalkFailed("not_oparl", _("There is no OParl interface at this address: %(url)s") % {"url": body_url})
    found = _choices(server, server.items(body.get("organization"), body_url))
    return sorted(found, key=lambda choice: (bool(choice.ended), choice.name.casefold(), choice.url))


def _server(endpoint: str, limits: Limits | None) -> Server:
    try:
        return Server(Outbound(frozenset({host_of(endpoint)}), limits=limits))
    except OutboundError as error:
        raise WalkFailed(error.reason, error.sentence) from None


def _choices(server: Server, items: Iterable[Any]) -> Iterator[BodyChoice]:
    """What is deleted, or on a host that will not be asked, is no choice."""
    for item in items:
        told = server.object(item) if isinstance(item, str) else item
        url = objects.text(told.get("id")) if isinstance(told, dict) else ""
        if url and server.owns(url) and told.get("deleted") is not True:
            yield BodyChoice(url, objects.short(told.get("name")) or url, objects.short(told.get("endDate")))
