"""Members say which calendar they keep elsewhere."""

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Site

from cms import languages
from dates.models import FollowedCalendar
from directory.models import OrganisationPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
URL = "https://kalender.example/verein.ics"


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def club(site: Site, client: Client) -> OrganisationPage:
    club = factories.organisation(factories.directory(site), "Verein", slug="verein")
    client.force_login(factories.member(club))
    return club


def address(club: OrganisationPage, code: str = "de") -> str:
    return f"/{code}/my/{club.translation_key}/calendar/"


def send(client: Client, club: OrganisationPage, **data: str) -> HttpResponse:
    return client.post(address(club), data)


def test_the_dashboard_leads_to_it(club: OrganisationPage, client: Client) -> None:
    assert address(club) in webpages.links(webpages.read(client.get(f"/de/my/{club.translation_key}/")))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (URL, URL),
        (f"  {URL} ", URL),
        ("webcal://kalender.example/verein.ics", URL),
        ("kalender.example/verein.ics", URL),
    ],
)
def test_an_address_is_taken_as_people_copy_it(club: OrganisationPage, client: Client, typed: str, stored: str) -> None:
    assert send(client, club, url=typed).status_code == 302
    calendar = FollowedCalendar.objects.get()
    assert (calendar.organisation, calendar.url, calendar.is_active) == (club, stored, True)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://kalender.example/verein.ics",
        "https://user:pass@kalender.example/verein.ics",
        "https://kalender.example:8443/verein.ics",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://[::1",
        "ein Kalender",
        "https://kalender.example/" + "x" * 600,
    ],
)
def test_what_cannot_be_followed_is_said_beside_the_field_and_stays_typed(
    club: OrganisationPage, client: Client, typed: str
) -> None:
    answer = send(client, club, url=typed)
    assert answer.status_code == 422
    page = webpages.read(answer)
    assert page.select(".field.wrong .errors")
    assert page.find("input", attrs={"name": "url"}).get("value", "") == typed
    assert not FollowedCalendar.objects.exists()


@pytest.mark.parametrize("code", [language.code for language in languages.LANGUAGES])
def test_how_the_last_look_went_is_said_in_the_readers_language(
    club: OrganisationPage, client: Client, code: str
) -> None:
    FollowedCalendar.objects.create(organisation=club, url=URL, outcome="half", looked_at=club.first_published_at)
    calendar = FollowedCalendar.objects.get()
    text = webpages.text(webpages.read(client.get(address(club, code))))
    assert calendar.url in webpages.html(client.get(address(club, code)))
    assert "%(" not in text


def test_another_address_is_looked_at_soon_and_as_a_whole(club: OrganisationPage, client: Client) -> None:
    send(client, club, url=URL)
    FollowedCalendar.objects.update(outcome="taken", read_on="2026-01-01", next_at="2099-01-01T00:00:00Z")
    send(client, club, url="https://anderer.example/x.ics")
    calendar = FollowedCalendar.objects.get()
    assert (calendar.outcome, calendar.read_on) == ("", None)
    assert calendar.next_at.year < 2099


def test_a_member_stops_following_and_begins_again(club: OrganisationPage, client: Client) -> None:
    send(client, club, url=URL)
    send(client, club, act="stop")
    assert not FollowedCalendar.objects.get().is_active
    send(client, club, url=URL)
    assert FollowedCalendar.objects.get().is_active


@pytest.mark.parametrize("act", ["stop", "look", "nonsense"])
def test_acts_without_a_calendar_do_no_harm(club: OrganisationPage, client: Client, act: str) -> None:
    assert send(client, club, act=act).status_code == 422


def test_nobody_else_comes_in(club: OrganisationPage, client: Client) -> None:
    other = factories.organisation(club.get_parent(), "Anderer Verein", slug="anderer")
    assert client.get(address(other)).status_code == 404
    assert client.post(address(other), {"url": URL}).status_code == 404
    client.logout()
    assert client.get(address(club)).status_code == 302
    assert client.post(address(club), {"url": URL}).status_code == 302
    assert not FollowedCalendar.objects.exists()


def test_the_press_sees_all_of_them_with_their_results(club: OrganisationPage, client: Client) -> None:
    FollowedCalendar.objects.create(organisation=club, url=URL, outcome="refused", looked_at=club.first_published_at)
    client.force_login(factories.press())
    text = webpages.text(webpages.read(client.get("/admin/followed_calendars/")))
    assert "Verein" in text
    assert URL in text
