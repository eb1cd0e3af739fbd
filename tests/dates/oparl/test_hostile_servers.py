"""Whatever a server answers: what is public stays as it was, and the admin names the cause."""

import gzip
import html
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from cms.outbound import exchange
from dates.models import CouncilSession, ImportRun, OParlSource
from dates.oparl import runs
from tests import factories, http_stub
from tests.dates.oparl import stub
from tests.dates.oparl.stub import LIST, Town, day
from tests.http_stub import Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    with stub.running(monkeypatch) as town:
        for number, ahead in enumerate((-80, -20, 20, 50, 80, 110), start=1):
            town.meeting(number, day(ahead))
        yield town


@pytest.fixture
def source(town: Town) -> OParlSource:
    """Imported once, so that there is something to lose."""
    source = stub.source(town)
    assert runs.run(source).outcome == "complete"
    return source


def public() -> list[bytes]:
    client = Client()
    years = CouncilSession.objects.values_list("year", flat=True).distinct()
    found = ["/de/rat/", *(f"/ar/rat/{year}/" for year in years), "/sitemap-de.xml", "/sitemap-ar.xml"]
    return [client.get(page).content for page in found]


def answer(body: bytes | str, status: int = 200, **headers: str) -> Callable[[Town], None]:
    """The list of meetings answers with this."""
    return lambda town: town.server.say(LIST, body, status, **headers)


def act(what: http_stub.Act) -> Callable[[Town], None]:
    return lambda town: town.server.answers.update({LIST: [what]})


def pages(*told: Callable[[Town], Any]) -> Callable[[Town], None]:
    """The list answers with these, page by page; a page is made of the town."""

    def install(town: Town) -> None:
        town.server.then(LIST + "?page=2")
        town.server.answers[LIST] = [town.json(each(town)) for each in told]

    return install


def endless(town: Town) -> None:
    """Each page has a meeting and a next page, for ever."""

    def page(handler: http_stub.Handler) -> Reply:
        number = int(urlsplit(handler.path).query.partition("=")[2] or 1)
        return town.json(town.list([town.meetings[number % 6]], next=f"{town.server.url}{LIST}?page={number + 1}"))

    town.server.answers[LIST] = [page]


