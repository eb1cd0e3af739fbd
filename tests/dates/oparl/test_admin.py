"""Sources in the admin: found, tried, watched; what is doubtful is decided by a person."""

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.jobs import every_minute
from dates.council import session_changes
from dates.models import CouncilSession, ImportRun, OParlSource, SourceMeeting
from dates.oparl import runs, tasks
from tests import factories
from tests.dates.oparl import stub
from tests.dates.oparl.stub import LIST, Town, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    with stub.running(monkeypatch) as town:
        for number, ahead in enumerate((20, 50, 80), start=1):
            town.meeting(number, day(ahead))
        yield town


@pytest.fixture
def source(town: Town) -> OParlSource:
    return stub.source(town)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.press())
    return client


def text(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


# Finding


def test_a_source_is_found_step_by_step(town: Town, editor: Client) -> None:
    council = factories.council_body()
    step = {"endpoint": town.at("system")}
    assert "Stadt Musterstadt" in text(editor.post("/admin/oparl/add/", step))
    step["body_url"] = town.at("bodies/1")
    last = text(editor.post("/admin/oparl/add/", step))
    assert "Ausschuss für Chancengerechtigkeit" in last
    assert "error-message" not in last
    assert re.search(r'name="publish_new"[^>]*checked', last)
    step |= {"organisation_url": town.at("organisations/7"), "council": council.pk, "publish_new": "on"}
    assert editor.post("/admin/oparl/add/", step).status_code == 302
    source = OParlSource.objects.get()
    assert (source.is_active, source.organisation_name, source.hosts) == (False, "Integrationsrat", [town.server.name])
    assert source.chosen_by.email == "presse@example.org"
    editor.post(f"/admin/oparl/{source.pk}/run/")
    assert CouncilSession.objects.count() == 3


@pytest.mark.parametrize(
    "step",
    [
        {},
        {"endpoint": "x" * 600},
        {"endpoint": "https://127.0.0.1/"},
        {"endpoint": "http://ratsinfo.example/"},
        {"endpoint": "{}/nothing"},
        {"endpoint": "{}/oparl/organisations/7"},
        {"endpoint": "{}/oparl/system", "to_body": "True"},
        {"endpoint": "{}/oparl/system", "to_body": "True", "body_url": ""},
        {"endpoint": "{}/oparl/system", "body_url": "https://other.example/"},
        {"endpoint": "{}/oparl/system", "body_url": "{}/oparl/bodies/1", "council": "7"},
        {"endpoint": "{}/oparl/system", "body_url": "{}/oparl/bodies/1", "council": "x", "organisation_url": "y"},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_a_sentence(town: Town, editor: Client, step: dict[str, str]) -> None:
    step = {name: value.replace("{}", town.server.url) for name, value in step.items()}
    page = text(editor.post("/admin/oparl/add/", step))
    assert "error-message" in page
    assert step.get("endpoint", "") in page
    assert not OParlSource.objects.exists()


def test_an_organisation_is_imported_once(town: Town, source: OParlSource, editor: Client) -> None:
    fields = ("endpoint", "body_url", "organisation_url")
    step = {**{name: getattr(source, name) for name in fields}, "council": source.council_id}
    assert "error-message" in text(editor.post("/admin/oparl/add/", step))


# Keeping


def test_a_source_that_moves_stays_on_its_hosts(source: OParlSource, editor: Client) -> None:
    address = f"/admin/oparl/{source.pk}/"
    assert "other.example" in text(editor.post(address, {"organisation_url": "https://other.example/7"}))
    moved = source.organisation_url.replace("/7", "/8")
    assert editor.post(address, {"organisation_url": moved, "is_active": "on"}).status_code == 302
    source.refresh_from_db()
    assert (source.organisation_url, source.is_active, source.publish_new) == (moved, True, False)


def test_a_loss_can_be_accepted_by_a_person(town: Town, source: OParlSource, editor: Client) -> None:
    runs.run(source)
    town.meetings.clear()
    town.meeting(4, day(90))
    runs.run(source)
    page = text(editor.get(f"/admin/oparl/{source.pk}/"))
    assert 'name="accept_loss"' in page
    editor.post(f"/admin/oparl/{source.pk}/run/", {"accept_loss": "1"})
    assert source.last_run.outcome == "complete"
    assert CouncilSession.objects.public().count() == 4


def test_removing_a_source_keeps_the_sessions(source: OParlSource, editor: Client) -> None:
    runs.run(source)
    editor.post(f"/admin/oparl/{source.pk}/remove/")
    assert not OParlSource.objects.exists()
    assert CouncilSession.objects.count() == 3


def test_new_sessions_wait_where_that_was_chosen(source: OParlSource) -> None:
    source.publish_new = False
    source.save()
    runs.run(source)
    assert not CouncilSession.objects.public().exists()


# Deciding


def test_doubts_stand_until_somebody_has_looked(town: Town, source: OParlSource, editor: Client) -> None:
    town.meetings[0]["meetingState"] = "abgesagt"
    runs.run(source)
    assert "Vielleicht abgesagt oder verschoben" in text(editor.get("/admin/oparl/"))
    for meeting in SourceMeeting.objects.all():
        editor.post(f"/admin/oparl/meetings/{meeting.pk}/looked-at/")
    assert "Perhaps cancelled or moved" not in text(editor.get("/admin/oparl/"))
    runs.run(source)
    assert not SourceMeeting.objects.exclude(doubts=[]).exists()


def test_a_person_sees_both_values_and_may_take_the_imported_one(
    town: Town, source: OParlSource, editor: Client
) -> None:
    runs.run(source)
    session = SourceMeeting.objects.get(oparl_id=town.meetings[0]["id"]).session
    told = session.start
    session_changes.change(
        session=session, values={"start": told.replace(minute=30)}, origin="person", by=factories.administrator()
    )
    edit = f"/admin/sessions/edit/{session.pk}/"
    page = text(editor.get(edit))
    assert f"/admin/oparl/sessions/{session.pk}/start/" in page
    assert editor.post(f"/admin/oparl/sessions/{session.pk}/start/").status_code == 302
    session.refresh_from_db()
    assert (session.start, session.overridden) == (told, [])
    assert "/admin/oparl/sessions/" not in text(editor.get(edit))
    town.meetings[0]["start"] = day(21)
    runs.run(source)
    session.refresh_from_db()
    assert session.start != told


# Watching


def test_two_days_without_a_complete_run_are_told_on_the_first_page(source: OParlSource, editor: Client) -> None:
    warning = "Seit mehr als zwei Tagen war kein Einlesen vollständig."
    runs.run(source)
    assert warning not in text(editor.get("/admin/"))
    ImportRun.objects.update(started_at=timezone.now() - dt.timedelta(hours=49))
    assert warning in text(editor.get("/admin/"))
    assert warning in text(editor.get("/admin/oparl/"))


def test_a_run_whose_worker_died_is_told_as_broken_off(source: OParlSource) -> None:
    dead = ImportRun.objects.create(source=source, started_at=timezone.now() - dt.timedelta(hours=2))
    runs.run(source)
    dead.refresh_from_db()
    assert (dead.outcome, dead.reason) == ("failed", "broke_off")


@pytest.mark.parametrize(
    ("role", "allowed"), [("press", True), ("administrator", True), ("ki", False), ("translator", False), ("", False)]
)
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", ""),
        ("get", "add/"),
        ("post", "add/"),
        ("get", "{source}/"),
        ("post", "{source}/"),
        ("post", "{source}/run/"),
        ("post", "{source}/remove/"),
        ("post", "meetings/{meeting}/looked-at/"),
        ("post", "sessions/{session}/start/"),
    ],
)
def test_sources_are_kept_by_who_keeps_sessions(
    source: OParlSource, client: Client, role: str, allowed: bool, method: str, address: str
) -> None:
    runs.run(source)
    meeting = SourceMeeting.objects.first()
    count = ImportRun.objects.count()
    if role:
        client.force_login(factories.translator("ar") if role == "translator" else getattr(factories, role)())
    path = "/admin/oparl/" + address.format(source=source.pk, meeting=meeting.pk, session=meeting.session_id)
    answer = getattr(client, method)(path)
    assert (answer.status_code in (200, 302) and "/login/" not in answer.get("Location", "")) == allowed or not allowed
    if not allowed:
        assert OParlSource.objects.exists()
        assert ImportRun.objects.count() == count
        assert SourceMeeting.objects.get(pk=meeting.pk).doubts == meeting.doubts
        assert "Import" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/admin/oparl/", "/admin/oparl/{}/"])
def test_pages_ask_the_same_number_of_queries_for_3_and_30_meetings(
    town: Town, source: OParlSource, editor: Client, address: str
) -> None:
    address = address.format(source.pk)
    counts = []
    for more in (range(0), range(3, 30)):
        for number in more:
            town.meeting(number + 1, day(20 + number))
        runs.run(source)
        editor.get(address)
        with CaptureQueriesContext(connection) as queries:
            editor.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_run_without_news_asks_the_same_number_of_queries_for_3_and_30_meetings(
    town: Town, source: OParlSource
) -> None:
    counts = []
    for more in (range(0), range(3, 30)):
        for number in more:
            town.meeting(number + 1, day(20 + number))
        runs.run(source)
        with CaptureQueriesContext(connection) as queries:
            assert runs.run(source).outcome == "nothing_new"
        counts.append(len(queries))
    assert counts[0] == counts[1]


# By the clock


def test_every_night_once(source: OParlSource, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def at(moment: dt.datetime) -> int:
        before = ImportRun.objects.count()
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        tasks.start_if_due()
        tasks.start_if_due()
        return ImportRun.objects.count() - before

    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    night = tomorrow.replace(hour=3, minute=40)
    assert at(night - dt.timedelta(minutes=1)) == 0
    assert at(night) == 1
    assert at(night + dt.timedelta(hours=20)) == 0
    assert at(night + dt.timedelta(days=1)) == 1
    source.is_active = False
    source.save()
    assert at(night + dt.timedelta(days=2)) == 0
    assert tasks.start_if_due in every_minute._acts


# By hand


def command(*arguments: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("import_oparl", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue() + str(error), error.returncode
    return out.getvalue(), 0


def test_the_command_imports_and_reports(town: Town, source: OParlSource) -> None:
    told, status = command("--json")
    report: list[dict[str, Any]] = json.loads(told)
    assert status == 0
    assert (report[0]["outcome"], report[0]["counts"]) == ("complete", {"found": 3, "new": 3})
    assert command()[1] == 0
    town.server.say(LIST, '{"data": []}')
    assert command("--source", str(source.pk))[1] == 1
    town.server.say(LIST, "<html>")
    told, status = command()
    assert (status, LIST in told) == (1, True)


def test_the_command_tells_what_a_server_offers(town: Town) -> None:
    told, status = command("--discover", town.at("system"))
    assert status == 0
    assert town.at("organisations/7") in told
    assert json.loads(command("--discover", town.at("system"), "--json")[0])[0]["body"] == "Stadt Musterstadt"
    assert command("--discover", "https://127.0.0.1/")[1] == 1
    assert not OParlSource.objects.exists()


def test_a_source_that_is_not_there_is_named() -> None:
    told, status = command("--source", "7")
    assert (status, "7" in told) == (1, True)
