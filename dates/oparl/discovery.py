"""What an OParl server has to offer: its bodies, and the organisations of one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dates.oparl import objects
from dates.oparl.walk import Server, WalkFailed


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a person can choose: a body or an organisation."""

    url: str
    name: str
    note: str = ""


def bodies(server: Server, endpoint: str) -> list[Choice]:
    """The bodies (municipalities) of a server, in the order that it names them."""
    system = server.object(endpoint)
    if objects.kind(system) == "Body":
        return list(_choices(server, [system]))
    if objects.kind(system) != "System":
        raise WalkFailed("not_oparl", _("There is no OParl interface at this address: %(url)s") % {"url": endpoint})
    return list(_choices(server, server.items(system.get("body"), endpoint)))


def organisations(server: Server, body_url: str) -> list[Choice]:
    """The organisations (councils, committees) of a body, by name."""
    body = server.object(body_url)
    found = _choices(server, server.items(body.get("organization"), body_url))
    return sorted(found, key=lambda choice: choice.name.casefold())


def _choices(server: Server, items: Iterable[Any]) -> Iterator[Choice]:
    for item in items:
        if isinstance(item, str):
            item = server.object(item)
        if not isinstance(item, dict) or item.get("deleted") is True or not objects.text(item.get("id")):
            continue
        ended = objects.short(item.get("endDate"))
        url = objects.text(item["id"])
        yield Choice(url, objects.short(item.get("name")) or url, ended)
