"""What calendars hold on to: a UID for good, a sequence that counts, and from where an event was moved."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from dates.models import EventException, EventIndexPage, EventPage
from tests import factories, webpages
from tests.factories import berlin

pytestmark = pytest.mark.django_db
START = berlin(2031, 7, 5, 14)


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def index(site: Site) -> EventIndexPage:
    return factories.event_index(site)


@pytest.fixture
def event(index: EventIndexPage) -> EventPage:
    event = factories.event(index, "Fest", START, live=False)
    return publish(event)


def publish(event: EventPage, **changes: Any) -> EventPage:
    draft = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


def test_what_is_published_first_is_no_change(event: EventPage) -> None:
    assert (event.sequence, event.moved_from) == (0, None)


@pytest.mark.parametrize(
    "changes",
    [
        {"start": berlin(2031, 7, 6, 14)},
        {"end": berlin(2031, 7, 5, 18)},
        {"is_cancelled": True},
        {"place_name": "Bürgerhaus"},
        {"all_day": True},
        {"recurrence": "FREQ=WEEKLY"},
        {
            "recurrence": "FREQ=WEEKLY",
            "exceptions": [EventException(original_date=dt.date(2031, 7, 12), is_cancelled=True)],
        },
    ],
    ids=lambda changes: " ".join(changes),
)
def test_a_change_of_time_place_or_status_counts_once(event: EventPage, changes: dict[str, Any]) -> None:
    assert publish(event, **changes).sequence == 1
    assert publish(event).sequence == 1


@pytest.mark.parametrize("changes", [{"title": "Neues Fest"}, {"lead": "Für alle"}, {"price": "5 Euro"}])
def test_other_words_do_not_count(event: EventPage, changes: dict[str, Any]) -> None:
    changed = publish(event, **changes)
    assert (changed.sequence, changed.moved_from) == (0, None)


def test_a_draft_counts_when_it_is_published(event: EventPage) -> None:
    draft = event.get_latest_revision_as_object()
    draft.is_cancelled = True
    draft.save_revision()
    event.refresh_from_db()
    assert event.sequence == 0
    assert publish(event).sequence == 1


def test_a_moved_event_says_from_where_until_it_is_back(event: EventPage, client: Client) -> None:
    moved = publish(event, start=berlin(2031, 7, 6, 14))
    assert moved.moved_from == START
    for address in ("/de/termine/", "/de/termine/fest/"):
        assert webpages.read(client.get(address)).select_one("main s time")["datetime"].startswith("2031-07-05")
    back = publish(event, start=START)
    assert (back.moved_from, back.sequence) == (None, 2)


def test_a_date_that_was_over_is_not_moved(index: EventIndexPage) -> None:
    event = publish(factories.event(index, "Fest", berlin(2024, 7, 5, 14), live=False))
    assert publish(event, start=START).moved_from is None


def test_an_old_draft_brings_back_no_old_sequence(event: EventPage) -> None:
    old = event.get_latest_revision()
    changed = publish(event, is_cancelled=True)
    old.publish()
    event.refresh_from_db()
    assert (event.uid, event.sequence) == (changed.uid, 2)


def test_a_copy_is_another_event_for_calendars(event: EventPage) -> None:
    changed = publish(event, is_cancelled=True)
    copied = EventPage.objects.get(pk=changed.copy(update_attrs={"slug": "kopie"}, keep_live=False).pk)
    assert (copied.uid != changed.uid, copied.sequence, copied.announced) == (True, 0, {})


def test_publishing_a_translation_changes_nothing(event: EventPage) -> None:
    translated = factories.translated(event, "ar", title="عيد", start=berlin(2020, 1, 1))
    translated.save_revision().publish()
    event.refresh_from_db()
    assert event.sequence == 0


@pytest.mark.parametrize(
    ("start", "moved_from"),
    [
        (berlin(2031, 7, 5, 15), START),
        (berlin(2031, 7, 6, 14), START),
        (berlin(2031, 7, 12, 14), None),
        (berlin(2031, 7, 12, 15), berlin(2031, 7, 12, 14)),
    ],
)
def test_a_series_that_moves_as_a_whole_says_from_where(
    index: EventIndexPage, client: Client, start: dt.datetime, moved_from: dt.datetime | None
) -> None:
    event = publish(factories.event(index, "Fest", START, live=False, recurrence="FREQ=WEEKLY"))
    changed = publish(event, start=start)
    assert changed.moved_from == moved_from
    marks = [mark["datetime"] for mark in webpages.read(client.get(changed.url)).select("main dl s time")]
    assert marks == ([moved_from.isoformat()] if moved_from else [])
    assert publish(changed, start=START).moved_from is None
