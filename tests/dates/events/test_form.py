"""The editor's form of an event: what it refuses, and what it only asks about."""

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset

from cms.localization import formats
from dates import recurrence
from dates.models import EventException, EventIndexPage, EventPage
from tests import factories, webpages
from tests.news.admin_forms import add_address, complaints, edit_address, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def index(site: Site, client: Client) -> EventIndexPage:
    client.force_login(factories.press())
    return factories.event_index(site)


def save(client: Client, index: EventIndexPage, *exceptions: dict[str, Any], **facts: Any) -> HttpResponse:
    fields = {"title": "Sprachcafé", "slug": "cafe", "start": "04.05.2031 17:00", "repeat_pattern": "WEEKLY", **facts}
    rows = [{"new_start": "", "new_end": "", **row} for row in exceptions]
    return send(client, add_address(index, EventPage), "", exceptions=inline_formset(rows), **fields)


def test_an_exception_is_kept(index: EventIndexPage, client: Client) -> None:
    save(client, index, {"original_date": "11.05.2031", "is_cancelled": "on"})
    draft = EventPage.objects.get(slug="cafe").get_latest_revision_as_object()
    assert [str(change.original_date) for change in draft.exceptions.all()] == ["2031-05-11"]


@pytest.mark.parametrize("is_public", [True, False])
def test_a_series_that_goes_to_another_day_takes_its_cancelled_date_along(
    index: EventIndexPage, client: Client, is_public: bool
) -> None:
    """Public: the row has its number in the database; else it stands in the draft only."""
    event = factories.event(index, "Sprachcafé", factories.berlin(2031, 5, 4, 17), recurrence="FREQ=WEEKLY")
    event.exceptions = [EventException(original_date=dt.date(2031, 5, 18), is_cancelled=True)]
    if is_public:
        event.save()
    event.save_revision()
    [row] = event.get_latest_revision_as_object().exceptions.all()
    as_shown = {
        "id": str(row.pk or ""),
        "original_date": "18.05.2031",
        "is_cancelled": "on",
        "new_start": "",
        "new_end": "",
    }
    rows = inline_formset([as_shown], initial=1)
    for start in ("05.05.2031 17:00", "04.05.2031 17:00"):
        send(client, edit_address(event), "", exceptions=rows, start=start, repeat_pattern="WEEKLY")
        [row] = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object().exceptions.all()
        assert (row.original_date.day, row.is_cancelled) == (19 if start.startswith("05") else 18, True)
        rows = inline_formset([{**as_shown, "original_date": f"{row.original_date:%d.%m.%Y}"}], initial=1)


