"""An OParl server of a town that does not exist, on this machine; composed data, and ways to go wrong."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import override_settings

from dates.oparl.models import OParlSource
from tests import factories, http_stub
from tests.http_stub import Handler, Reply, Server

SCHEMA = "https://schema.oparl.org/1.1/"
LIST = "/oparl/organisations/7/meetings"


class Town:
    """What the server knows; it may be changed between runs."""

    def __init__(self, server: Server, schema: str = SCHEMA) -> None:
        self.server, self.schema = server, schema
        self.meetings: list[Any] = []
        self.tombstones: list[Any] = []
        self.page_size = 4
        server.then(
            "/oparl/system", lambda handler: self.json({**self.object("system", "System"), "body": self.at("bodies")})
        )
        server.then(
            "/oparl/bodies",
            lambda handler: self.json(
                self.list([self.body, {**self.body, "id": self.at("bodies/2"), "name": "Kreis"}])
            ),
        )
        server.then("/oparl/bodies/1", lambda handler: self.json(self.body))
        server.then("/oparl/bodies/2", lambda handler: self.json({**self.body, "organization": []}))
        server.then("/oparl/organisations", lambda handler: self.json(self.list(self.organisations)))
        for organisation in self.organisations:
            path = urlsplit(organisation["id"]).path
            server.then(path, lambda handler, told=organisation: self.json(told))
        server.then(LIST, self.page)

    def at(self, path: str) -> str:
        return f"{self.server.url}/oparl/{path}"

    def object(self, path: str, kind: str, **fields: Any) -> dict[str, Any]:
        return {"id": self.at(path), "type": f"{self.schema}{kind}", **fields}

    @property
    def body(self) -> dict[str, Any]:
        return self.object("bodies/1", "Body", name="Stadt Musterstadt", organization=self.at("organisations"))

    @property
    def organisations(self) -> list[dict[str, Any]]:
        return [
            self.object("organisations/7", "Organization", name="Integrationsrat", meeting=self.server.url + LIST),
            self.object("organisations/8", "Organization", name="Ausschuss für Chancengerechtigkeit", meeting=[]),
        ]

    def meeting(self, number: int, start: str, **fields: Any) -> dict[str, Any]:
        """A meeting of the organisation, also put into the list."""
        made = self.object(
            f"meetings/{number}",
            "Meeting",
            name=f"{number}. Sitzung",
            start=start,
            organization=[self.at("organisations/7")],
            location={
                **self.object("rathaus", "Location"),
                "description": "Ratssaal",
                "streetAddress": "Rathausstraße 1",
            },
            modified="2026-01-01T03:00:00+01:00",
        )
        made = {key: value for key, value in {**made, **fields}.items() if value is not ...}
        self.meetings.append(made)
        return made

    def page(self, handler: Handler) -> Reply:
        query = parse_qs(urlsplit(handler.path).query)
        items = self.tombstones if "modified_since" in query else self.meetings
        number = int(query.get("page", ["1"])[0])
        begin = (number - 1) * self.page_size
        more = {"next": f"{self.server.url}{LIST}?page={number + 1}"} if begin + self.page_size < len(items) else {}
        return self.json(self.list(items[begin : begin + self.page_size], total=len(items), **more))

    def list(self, items: list[Any], total: int | None = None, **links: str) -> dict[str, Any]:
        pagination = {} if total is None else {"totalElements": total}
        return {"data": items, "pagination": pagination, "links": links}

    def json(self, value: Any, status: int = 200) -> Reply:
        return Reply(json.dumps(value).encode(), status, {"Content-Type": "application/json"})

    def delete(self, meeting: dict[str, Any], **fields: Any) -> None:
        """From now on only the list of what was modified tells of it, and only its id."""
        self.meetings.remove(meeting)
        self.tombstones.append({"id": meeting["id"], "deleted": True, **fields})


@contextmanager
def running(monkeypatch: pytest.MonkeyPatch, schema: str = SCHEMA) -> Iterator[Town]:
    """The town's server, asked without waiting between requests."""
    with http_stub.running() as server, override_settings(OUTBOUND_TEST_HOSTS=[server.name]):
        monkeypatch.setattr("cms.outbound.client.PACE", http_stub.without_waiting())
        yield Town(server, schema)


def source(town: Town, **fields: Any) -> OParlSource:
    """The town's integration council, on a page of its own at ``/de/rat/``."""
    if "council" not in fields:
        fields["council"] = factories.council_body()
        factories.council(factories.municipality(), fields["council"], slug="rat")
    return OParlSource.objects.create(
        **{
            "endpoint": town.at("system"),
            "body_url": town.at("bodies/1"),
            "organisation_url": town.at("organisations/7"),
            "organisation_name": "Integrationsrat",
            "hosts": [town.server.name],
            "is_active": True,
            **fields,
        }
    )


def day(ahead: int, clock: str = "16:00") -> str:
    """A moment so many days from now, as OParl writes it."""
    hour, minute = map(int, clock.split(":"))
    now = dt.datetime.now(factories.BERLIN) + dt.timedelta(days=ahead)
    return now.replace(hour=hour, minute=minute, second=0, microsecond=0).isoformat()
