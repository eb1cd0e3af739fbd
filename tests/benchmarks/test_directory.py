"""What the directory costs with 1,000 organisations. `make bench` prints it."""

import datetime as dt
import gzip
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from directory.models import DirectoryPage, OpeningHours, OrganisationPage, SpokenLanguage
from tests import factories
from tests.benchmarks.test_event_listing import DISTRICTS, SPOKEN, TOPICS, least

pytestmark = pytest.mark.benchmark
ORGANISATIONS, TRANSLATED = 1000, 60
PAGES = (
    "/de/organisationen/",
    "/ar/organisationen/",
    "/ar/organisationen/?language=ar&topic=bildung",
    "/de/organisationen/?open=now&district=haspe",
    "/de/organisationen/?q=begegnung",
    "/de/organisationen/?page=30",
    "/de/organisationen/verein-1/",
)
WEIGHT = 30 * 1024
"""Bytes as sent."""
RATIO = 5
"""CPU of the list beside that of one profile: a ratio of the same run."""


@pytest.fixture
def city(db: None) -> None:
    site = factories.municipality()
    directory = factories.directory(site)
    topics = [factories.topic(key) for key in TOPICS]
    districts = [factories.district(site, key) for key in DISTRICTS]
    for number in range(ORGANISATIONS):
        place = {"district_id": districts[number % 5].pk} if number % 4 else {"postal_code": "58095", "city": "Hagen"}
        name = f"{chr(65 + number % 26)}-Verein für Begegnung und Kultur Nummer {number} e.V."
        about = "Wir helfen Familien beim Ankommen und laden alle zu Tee, Musik und Gesprächen ein."
        fields = {"slug": f"verein-{number}", "short_description": about, "phone": "+4923312070", **place}
        _add(directory, name, **fields)
    pks = list(OrganisationPage.objects.child_of(directory).order_by("pk").values_list("pk", flat=True))
    _join("topics", "topic_id", pks, lambda number: {topics[number % 6].pk, topics[number % 5].pk})
    spoken = set(SpokenLanguage.objects.values_list("pk", flat=True)) & set(SPOKEN)
    _join("languages_spoken", "spokenlanguage_id", pks, lambda number: {SPOKEN[number % 6], "de"} & spoken)
    OpeningHours.objects.bulk_create(
        OpeningHours(organisation_id=pk, weekday=day, opens=dt.time(9), closes=dt.time(17))
        for pk in pks
        for day in range(1, 6)
    )
    for page in OrganisationPage.objects.child_of(directory).order_by("title")[:TRANSLATED]:
        factories.translated(page, "ar", short_description="نساعد العائلات عند وصولها وندعو الجميع.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # which a database in service does by itself


def _add(directory: DirectoryPage, title: str, **fields: object) -> None:
    now = timezone.now()
    page = OrganisationPage(
        title=title, locale_id=directory.locale_id, first_published_at=now, last_published_at=now, **fields
    )
    directory.add_child(instance=page)


def _join(field: str, column: str, pks: list[int], chosen: object) -> None:
    through = getattr(OrganisationPage, field).through
    rows = ({"organisationpage_id": pk, column: key} for number, pk in enumerate(pks) for key in chosen(number))  # type: ignore[operator]
    through.objects.bulk_create(through(**row) for row in rows)


def test_the_directory_is_light_however_many_there_are(city: None, client: Client) -> None:
    cpu, sizes = {}, {}
    for address in PAGES:
        answer = client.get(address)
        assert answer.status_code == 200
        sizes[address] = len(gzip.compress(answer.content, 6))
        cpu[address] = least(partial(client.get, address), 7)
    print("", *(f"{address:50}{sizes[address]:8} bytes {cpu[address]:7.1f} ms" for address in PAGES), sep="\n  ")
    assert {address for address in PAGES if sizes[address] > WEIGHT} == set()
    assert cpu["/de/organisationen/"] <= RATIO * cpu["/de/organisationen/verein-1/"]
