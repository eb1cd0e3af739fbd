"""The editor's form of an event: what it refuses, and what it only asks about."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset

from dates.models import EventIndexPage, EventPage
from tests import factories, webpages
from tests.news.admin_forms import add_address, complaints, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def index(site: Site, client: Client) -> EventIndexPage:
    client.force_login(factories.press())
    return factories.event_index(site)


def save(client: Client, index: EventIndexPage, *exceptions: dict[str, Any], **facts: Any) -> HttpResponse:
    fields = {"title": "Sprachcafé", "slug": "cafe", "start": "04.05.2031 17:00", "recurrence": "FREQ=WEEKLY", **facts}
    rows = [{"new_start": "", "new_end": "", **row} for row in exceptions]
    return send(client, add_address(index, EventPage), "", exceptions=inline_formset(rows), **fields)


def test_an_exception_is_kept(index: EventIndexPage, client: Client) -> None:
    save(client, index, {"original_date": "11.05.2031", "is_cancelled": "on"})
    draft = EventPage.objects.get(slug="cafe").get_latest_revision_as_object()
    assert [str(change.original_date) for change in draft.exceptions.all()] == ["2031-05-11"]


@pytest.mark.parametrize(
    ("exceptions", "facts"),
    [
        ([{"original_date": "12.05.2031", "is_cancelled": "on"}], {}),
        ([{"original_date": "11.05.2031"}], {}),
        ([{"original_date": "11.05.2031", "is_cancelled": "on", "new_start": "12.05.2031 17:00"}], {}),
        ([{"original_date": "11.05.2031", "new_start": "12.05.2031 17:00", "new_end": "12.05.2031 16:00"}], {}),
        ([{"original_date": "11.05.2031", "is_cancelled": "on"}] * 2, {}),
        ([{"original_date": "04.05.2031", "is_cancelled": "on"}], {"recurrence": ""}),
        ([], {"recurrence_until": "01.05.2031"}),
        ([], {"recurrence_until": "01.05.2051"}),
        ([], {"recurrence": "", "recurrence_until": "01.06.2031"}),
        ([], {"end": "04.05.2031 16:00"}),
        ([], {"end": "24.05.2031 16:00"}),
    ],
    ids=[
        "no such day",
        "neither cancelled nor moved",
        "both",
        "ends before it begins",
        "the same day twice",
        "of a single event",
        "last day before the first",
        "too far ahead",
        "last day of a single event",
        "end before start",
        "longer than a week every week",
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    index: EventIndexPage, client: Client, exceptions: list[dict[str, Any]], facts: dict[str, Any]
) -> None:
    answer = save(client, index, *exceptions, **facts)
    assert answer.status_code == 200
    assert complaints(answer)
    assert not EventPage.objects.exists()


@pytest.mark.parametrize(("start", "warned"), [("04.05.2021 17:00", True), ("04.05.2031 17:00", False)])
def test_a_date_in_the_past_is_asked_about(index: EventIndexPage, client: Client, start: str, warned: bool) -> None:
    answer = save(client, index, start=start, recurrence="")
    page = webpages.read(client.get(answer["Location"]))
    assert bool(page.select(".messages .warning")) == warned
    assert EventPage.objects.exists()


def test_the_same_event_twice_is_asked_about(index: EventIndexPage, client: Client) -> None:
    factories.event(index, "sprachcafé", factories.berlin(2031, 5, 4, 17), slug="schon-da")
    page = webpages.read(client.get(save(client, index)["Location"]))
    assert page.select(".messages .warning")


def test_of_a_whole_day_only_the_days_are_kept(index: EventIndexPage, client: Client) -> None:
    save(client, index, recurrence="", all_day="on", end="05.05.2031 16:00")
    draft = EventPage.objects.get(slug="cafe").get_latest_revision_as_object()
    assert (draft.start, draft.end) == (factories.berlin(2031, 5, 4), factories.berlin(2031, 5, 5))
