"""What members read of their events before and after sending: in words, with the step that is missing."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, pgettext
from wagtail.models import Site

from cms.accounts import User
from dates.events import cancelling
from dates.events.exceptions import EventAddition, EventBreak, EventException
from dates.models import EventPage
from directory.models import OrganisationPage
from directory.review import moderation
from tests import factories, webpages
from tests.dates.portal.test_members_events import TITLE, address, change, event_of

pytestmark = pytest.mark.django_db
COMMENT = "Bitte nennen Sie den Ort."


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def club(site: Site) -> OrganisationPage:
    return factories.organisation(factories.directory(site), "Verein", slug="verein")


@pytest.fixture
def member(club: OrganisationPage, client: Client) -> User:
    user = factories.member(club)
    client.force_login(user)
    return user


@pytest.fixture
def weekly(club: OrganisationPage, member: User) -> EventPage:
    return event_of(club, live=False, recurrence="FREQ=WEEKLY", skips_public_holidays=True)


def looked_through(client: Client, club: OrganisationPage, code: str = "de") -> str:
    """The address where everything is shown before it is sent."""
    return address(club, code=code).removesuffix("events/") + "submit/"


def test_a_rule_and_its_single_dates_are_sent_in_words(
    club: OrganisationPage, member: User, client: Client, weekly: EventPage
) -> None:
    moved = {"start": factories.berlin(2031, 7, 13, 15), "end": factories.berlin(2031, 7, 13, 16)}
    cancelling.move(event=weekly, user=member, day=dt.date(2031, 7, 12), **moved)
    cancelling.cancel(event=weekly, user=member, day=dt.date(2031, 7, 19))
    page = webpages.read(client.get(looked_through(client, club)))
    said = webpages.text(page.main)
    assert "FREQ" not in said and "2031-07" not in said
    assert "Jede Woche: Samstag" in said
    [dates] = [webpages.text(value) for value in page.select("dd") if "19. Juli 2031" in value.text]
    assert dates == (
        "Sonntag, 13. Juli 2031, 15:00–16:00 Uhr. Verschoben. Vorher: Samstag, 12. Juli 2031 "
        "Samstag, 19. Juli 2031: Abgesagt"
    )


def test_values_stand_where_their_language_begins(
    club: OrganisationPage, member: User, client: Client, weekly: EventPage
) -> None:
    """Each in an isolate of its own: with ``dir`` on the block German would stand at the other side in Arabic."""
    page = webpages.read(client.get(looked_through(client, club, "ar")))
    assert page.select("dd bdi")
    assert not page.select("dd[dir], h2[dir]")


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_breaks_and_further_dates_are_said_in_words(weekly: EventPage, is_cancelled: bool) -> None:
    weekly.breaks = [EventBreak(first_day=dt.date(2031, 8, 1), last_day=dt.date(2031, 8, 9))]
    weekly.additions = [EventAddition(start=factories.berlin(2031, 9, 2, 10), is_cancelled=is_cancelled)]
    with translation.override("en"):
        assert EventBreak.in_words(weekly.breaks.all()) == str(weekly.breaks.get())
        said = EventAddition.in_words(weekly.additions.all())
        assert said.startswith(str(weekly.additions.get()))
        assert said.endswith(pgettext("event", "Cancelled")) == is_cancelled


def test_of_an_event_for_whole_days_only_days_are_said(weekly: EventPage) -> None:
    weekly.all_day = True
    weekly.exceptions = [EventException(original_date=dt.date(2031, 7, 12), new_start=factories.berlin(2031, 7, 13))]
    with translation.override("en"):
        assert ":" not in weekly.exceptions.get().sentence.replace(gettext("Moved. Before:"), "")


def test_the_list_says_what_the_reviewer_asks_for(
    club: OrganisationPage, member: User, client: Client, weekly: EventPage
) -> None:
    moderation.submit(page=weekly, user=member)
    weekly.refresh_from_db()
    moderation.request_changes(
        page=weekly, user=factories.press(), revision_id=weekly.latest_revision_id, comment=COMMENT
    )
    [row] = webpages.read(client.get(address(club))).select("article")
    assert COMMENT in webpages.text(row)
    assert webpages.text(row.select_one(".badge")) == pgettext("state", "Please change")


def test_the_list_and_the_first_screen_say_the_same_of_each_event(
    club: OrganisationPage, member: User, client: Client, weekly: EventPage
) -> None:
    client.post(address(club, "add"), {"title": "Nur ein Name"})
    home = webpages.read(client.get(address(club).removesuffix("events/")))
    first = {row.a["href"]: webpages.text(row.select_one(".badge")) for row in home.select(".mine > li")}
    rows = webpages.read(client.get(address(club))).select("article")
    listed = {row.a["href"]: webpages.text(row.select_one(".badge")) for row in rows}
    assert len(listed) == 2
    assert listed.items() <= first.items()


def test_who_sends_an_event_without_a_date_reads_which_step_is_missing(
    club: OrganisationPage, member: User, client: Client
) -> None:
    client.post(address(club, "add"), {"title": TITLE})
    event = EventPage.objects.get()
    here = address(club, event.translation_key)
    answer = client.post(f"{here}submit/")
    assert answer.status_code == 409
    [alert] = webpages.read(answer).select("main [role=alert]")
    [link] = alert.select("a")
    assert link["href"] == f"{here}when/?to=check"
    assert gettext("When") in webpages.text(link) and gettext("This field is required.") in webpages.text(link)


def test_what_cannot_be_sent_with_the_rest_is_named_with_the_way_to_it(
    club: OrganisationPage, member: User, client: Client
) -> None:
    client.post(address(club, "add"), {"title": TITLE})
    event = EventPage.objects.get()
    answer = client.post(looked_through(client, club), {"shown": f"{event.pk}-{event.latest_revision_id}"})
    assert answer.status_code == 409
    [alert] = webpages.read(answer).select("main [role=alert]")
    assert TITLE in webpages.text(alert) and gettext("This field is required.") in webpages.text(alert)
    assert alert.a["href"] == address(club, event.translation_key)


def test_a_mistake_unfolds_only_the_part_that_holds_it(club: OrganisationPage, member: User, client: Client) -> None:
    event = event_of(club)
    page = webpages.read(change(client, club, event, "when", repeat_pattern="WEEKLY", recurrence_until="morgen"))
    [unfolded] = page.select("main details[open]")
    assert unfolded.select_one(".errors") is not None
    assert unfolded.select_one("[name=recurrence_until]") is not None


def test_what_is_said_of_repeating_stands_unfolded(
    club: OrganisationPage, member: User, client: Client, weekly: EventPage
) -> None:
    page = webpages.read(client.get(address(club, weekly.translation_key, "when")))
    [unfolded] = page.select("main details[open]")
    assert unfolded.select_one("[name=skips_public_holidays]") is not None