HOSTILE: dict[str, tuple[Callable[[Town], Any], str, str]] = {
    "an empty list": (answer('{"data": [], "links": {}}'), "rejected", "loss"),
    "a bare empty list": (answer("[]"), "rejected", "loss"),
    "half a list": (lambda town: town.meetings.__delitem__(slice(3, 6)), "rejected", "loss"),
    "a web page": (answer("<!doctype html><html>Wartung</html>", content_type="text/html"), "failed", "html"),
    "a web page after a blank": (answer("\ufeff \n<html>"), "failed", "html"),
    "nothing": (answer(""), "failed", "not_json"),
    "a truncated text": (answer('{"data": [{"id": "https://'), "failed", "not_json"),
    "another alphabet": (answer(b'\xff\xfe{"data": []}'), "failed", "not_json"),
    "a depth without end": (answer("[" * 200_000), "failed", "not_json"),
    "a number": (answer("7"), "failed", "not_a_list"),
    "null": (answer("null"), "failed", "not_a_list"),
    "a list that is an object": (answer('{"data": {"0": {}}}'), "failed", "not_a_list"),
    "things that are no meetings": (answer('{"data": [null, 7, [], {}, {"id": 7}]}'), "rejected", "loss"),
    "fewer than it counts": (
        lambda town: town.server.answers.update({LIST: [town.json(town.list(town.meetings[:5], total=6))]}),
        "failed",
        "incomplete",
    ),
    "a loop": (pages(lambda town: town.list(town.meetings, next=town.server.url + LIST)), "failed", "loop"),
    "pages without end": (endless, "failed", "endless"),
    "a next page elsewhere": (
        pages(lambda town: town.list(town.meetings[:4], next="https://other.example/?page=2")),
        "failed",
        "elsewhere",
    ),
    "a next page in the network": (
        pages(lambda town: town.list(town.meetings[:4], next="http://169.254.169.254/latest/")),
        "failed",
        "address",
    ),
    "a next page that is no address": (pages(lambda town: town.list([], next="http://[::1")), "failed", "address"),
    "a next page with user": (
        pages(lambda town: town.list([], next=town.server.url.replace("//", "//user@") + "/x")),
        "failed",
        "address",
    ),
    "a redirect elsewhere": (answer("", 302, location="https://other.example/"), "failed", "elsewhere"),
    "a redirect into the network": (answer("", 302, location="https://10.0.0.1/"), "failed", "elsewhere"),
    "redirects without end": (answer("", 302, location=LIST), "failed", "redirects"),
    "a bomb": (answer(gzip.compress(b" " * 50_000_000), content_encoding="gzip"), "failed", "too_large"),
    "too much": (answer(b" " * 6_000_000), "failed", "too_large"),
    "404": (answer("", 404), "failed", "refused"),
    "401": (answer("", 401), "failed", "refused"),
    "500": (answer("", 500), "failed", "busy"),
    "429 for a day": (answer("", 429, retry_after="86400"), "failed", "busy"),
    "a line that breaks": (act(http_stub.hang_up), "failed", "broken"),
    "a slow drip": (act(http_stub.drip), "failed", "timeout"),
    "tombstones of all": (
        lambda town: [town.delete(meeting) for meeting in list(town.meetings)],
        "rejected",
        "loss",
    ),
    "ids of another host": (
        lambda town: [meeting.update(id=f"https://other.example/{n}") for n, meeting in enumerate(town.meetings)],
        "rejected",
        "loss",
    ),
    "meetings of another organisation": (
        lambda town: [meeting.update(organization=[town.at("organisations/8")]) for meeting in town.meetings],
        "rejected",
        "loss",
    ),
}


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.outbound.client.Limits", lambda: exchange.Limits(whole=3))


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_public_stays_and_the_cause_is_named(
    name: str, town: Town, source: OParlSource, client: Client, request: pytest.FixtureRequest
) -> None:
    if name == "a slow drip":
        request.getfixturevalue("short_patience")
    turn, outcome, reason = HOSTILE[name]
    before = public()
    turn(town)
    run = runs.run(source)
    assert (run.outcome, run.reason) == (outcome, reason), run.sentence
    assert public() == before
    client.force_login(factories.press())
    for address in ("/admin/", "/admin/oparl/", f"/admin/oparl/{source.pk}/"):
        page = client.get(address)
        assert page.status_code == 200
        assert run.sentence in html.unescape(page.content.decode()), address


@pytest.mark.parametrize(
    "fields",
    [
        {"start": None},
        {"start": ...},
        {"start": ""},
        {"start": "bald"},
        {"start": 7},
        {"start": ["2026-01-01"]},
        {"start": "2026-13-45T99:00:00"},
        {"start": "0001-01-01T00:00:00+14:00"},
        {"start": "9999-12-31T23:59:59-12:00"},
        {"start": "1970-01-01T00:00:00Z"},
        {"start": day(70)[:10]},
        {"start": day(70, "00:00")},
        {"start": day(-400)},
        {"name": {"de": "Sitzung"}},
        {"name": "x" * 100_000},
        {"name": "Sitzung\x00\x07\u202e\ud800"},
        {"cancelled": "false"},
        {"deleted": "true"},
        {"deleted": 1},
        {"location": None},
        {"location": []},
        {"location": "N/A"},
        {"location": {"description": " ", "streetAddress": "N/A", "room": 7}},
        {"location": "https://other.example/location/1"},
        {"organization": ...},
        {"end": "1900-01-01T00:00:00Z"},
        {"end": {"when": "later"}},
        {"web": "javascript:alert(1)"},
        {"web": "https://other.example/"},
        {"resultsProtocol": {"accessUrl": "https://other.example/minutes.pdf"}},
        {"agendaItem": 7, "participant": "x", "invitation": "y", "meetingState": []},
    ],
    ids=lambda fields: " ".join(f"{name} {str(value)[:30]!a}" for name, value in fields.items()),
)
def test_odd_fields_change_no_public_date(town: Town, source: OParlSource, fields: dict[str, Any]) -> None:
    before = public()
    meeting = town.meetings[4]
    for name, value in fields.items():
        if value is ...:
            del meeting[name]
        else:
            meeting[name] = value
    run = runs.run(source)
    assert run.is_complete, run.sentence
    assert public() == before


