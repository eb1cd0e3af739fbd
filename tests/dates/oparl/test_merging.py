"""Two sessions that stand for one meeting of two organisations become one; nothing that people entered is lost."""

import json
from collections.abc import Iterator
from typing import Any

import icalendar
import pytest
from django.test import Client
from wagtail.models import Page

from dates.council import session_changes
from dates.council.agenda import AgendaItem
from dates.models import CouncilBody, CouncilPage, CouncilSession, ImportRun, OParlSource, SourceMeeting
from dates.oparl import runs
from news.article import RelatedSession
from tests import factories, webpages
from tests.dates.oparl import stub
from tests.dates.oparl.stub import Town, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A meeting of both organisations, and another of the first alone."""
    with stub.running(monkeypatch) as town:
        both = [town.at("organisations/7"), town.at("organisations/8")]
        town.meeting(1, day(20), organization=both)
        town.meeting(2, day(50))
        yield town


@pytest.fixture
def source(town: Town) -> OParlSource:
    return stub.source(town)


def home() -> Page:
    return CouncilPage.objects.earliest("pk").get_parent()


@pytest.fixture
def committee(source: OParlSource) -> CouncilBody:
    body = factories.council_body("ausschuss", de="Ausschuss")
    factories.council(home(), body, "Ausschuss", slug="ausschuss")
    return body


@pytest.fixture
def other(town: Town, source: OParlSource, committee: CouncilBody) -> OParlSource:
    """What was imported for each alone: session 1 of the council, session 5 of the committee."""
    told = {**town.organisations[1], "meeting": [town.meetings[0]]}
    town.server.say("/oparl/organisations/8", json.dumps(told))
    other = stub.source(town, council=committee, organisation_url=town.at("organisations/8"))
    runs.run(source)
    runs.run(other)
    shared = CouncilSession.objects.get(joint_bodies=committee)
    shared.joint_bodies.clear()
    apart = factories.session(committee, 5, shared.start, place=shared.place)
    other.meetings.update(session=apart)
    return other


@pytest.fixture
def sessions(other: OParlSource, source: OParlSource, committee: CouncilBody) -> tuple[CouncilSession, CouncilSession]:
    ours = source.meetings.get(oparl_id__endswith="/1").session
    theirs = CouncilSession.objects.get(body=committee)
    assert ours is not None and ours != theirs
    return ours, theirs


def set_by_hand(session: CouncilSession, **values: Any) -> None:
    session_changes.change(session=session, values=values, origin="person", by=factories.person())


def only_one(*runs: ImportRun) -> CouncilSession:
    assert all(run.is_complete for run in runs)
    [session] = {row.session for row in SourceMeeting.objects.filter(oparl_id__endswith="/1")}
    assert session is not None
    return session


def uids(client: Client, path: str) -> set[str]:
    entries = icalendar.Calendar.from_ical(client.get(path).content).walk("VEVENT")
    return {str(entry["UID"]) for entry in entries}


def test_they_are_one_afterwards_and_the_run_says_so(
    source: OParlSource, other: OParlSource, sessions: tuple[CouncilSession, CouncilSession], client: Client
) -> None:
    ours, theirs = sessions
    run = runs.run(other)
    stays = only_one(run)
    assert (stays, list(stays.joint_bodies.all())) == (ours, [theirs.body])
    assert any("2026" in line or str(stays.year) in line for line in run.report["changes"])
    assert len(run.report["changes"]) == 1
    assert [runs.run(each).outcome for each in (source, other)] == ["nothing_new", "nothing_new"]
    answer = client.get(f"/de/ausschuss/{theirs.year}/5/")
    assert (answer.status_code, answer["Location"]) == (301, f"/de/rat/{stays.year}/{stays.number}/")
    assert f"/ar/rat/{stays.year}/{stays.number}/" in webpages.links(webpages.read(client.get("/ar/ausschuss/")))


def test_subscribers_of_both_keep_their_entries(
    other: OParlSource, sessions: tuple[CouncilSession, CouncilSession], client: Client
) -> None:
    ours, theirs = sessions
    CouncilSession.objects.filter(pk=theirs.pk).update(sequence=7)
    stays = only_one(runs.run(other))
    assert stays.sequence == 8
    assert uids(client, "/de/ausschuss/calendar.ics") == {str(theirs.uid)}
    assert str(ours.uid) in uids(client, "/de/rat/calendar.ics")
    assert str(theirs.uid) not in uids(client, "/de/rat/calendar.ics")


def test_the_one_that_articles_name_stays(
    source: OParlSource, other: OParlSource, sessions: tuple[CouncilSession, CouncilSession], client: Client
) -> None:
    ours, theirs = sessions
    article = factories.article(factories.news_index(home()), "Beschluss")
    article.related_sessions = [RelatedSession(session=theirs)]
    article.save_revision().publish()
    stays = only_one(runs.run(source))
    assert stays == theirs
    assert RelatedSession.objects.get().session == theirs
    assert client.get(f"/de/rat/{ours.year}/{ours.number}/")["Location"] == f"/de/ausschuss/{theirs.year}/5/"


def test_what_leads_to_the_one_that_goes_leads_to_the_one_that_stays(
    other: OParlSource, sessions: tuple[CouncilSession, CouncilSession]
) -> None:
    ours, theirs = sessions
    cancelled = factories.session(theirs.body, 4, status="cancelled", moved_to=theirs)
    for session in sessions:
        article = factories.article(factories.news_index(home(), slug=f"aktuelles-{session.pk}"), "Beschluss")
        article.related_sessions = [RelatedSession(session=session)]
        article.save_revision().publish()
    stays = only_one(runs.run(other))
    cancelled.refresh_from_db()
    assert (stays, cancelled.moved_to) == (ours, ours)
    assert {row.session for row in RelatedSession.objects.all()} == {ours}


def test_what_people_entered_on_either_is_there(
    other: OParlSource, sessions: tuple[CouncilSession, CouncilSession]
) -> None:
    ours, theirs = sessions
    hall = factories.place("halle")
    set_by_hand(ours, livestream_url="https://stream.example/")
    set_by_hand(ours, status="cancelled")
    set_by_hand(theirs, place=hall, sign_language="yes")
    AgendaItem.objects.create(session=theirs, title="Sprachkurse", result_words="einstimmig")
    AgendaItem.objects.create(session=ours, title="Haushalt")
    stays = only_one(runs.run(other))
    stays.refresh_from_db()
    assert (stays.place, stays.sign_language, stays.livestream_url) == (hall, "yes", "https://stream.example/")
    assert (stays.status, stays.overridden) == ("cancelled", ["place", "status"])
    assert {item.title for item in stays.agenda.all()} == {"Sprachkurse", "Haushalt"}
    assert {change.field for change in stays.changes.filter(origin="person")} == {"place", "status"}


def test_where_people_entered_different_things_both_stay_and_a_person_is_asked_once(
    source: OParlSource, other: OParlSource, sessions: tuple[CouncilSession, CouncilSession]
) -> None:
    ours, theirs = sessions
    set_by_hand(ours, place=factories.place("halle"))
    set_by_hand(theirs, place=factories.place("saal"))
    run = runs.run(other)
    assert run.is_complete
    assert len(run.report["changes"]) == 1
    assert "twins_differ" in other.meetings.get().doubts
    assert set(CouncilSession.objects.filter(pk__in=[ours.pk, theirs.pk])) == {ours, theirs}
    assert runs.run(other).outcome == "nothing_new"


def test_a_number_that_leads_on_is_not_given_again(
    town: Town, other: OParlSource, sessions: tuple[CouncilSession, CouncilSession], committee: CouncilBody
) -> None:
    runs.run(other)
    new = town.meeting(9, town.meetings[0]["start"], organization=[town.at("organisations/8")])
    told = {**town.organisations[1], "meeting": [town.meetings[0], new]}
    town.server.say("/oparl/organisations/8", json.dumps(told))
    runs.run(other)
    assert CouncilSession.objects.get(body=committee).number == 6
