"""What was cancelled can be taken back: of an event as a whole, and of any one of its dates."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import Site

from cms.accounts import User, roles
from cms.bin.models import BinEntry
from dates.models import EventIndexPage, EventPage
from directory.models import DirectoryPage, OrganisationPage
from directory.records.record import record_of
from directory.review import meaning, moderation, queue
from tests import factories, webpages
from tests.dates.portal.test_members_events import address, change, draft, event_of

pytestmark = pytest.mark.django_db
DAY = "2031-07-12"


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    return factories.directory(site)


@pytest.fixture
def index(site: Site) -> EventIndexPage:
    return factories.event_index(site)


@pytest.fixture
def club(directory: DirectoryPage) -> OrganisationPage:
    return factories.organisation(directory, "Verein", slug="verein")


@pytest.fixture
def member(club: OrganisationPage, client: Client) -> User:
    user = factories.member(club)
    client.force_login(user)
    return user


@pytest.fixture
def weekly(club: OrganisationPage, member: User) -> EventPage:
    return event_of(club, recurrence="FREQ=WEEKLY")


def trust(club: OrganisationPage) -> None:
    record = record_of(club)
    record.is_trusted = True
    record.save()


def press(client: Client, club: OrganisationPage, event: EventPage, act: str, day: str = DAY, **fields: Any) -> Any:
    """Presses a button on the screen of one date."""
    return client.post(f"{address(club, event.translation_key, 'dates')}?day={day}", {"act": act, **fields})


def changes(event: EventPage) -> list[tuple[Any, ...]]:
    rows = draft(event).exceptions.all()
    return [(str(row.original_date), row.is_cancelled, row.new_start, row.new_end) for row in rows]


def test_one_date_is_cancelled_and_no_other_and_takes_place_after_all(
    club: OrganisationPage, weekly: EventPage, client: Client
) -> None:
    for _time in range(2):
        assert press(client, club, weekly, "cancel").status_code == 302
    assert changes(weekly) == [(DAY, True, None, None)]
    assert (draft(weekly).is_cancelled, moderation.state_of(weekly).kind) == (False, "waiting")
    for _time in range(2):
        assert press(client, club, weekly, "reinstate").status_code == 302
    assert changes(weekly) == []
    weekly.refresh_from_db()
    assert moderation.state_of(weekly).kind == "live"


def test_one_date_is_moved_and_as_planned_again(club: OrganisationPage, weekly: EventPage, client: Client) -> None:
    trust(club)
    press(client, club, weekly, "move", new_start="2031-07-13T15:00")
    assert changes(weekly) == [(DAY, False, factories.berlin(2031, 7, 13, 15), None)]
    assert EventPage.objects.get(pk=weekly.pk).exceptions.count() == 1
    # It is found under the day that was planned and under the one on which it is now.
    for day in (DAY, "2031-07-13"):
        where = f"{address(club, weekly.translation_key, 'dates')}?day={day}"
        assert webpages.read(client.get(where)).select("[value=reinstate]")
    press(client, club, weekly, "cancel")
    assert changes(weekly) == [(DAY, True, None, None)]
    press(client, club, weekly, "reinstate")
    assert EventPage.objects.get(pk=weekly.pk).exceptions.count() == 0


@pytest.mark.parametrize(
    "fields", [{"new_start": ""}, {"new_start": "2031-07-13T15:00", "new_end": "2031-07-13T14:00"}]
)
def test_what_cannot_be_is_explained_beside_the_field(
    club: OrganisationPage, weekly: EventPage, client: Client, fields: dict[str, str]
) -> None:
    answer = press(client, club, weekly, "move", **fields)
    assert answer.status_code == 422
    assert webpages.read(answer).select(".wrong .errors")
    assert changes(weekly) == []


def test_any_date_is_found_not_only_the_next(club: OrganisationPage, weekly: EventPage, client: Client) -> None:
    where = address(club, weekly.translation_key, "dates")
    page = webpages.read(client.get(where))
    days = [link["href"] for link in page.select("main li a[href^='?day=']")]
    assert (days[0], len(days)) == ("?day=2031-07-05", 12)
    following = next(link["href"] for link in page.select("main a[href^='?from=']"))
    page = webpages.read(client.get(where + following))
    assert page.select_one("main li a[href^='?day=']")["href"] == "?day=2031-09-27"
    assert webpages.read(client.get(f"{where}?day=2033-07-02")).select("[value=cancel]")


@pytest.mark.parametrize("day", ["2031-07-13", "9999-12-31", "2031-07-04"])
def test_a_day_without_a_date_is_answered_by_the_list_from_there(
    club: OrganisationPage, weekly: EventPage, client: Client, day: str
) -> None:
    for answer in (
        client.get(f"{address(club, weekly.translation_key, 'dates')}?day={day}"),
        press(client, club, weekly, "cancel", day),
    ):
        assert answer.status_code == 200
        assert webpages.read(answer).select(".wrong .errors") or day.startswith("9999")
    assert changes(weekly) == []


def test_a_cancelled_event_is_reinstated(club: OrganisationPage, weekly: EventPage, client: Client) -> None:
    trust(club)
    here = address(club, weekly.translation_key)
    for _time in range(2):
        client.post(f"{here}cancel/")
    assert EventPage.objects.get(pk=weekly.pk).is_cancelled
    assert webpages.read(client.get(here)).select("form[action$='/reinstate/']")
    for _time in range(2):
        assert client.post(f"{here}reinstate/").status_code == 302
    assert not EventPage.objects.get(pk=weekly.pk).is_cancelled
    assert weekly.workflow_states.count() == 0


def test_a_cancellation_that_waits_is_taken_back_and_never_approved(
    club: OrganisationPage, weekly: EventPage, client: Client
) -> None:
    here = address(club, weekly.translation_key)
    client.post(f"{here}cancel/")
    client.post(f"{here}reinstate/")
    weekly.refresh_from_db()
    assert moderation.state_of(weekly).kind == "live"


def test_what_is_cancelled_before_its_first_review_waits_cancelled(
    club: OrganisationPage, member: User, client: Client
) -> None:
    event = event_of(club, live=False)
    here = address(club, event.translation_key)
    client.post(f"{here}submit/")
    client.post(f"{here}cancel/")
    event.refresh_from_db()
    assert event.current_workflow_state.current_task_state.revision.content["is_cancelled"]


def test_a_row_that_went_live_says_the_same_as_before() -> None:
    row = {"original_date": "2031-07-12", "is_cancelled": True, "new_start": None, "new_end": None}
    before, after = {"exceptions": [{"pk": None, **row}]}, {"exceptions": [{"pk": 7, **row}]}
    assert meaning.changed(EventPage, before, after) == []
    assert meaning.changed(EventPage, before, {"exceptions": []}) == ["exceptions"]


def test_a_weekly_event_that_moves_to_another_day_takes_its_cancelled_dates_along(
    club: OrganisationPage, weekly: EventPage, client: Client
) -> None:
    trust(club)
    press(client, club, weekly, "cancel")
    answer = change(client, club, weekly, start="2031-07-06T14:00", end="2031-07-06T15:00")
    assert answer.status_code == 302
    assert changes(weekly) == [("2031-07-13", True, None, None)]
    assert [str(row.original_date) for row in EventPage.objects.get(pk=weekly.pk).exceptions.all()] == ["2031-07-13"]
    assert len(webpages.read(client.get(answer["Location"])).select(".notice[role=status]")) == 2


# Who decides learns that it is urgent


def test_the_mail_about_a_cancelled_date_says_that_it_is_urgent(
    club: OrganisationPage, weekly: EventPage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    reviewer = factories.person("presse@example.org", roles.PRESS)
    with django_capture_on_commit_callbacks(execute=True):
        change(client, club, weekly, title="Anders")
        client.post(address(club, weekly.translation_key, "submit"))
    assert [message.subject.startswith("Dringend:") for message in mail.outbox] == [False]
    with django_capture_on_commit_callbacks(execute=True):
        press(client, club, weekly, "cancel")
    [submission] = queue.waiting_for(reviewer)
    assert submission.is_urgent
    assert [message.subject.startswith("Dringend:") for message in mail.outbox] == [False, True]


# Drafts


def test_a_draft_that_was_never_public_is_deleted_after_a_question(
    club: OrganisationPage, member: User, client: Client
) -> None:
    event = event_of(club, live=False)
    here = address(club, event.translation_key)
    client.post(f"{here}submit/")
    assert client.get(f"{here}delete/").status_code == 200
    assert EventPage.objects.child_of(club).count() == 1
    for _time in range(2):
        answer = client.post(f"{here}delete/")
        assert (answer.status_code, answer["Location"]) == (302, address(club))
    assert EventPage.objects.child_of(club).count() == 0
    assert BinEntry.objects.get().deleted_by == member
    assert queue.waiting_for(factories.press()) == []


@pytest.mark.parametrize("live", [True, False])
def test_what_was_public_is_not_deleted(club: OrganisationPage, member: User, client: Client, live: bool) -> None:
    event = event_of(club)
    if not live:
        event.first_published_at = dt.datetime.now(dt.UTC)
        event.live = False
        event.save()
    answer = client.post(address(club, event.translation_key, "delete"))
    assert answer.status_code == 409
    assert EventPage.objects.child_of(club).count() == 1
