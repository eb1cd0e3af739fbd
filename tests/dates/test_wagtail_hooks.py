"""Sessions in the admin: a plain form that says what is wrong."""

import datetime as dt

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from dates.models import CouncilBody, CouncilSession
from tests import factories
from tests.news.admin_forms import complaints

pytestmark = pytest.mark.django_db
NO_AGENDA = nested_form_data({"agenda": inline_formset([])})


@pytest.fixture
def body(db: None) -> CouncilBody:
    body = factories.council_body()
    factories.council(factories.municipality(), body, slug="rat")
    return body


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.press())
    return client


def add(client: Client, body: CouncilBody, **changes: str) -> HttpResponse:
    return send(client, body, changes)


def send(client: Client, body: CouncilBody, changes: dict[str, str]) -> HttpResponse:
    fields = {"body": str(body.pk), "number": "1", "start": "2025-01-28 16:00", "status": "planned", "is_public": "on"}
    fields |= {"openness": "public", "information_url": "", "place": "", **NO_AGENDA}
    return client.post(reverse("sessions:add"), {**fields, **changes})


def change(client: Client, session: CouncilSession, **changes: str) -> HttpResponse:
    fields = {"body": str(session.body_id), "number": str(session.number), "start": "2025-01-28 16:00"}
    more = {"status": session.status, "is_public": "on", "information_url": "", "place": "", "openness": "public"}
    return client.post(reverse("sessions:edit", args=[session.pk]), {**fields, **more, **NO_AGENDA, **changes})


def test_a_session_is_public_the_moment_it_is_saved(body: CouncilBody, editor: Client) -> None:
    assert add(editor, body).status_code == 302
    editor.logout()
    assert {editor.get(f"/{code}/rat/2025/1/").status_code for code in ("de", "ar", "tr")} == {200}


def test_the_time_typed_is_that_of_the_clock_in_berlin(body: CouncilBody, editor: Client) -> None:
    add(editor, body, start="2025-06-03 16:00")
    assert CouncilSession.objects.get().start == dt.datetime(2025, 6, 3, 14, 0, tzinfo=dt.UTC)


def test_a_number_that_the_year_has_already_is_refused_with_a_message(body: CouncilBody, editor: Client) -> None:
    add(editor, body)
    answer = add(editor, body, start="2025-12-01 16:00")
    assert answer.status_code == 200
    assert "Dieses Gremium hat in diesem Jahr schon eine Sitzung mit dieser Nummer." in complaints(answer)
    assert CouncilSession.objects.count() == 1


def test_the_same_number_in_another_year_is_taken(body: CouncilBody, editor: Client) -> None:
    add(editor, body)
    assert add(editor, body, start="2026-01-27 16:00").status_code == 302


def test_moving_a_session_onto_a_number_of_another_year_is_refused(body: CouncilBody, editor: Client) -> None:
    factories.session(body, 1, factories.berlin(2024, 1, 30, 16))
    session = factories.session(body, 1)
    answer = change(editor, session, start="2024-02-27 16:00")
    assert "schon eine Sitzung mit dieser Nummer" in complaints(answer)
    session.refresh_from_db()
    assert session.year == 2025


def test_a_session_can_be_saved_again_unchanged(body: CouncilBody, editor: Client) -> None:
    assert change(editor, factories.session(body, 1)).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "0"},
        {"number": "-1"},
        {"number": ""},
        {"number": "eins"},
        {"start": ""},
        {"start": "gestern"},
        {"body": ""},
        {"status": "vielleicht"},
        {"information_url": "javascript:alert(1)"},
    ],
    ids=lambda wrong: " ".join(*wrong.items()),
)
def test_what_cannot_be_is_refused_with_a_message(body: CouncilBody, editor: Client, wrong: dict[str, str]) -> None:
    answer = send(editor, body, wrong)
    assert answer.status_code == 200
    assert complaints(answer)
    assert not CouncilSession.objects.exists()


def test_cancelling_shows_at_once_in_every_language(body: CouncilBody, editor: Client) -> None:
    session = factories.session(body, 1)
    change(editor, session, status="cancelled")
    for code in ("de", "ar"):
        assert b"badge bad" in editor.get(f"/{code}/rat/2025/1/").content


def test_hiding_takes_a_session_away_at_once(body: CouncilBody, editor: Client) -> None:
    session = factories.session(body, 1)
    change(editor, session, is_public="")
    editor.logout()
    assert editor.get("/de/rat/2025/1/").status_code == 404


@pytest.mark.parametrize(
    ("role", "allowed"), [("press", True), ("administrator", True), ("ki", False), ("translator", False), ("", False)]
)
def test_sessions_are_kept_by_press_office_and_administrators(
    body: CouncilBody, client: Client, role: str, allowed: bool
) -> None:
    if role:
        client.force_login(factories.translator("ar") if role == "translator" else getattr(factories, role)())
    add(client, body)
    assert CouncilSession.objects.exists() == allowed


def test_a_member_of_an_organisation_cannot_add_sessions(body: CouncilBody, client: Client) -> None:
    club = factories.organisation(factories.directory(factories.municipality("B", hostname="b.localhost")))
    client.force_login(factories.member(club))
    add(client, body)
    assert not CouncilSession.objects.exists()
