"""What the list of events costs with 330 events of 50 organisations: bytes, CPU, queries. `make bench` prints it."""

import datetime as dt
import time
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dates.models import EventException
from directory.models import Offer
from tests import factories

ORGANISATIONS, SINGLE, WEEKLY, MONTHLY = 50, 230, 80, 20
TOPICS = ("bildung", "kultur", "sport", "familie", "beratung", "frauen")
DISTRICTS = ("mitte", "haspe", "boele", "eilpe", "hohenlimburg")
SPOKEN = ("de", "ar", "tr", "uk", "ru", "fa")


@pytest.fixture
def city(db: None) -> None:
    site = factories.municipality()
    _index, directory = factories.event_index(site), factories.directory(site)
    today = timezone.localtime().replace(hour=17, minute=0, second=0, microsecond=0)
    places = [
        factories.place(f"ort-{number}", name={"de": f"Bürgerhaus {number}"}, district=factories.district(site, key))
        for number, key in enumerate(DISTRICTS)
    ]
    clubs = []
    for number in range(ORGANISATIONS):
        club = factories.organisation(
            directory,
            f"Verein für Begegnung und Kultur Nummer {number} e.V.",
            slug=f"verein-{number}",
            topics=[TOPICS[number % len(TOPICS)]],
            district=factories.district(site, DISTRICTS[number % len(DISTRICTS)]),
        )
        Offer.objects.create(
            organisation=club,
            what="Hausaufgabenhilfe",
            weekday=number % 7 + 1,
            starts=dt.time(15),
            locale_id=club.locale_id,
        )
        clubs.append(club)
    for number in range(SINGLE + WEEKLY + MONTHLY):
        is_weekly, is_monthly = number < WEEKLY, WEEKLY <= number < WEEKLY + MONTHLY
        repeats = "FREQ=WEEKLY" if is_weekly else "FREQ=MONTHLY" if is_monthly else ""
        start = today + dt.timedelta(days=number % 7 - 364 if repeats else number % 180, hours=number % 4)
        facts = {
            "recurrence": repeats,
            "organiser": clubs[number % ORGANISATIONS],
            "language_codes": [SPOKEN[number % 6], "de"],
            "is_free": number % 2 == 0,
            "end": start + dt.timedelta(hours=2),
            "lead": "Ein Nachmittag zum Kennenlernen mit Tee, Musik und Gesprächen für alle.",
            **({"place": places[number % 5]} if number % 3 else {"place_name": f"Musterstraße {number}, 58095 Hagen"}),
        }
        event = factories.event(
            clubs[number % ORGANISATIONS], f"Begegnung und Gespräch Nummer {number}", start, **facts
        )
        event.topics = [factories.topic(TOPICS[number % len(TOPICS)])]
        if is_weekly:
            event.exceptions.add(
                EventException(original_date=(start + dt.timedelta(days=371)).date(), is_cancelled=True)
            )
        event.save()
        if number % 3 == 0:
            factories.translated(event, "ar", title=f"لقاء وحوار رقم {number}")


def least(act: Callable[[], object], times: int = 7) -> float:
    """CPU milliseconds of the quickest of some runs: what the act itself needs, whatever else runs."""
    spent = []
    for _ in range(times):
        cache.clear()
        begin = time.process_time()
        act()
        spent.append((time.process_time() - begin) * 1000)
    return min(spent)


def test_costs(city: None, client: Client) -> None:
    rows = []
    for address in (
        "/de/termine/",
        "/ar/termine/",
        "/de/termine/?month=%s" % f"{timezone.localtime() + dt.timedelta(days=40):%Y-%m}",
        "/de/termine/?q=begegnung",
        "/de/termine/calendar.ics",
        "/de/termine/dates.xml",
        "/de/",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        cpu = least(lambda: client.get(address), 5)
        etag = answer.get("ETag")
        again = least(lambda: client.get(address, headers={"if-none-match": etag}), 5) if etag else -1
        rows.append(
            f"{address:40} {len(answer.content):8} bytes {cpu:7.1f} ms {len(captured):4} queries, 304: {again:.1f} ms"
        )
    print("", *rows, sep="\n  ")