@pytest.mark.parametrize(
    ("exceptions", "facts"),
    [
        ([{"original_date": "12.05.2031", "is_cancelled": "on"}], {}),
        ([{"original_date": "11.05.2031"}], {}),
        ([{"original_date": "11.05.2031", "is_cancelled": "on", "new_start": "12.05.2031 17:00"}], {}),
        ([{"original_date": "11.05.2031", "new_start": "12.05.2031 17:00", "new_end": "12.05.2031 16:00"}], {}),
        ([{"original_date": "11.05.2031", "is_cancelled": "on"}] * 2, {}),
        ([{"original_date": "04.05.2031", "is_cancelled": "on"}], {"repeat_pattern": ""}),
        ([], {"recurrence_until": "01.05.2031"}),
        ([], {"recurrence_until": "01.05.2051"}),
        ([], {"repeat_pattern": "", "recurrence_until": "01.06.2031"}),
        ([], {"end": "04.05.2031 16:00"}),
        ([], {"end": "24.05.2031 16:00"}),
        ([], {"repeat_interval": "0"}),
        ([], {"repeat_interval": "53"}),
        ([], {"repeat_count": "501"}),
        ([], {"repeat_pattern": "YEARLY", "repeat_count": "12"}),
        ([], {"repeat_count": "5", "recurrence_until": "01.06.2031"}),
        ([], {"repeat_weekdays": ("1", "3")}),
        ([], {"repeat_pattern": "MONTH_WEEKDAY", "repeat_nths": ("-1",)}),
        ([], {"repeat_pattern": "MONTH_END"}),
        ([], {"start": "03.10.2031 17:00", "repeat_pattern": "YEARLY", "skips_public_holidays": "on"}),
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
        "every none",
        "more weeks than there are",
        "too many dates",
        "more than ten years",
        "last day and a number",
        "weekdays without that of the start",
        "last weekday, but the first is none",
        "last day of the month, but the first is none",
        "all of it left out",
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    index: EventIndexPage, client: Client, exceptions: list[dict[str, Any]], facts: dict[str, Any]
) -> None:
    answer = save(client, index, *exceptions, **facts)
    assert answer.status_code == 200
    assert complaints(answer)
    assert not EventPage.objects.exists()


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"repeat_pattern": ""}, ""),
        ({"repeat_pattern": "DAILY", "repeat_interval": "3"}, "FREQ=DAILY;INTERVAL=3"),
        ({"repeat_interval": "2", "repeat_count": "10"}, "FREQ=WEEKLY;INTERVAL=2;COUNT=10"),
        ({"repeat_weekdays": ("6", "0")}, "FREQ=WEEKLY;BYDAY=MO,SU"),
        ({"repeat_weekdays": ("6",)}, "FREQ=WEEKLY;BYDAY=SU"),
        ({"repeat_pattern": "MONTH_WEEKDAY"}, "FREQ=MONTHLY;BYDAY=2SU"),
        ({"repeat_pattern": "MONTH_WEEKDAY", "repeat_nths": ("2", "4")}, "FREQ=MONTHLY;BYDAY=2SU,4SU"),
        ({"repeat_pattern": "MONTHLY"}, "FREQ=MONTHLY"),
        ({"repeat_pattern": "YEARLY", "repeat_interval": "2"}, "FREQ=YEARLY;INTERVAL=2"),
    ],
)
def test_what_is_ticked_becomes_a_rule_and_is_shown_again(
    index: EventIndexPage, client: Client, facts: dict[str, Any], rule: str
) -> None:
    save(client, index, **{"start": "11.05.2031 17:00", **facts})
    event = EventPage.objects.get(slug="cafe")
    assert event.recurrence == {"FREQ=WEEKLY;BYDAY=SU": "FREQ=WEEKLY"}.get(rule, rule)
    send(client, edit_address(event))
    assert EventPage.objects.get(slug="cafe").get_latest_revision_as_object().recurrence == event.recurrence


def test_an_event_that_goes_to_another_weekday_is_on_that_weekday(index: EventIndexPage, client: Client) -> None:
    save(client, index, repeat_pattern="MONTH_WEEKDAY")
    event = EventPage.objects.get(slug="cafe")
    assert event.recurrence == "FREQ=MONTHLY;BYDAY=1SU"
    send(client, edit_address(event), start="12.05.2031 17:00")
    assert EventPage.objects.get(slug="cafe").get_latest_revision_as_object().recurrence == "FREQ=MONTHLY;BYDAY=2MO"


def test_a_changed_rule_is_seen_when_two_versions_are_compared(index: EventIndexPage, client: Client) -> None:
    event = factories.event(index, "Café", factories.berlin(2031, 5, 6, 17), recurrence="FREQ=WEEKLY")
    before = event.save_revision()
    event.recurrence = "FREQ=WEEKLY;BYDAY=TU,TH"
    after = event.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[event.pk, before.pk, after.pk])
    compared = webpages.text(webpages.read(client.get(address)).select_one("main"))
    assert formats.weekday_name(4) in compared


def test_ranges_and_further_dates_are_kept(index: EventIndexPage, client: Client) -> None:
    breaks = inline_formset([{"first_day": "11.05.2031", "last_day": "31.05.2031"}])
    additions = inline_formset([{"start": "13.05.2031 10:00", "end": ""}])
    save(client, index, breaks=breaks, additions=additions, skips_school_holidays="on")
    draft = EventPage.objects.get(slug="cafe").get_latest_revision_as_object()
    dates = recurrence.coming(draft, draft.start, 3)
    assert [f"{timezone.localtime(date.start):%d.%m. %H:%M}" for date in dates] == [
        "04.05. 17:00",
        "13.05. 10:00",
        "01.06. 17:00",
    ]


@pytest.mark.parametrize(("start", "warned"), [("04.05.2021 17:00", True), ("04.05.2031 17:00", False)])
def test_a_date_in_the_past_is_asked_about(index: EventIndexPage, client: Client, start: str, warned: bool) -> None:
    answer = save(client, index, start=start, repeat_pattern="")
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
