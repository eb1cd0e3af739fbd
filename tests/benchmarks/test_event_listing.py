"""What the list of events costs with 330 events of 50 organisations. `make bench` prints it."""

import datetime as dt
import time
from collections.abc import Callable
from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from dates.models import EventException
from directory.models import Offer
from tests import factories

pytestmark = pytest.mark.benchmark
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
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # which a database in service does by itself


def least(act: Callable[[], object], times: int = 7) -> float:
    """CPU milliseconds of the quickest of some runs: what the act itself needs, whatever else runs."""
    spent = []
    for _ in range(times):
        cache.clear()
        begin = time.process_time()
        act()
        spent.append((time.process_time() - begin) * 1000)
    return min(spent)


PAGES = (
    "/de/termine/",
    "/ar/termine/",
    "/de/termine/?when=week",
    "/de/termine/?when=regular",
    "/ar/termine/?q=gesprach&free=1",
    "/de/termine/calendar.ics",
    "/de/termine/dates.xml",
    "/de/organisationen/verein-1/",
)
WEIGHT = 40 * 1024
RATIO = 6
"""CPU of the list beside that of one profile, which lists nothing but its own events: a ratio of the same run."""


def test_the_list_of_events_is_light_however_many_there_are(city: None, client: Client) -> None:
    cpu, sizes = {}, {}
    for address in PAGES:
        answer = client.get(address)
        assert answer.status_code == 200
        sizes[address] = len(answer.content)
        cpu[address] = least(partial(client.get, address), 5)
    print("", *(f"{address:40}{sizes[address]:8} bytes {cpu[address]:7.1f} ms" for address in PAGES), sep="\n  ")
    assert {address for address in PAGES[:2] if sizes[address] > WEIGHT} == set()
    assert cpu["/de/termine/"] <= RATIO * cpu["/de/organisationen/verein-1/"]