def test_everything_deleted_waits_for_a_person(town: Town, source: OParlSource, client: Client) -> None:
    before = public()
    for meeting in town.meetings:
        meeting["deleted"] = True
    assert runs.run(source).is_complete
    assert public() == before
    client.force_login(factories.press())
    assert 'name="accept_loss"' in client.get(f"/admin/oparl/{source.pk}/").content.decode()


def test_two_meetings_with_one_id_are_one(town: Town, source: OParlSource) -> None:
    before = public()
    town.meetings.append({**town.meetings[3], "start": day(300)})
    assert runs.run(source).is_complete
    assert public() == before


def test_no_request_leaves_the_server(town: Town, source: OParlSource) -> None:
    with http_stub.running() as other:
        other.say("/", "not yours")
        turns = [
            answer("", 302, location=other.url),
            pages(lambda town: town.list([], next=other.url)),
            pages(lambda town: town.list([f"{other.url}/meeting/1"])),
            pages(lambda town: town.list([{**town.meetings[0], "location": f"{other.url}/location"}])),
        ]
        for turn in turns:
            turn(town)
            runs.run(source)
        assert other.asked == []


def test_a_run_that_fails_leaves_no_run_open(town: Town, source: OParlSource) -> None:
    answer("")(town)
    runs.run(source)
    assert not ImportRun.objects.filter(finished_at=None).exists()


def test_control_characters_and_bare_lists_are_read(town: Town, source: OParlSource) -> None:
    text = json.dumps(town.meetings, ensure_ascii=False).replace("3. Sitzung", "3.\tSitzung\n\x01")
    town.server.say(LIST, "\ufeff" + text)
    assert runs.run(source).is_complete


def test_a_list_of_addresses_is_followed(town: Town) -> None:
    for meeting in town.meetings:
        town.server.say(urlsplit(meeting["id"]).path, json.dumps(meeting))
    town.server.say(LIST, json.dumps({"data": [meeting["id"] for meeting in town.meetings]}))
    assert runs.run(stub.source(town)).counts["new"] == 6


def test_a_location_may_be_an_address(town: Town) -> None:
    town.server.say("/oparl/volkspark", json.dumps({"type": "https://schema.oparl.org/1.0/Location", "room": "Saal 2"}))
    for meeting in town.meetings:
        meeting["location"] = town.at("volkspark")
    source = stub.source(town)
    runs.run(source)
    assert {str(row.session.place) for row in source.meetings.all()} == {"Saal 2"}


@pytest.mark.parametrize("schema", ["https://schema.oparl.org/1.0/", "http://schema.oparl.org/1.1/"])
def test_both_versions_are_understood(monkeypatch: pytest.MonkeyPatch, schema: str) -> None:
    with stub.running(monkeypatch, schema) as town:
        town.meeting(1, day(5))
        assert runs.run(stub.source(town)).counts["new"] == 1


def test_404_for_what_was_modified_means_nothing(town: Town, source: OParlSource) -> None:
    listed = town.server.answers[LIST][0]
    town.server.answers[LIST] = [
        lambda handler: Reply(status=404) if "modified_since" in handler.path else listed(handler)  # type: ignore[operator]
    ]
    assert runs.run(source).outcome == "nothing_new"


def test_a_next_page_that_lost_its_filter_brings_no_other_meetings(town: Town, source: OParlSource) -> None:
    town.meeting(70, day(7), organization=[town.at("organisations/8")])
    assert runs.run(source).outcome == "nothing_new"


def test_a_server_that_is_not_allowed_is_not_asked(town: Town, source: OParlSource) -> None:
    source.hosts = ["ratsinfo.example"]
    source.save()
    assert runs.run(source).reason == "elsewhere"
