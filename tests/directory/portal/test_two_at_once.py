"""Two workers and two clocks on one database: everything happens once."""

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from directory.models import DirectoryPage, OrganisationPage, SpreadsheetImport
from directory.profile_checks import confirmation
from directory.records.record import record_of
from directory.spreadsheet import importing, reading
from directory.spreadsheet.models import ImportState, RowOutcome
from tests import factories
from tests.directory.spreadsheet import samples

pytestmark = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="one SQLite database in memory has one connection"
)


@pytest.fixture
def directory(database_of_its_own: None) -> Iterator[DirectoryPage]:
    site = factories.municipality()
    for key in ("kultur", "sport", "soziales"):
        factories.topic(key)
    for key in ("mitte", "haspe"):
        factories.district(site, key)
    yield factories.directory(site)


def at_once(act: Callable[[], Any], times: int = 2) -> list[Any]:
    """What ``act`` gives in several threads that begin together, each with a connection of its own."""
    barrier = Barrier(times)

    def run() -> Any:
        try:
            barrier.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return [future.result() for future in [threads.submit(run) for _number in range(times)]]


def started(directory: DirectoryPage) -> SpreadsheetImport:
    rows = reading.read(samples.as_csv([samples.good(number) for number in range(1, 9)]))
    user = factories.person(is_superuser=True)
    of = importing.prepare(directory=directory, file_name="x", rows=rows, user=user)
    importing.start(of=of, choices={}, publish=True)
    return SpreadsheetImport.objects.get(pk=of.pk)


def test_two_workers_add_each_organisation_once(directory: DirectoryPage) -> None:
    of = started(directory)
    at_once(lambda: importing.work_off(SpreadsheetImport.objects.get(pk=of.pk)))
    assert of.outcomes == {RowOutcome.CREATED: 8}
    assert OrganisationPage.objects.live().count() == 8
    assert all(page.revisions.count() == 1 for page in OrganisationPage.objects.all())
    assert SpreadsheetImport.objects.get().state == ImportState.DONE


def test_one_list_read_in_twice_at_once_adds_each_organisation_once(directory: DirectoryPage) -> None:
    lists = [started(directory), started(directory)]
    at_once(lambda: importing.work_off(lists.pop()))
    assert OrganisationPage.objects.count() == 8
    assert not DirectoryPage.find_problems()[0]


def test_two_clocks_remind_once(directory: DirectoryPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = factories.organisation(directory, "Verein")
    OrganisationPage.objects.update(first_published_at=timezone.now() - dt.timedelta(days=300))
    record = record_of(page)
    record.contact_email = "vorstand@example.org"
    record.save()
    monkeypatch.setattr(confirmation, "OFFICE_HOURS", range(24))
    assert sorted(at_once(confirmation.ask_who_is_due, 4)) == [0, 0, 0, 1]
    assert len(mail.outbox) == 1
