"""Members say which calendar they keep elsewhere."""

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Site

from cms.localization import languages
from dates.calendar_import.outcomes import COUNTED, Outcome, sentence_of
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


def test_a_calendar_of_this_site_is_refused_beside_the_field(club: OrganisationPage, client: Client) -> None:
    site = club.get_site()
    site.hostname, site.port = "stadt.example", 443
    site.save()
    for host in ("stadt.example", "www.Stadt.example", "STADT.example:443", "stadt.example."):
        answer = send(client, club, url=f"webcal://{host}/de/calendar/organisation/{club.translation_key}.ics")
        assert answer.status_code == 422
        assert webpages.read(answer).select(".field.wrong .errors")
    assert not FollowedCalendar.objects.exists()


def test_members_choose_what_becomes_of_dates_that_are_gone(club: OrganisationPage, client: Client) -> None:
    send(client, club, url=URL)
    assert FollowedCalendar.objects.get().when_gone == "cancel"
    FollowedCalendar.objects.update(read_on="2026-01-01", next_at="2099-01-01T00:00:00Z", outcome="taken")
    send(client, club, url=URL, when_gone="take_back")
    calendar = FollowedCalendar.objects.get()
    assert (calendar.when_gone, calendar.read_on, calendar.outcome) == ("take_back", None, "taken")
    assert calendar.next_at.year < 2099
    assert send(client, club, url=URL, when_gone="nonsense").status_code == 422
    chosen = webpages.read(client.get(address(club))).select_one("select[name=when_gone] option[selected]")
    assert chosen["value"] == "take_back"


COUNTS = {
    "followed": 3,
    "skipped": 2,
    "private": 1,
    "own": 1,
    "shared": 2,
    "cancelled": 1,
    "asked": 2,
    "taken_back": 1,
    "missing": 1,
    "windows": 1,
    "unread": ["Sommer<b>fest</b>", ""],
}


@pytest.mark.parametrize("code", [language.code for language in languages.LANGUAGES])
def test_everything_that_was_counted_is_told(club: OrganisationPage, client: Client, code: str) -> None:
    now = club.first_published_at
    FollowedCalendar.objects.create(organisation=club, url=URL, outcome="taken", counts=COUNTS, looked_at=now)
    page = webpages.read(client.get(address(club, code)))
    told = webpages.text(page.select_one("[role=status]"))
    assert "Sommer<b>fest</b>" in "".join(page.select_one("[role=status]").strings)
    assert "%(" not in told
    if code == "en":
        for name, say in COUNTED.items():
            assert say(COUNTS[name]) % {"count": COUNTS[name]} in told


@pytest.mark.parametrize("outcome", Outcome.values)
def test_every_outcome_has_a_sentence(outcome: str) -> None:
    assert sentence_of(outcome, {})


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
