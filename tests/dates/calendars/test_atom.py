"""The Atom feed of dates, as a feed reader understands it."""

import datetime as dt
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from cms.localization import formats, languages
from dates.models import EventException, EventIndexPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality("Miteinander in Musterstadt")


@pytest.fixture
def index(site: Site) -> EventIndexPage:
    return factories.event_index(site)


def feed(client: Client, code: str = "de") -> Any:
    answer = client.get(f"/{code}/termine/dates.xml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    parsed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def in_days(days: int) -> dt.datetime:
    return (timezone.localtime() + dt.timedelta(days=days)).replace(hour=16, minute=0, second=0, microsecond=0)


@pytest.mark.parametrize("code", [language.code for language in languages.LANGUAGES])
def test_what_is_ahead_stands_there_in_order_in_every_language(
    site: Site, index: EventIndexPage, client: Client, code: str
) -> None:
    body = factories.council_body(de="Integrationsrat")
    factories.council(site, body, slug="rat")
    factories.session(body, 1, in_days(5))
    factories.event(index, "Fest & Tanz", in_days(9))
    factories.event(index, "Vorher", in_days(2))
    factories.event(index, "Vorbei", in_days(-2))
    parsed = feed(client, code)
    assert parsed.feed.language == code
    assert [entry.title for entry in parsed.entries][::2] == ["Vorher", "Fest & Tanz"]
    session = parsed.entries[1]
    assert session.link.startswith(f"http://testserver/{code}/rat/")
    assert formats.date_and_time(in_days(5), language=languages.get(code)) in session.summary


def test_an_entry_keeps_its_id_and_is_updated_when_it_is_cancelled(index: EventIndexPage, client: Client) -> None:
    event = factories.event(index, "Fest", in_days(3))
    before = feed(client).entries[0]
    event.is_cancelled = True
    event.save_revision().publish()
    [after] = feed(client).entries
    assert after.id == before.id == f"urn:uuid:{event.uid}"
    assert after.title != before.title
    assert after.updated_parsed >= before.updated_parsed


def test_a_recurring_event_stands_there_once_with_its_next_day(index: EventIndexPage, client: Client) -> None:
    event = factories.event(index, "Sprachcafé", in_days(-14), recurrence="FREQ=WEEKLY")
    event.exceptions.add(EventException(original_date=in_days(0).date(), is_cancelled=True))
    event.save()
    [entry] = feed(client).entries
    assert entry.summary.startswith(formats.date_and_time(in_days(7)))


def test_a_feed_without_dates_is_still_a_feed(index: EventIndexPage, client: Client) -> None:
    assert feed(client).entries == []


def test_the_index_leads_programs_to_feed_and_calendar(index: EventIndexPage, client: Client) -> None:
    page = webpages.read(client.get("/ar/termine/"))
    found = {link["type"]: link["href"] for link in page.find_all("link", rel="alternate", type=True)}
    assert found["application/atom+xml"] == "/ar/termine/dates.xml"
    assert found["text/calendar"] == "/ar/termine/calendar.ics"
