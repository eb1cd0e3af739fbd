"""Lists go into the directory: good rows only, once only, and never over what people wrote."""

from typing import Any

import pytest
from wagtail.models import ModelLogEntry, PageLogEntry, Revision, Site

from cms.accounts import User
from directory.models import DirectoryPage, OrganisationPage, OrganisationRecord, SpreadsheetImport
from directory.spreadsheet import importing, reading
from directory.spreadsheet.models import Outcome
from tests import factories
from tests.directory.spreadsheet import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    site = factories.municipality()
    for key in ("kultur", "sport", "soziales"):
        factories.topic(key)
    for key in ("mitte", "haspe"):
        factories.district(site, key)
    return site


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    return factories.directory(site)


def editor() -> User:
    return User.objects.filter(email="ki@example.org").first() or factories.ki()


def bring(directory: DirectoryPage, content: bytes, *, publish: bool = True, **choices: str) -> SpreadsheetImport:
    """Reads a file in; ``choices`` by row: ``row_7="new"``."""
    of = importing.prepare(directory=directory, file_name="liste.csv", rows=reading.read(content), user=editor())
    chosen = {int(name.removeprefix("row_")): choice for name, choice in choices.items()}
    importing.start(of=of, choices=chosen, publish=publish)
    assert importing.work_off(SpreadsheetImport.objects.get(pk=of.pk))
    return SpreadsheetImport.objects.get(pk=of.pk)


def listing(*rows: dict[str, str]) -> bytes:
    return samples.as_csv(rows)


def everything() -> list[Any]:
    """What an import could have changed: pages, their records, revisions and the log."""
    pages = [
        (page.pk, page.title, page.latest_revision_id, page.live) for page in OrganisationPage.objects.order_by("pk")
    ]
    records = list(OrganisationRecord.objects.order_by("pk").values())
    return [pages, records, Revision.objects.count(), PageLogEntry.objects.count(), ModelLogEntry.objects.count()]


def test_of_sixty_organisations_45_come_in_and_15_are_explained(directory: DirectoryPage) -> None:
    of = bring(directory, samples.as_csv(samples.sixty()))
    refused = of.rows.filter(outcome=Outcome.REFUSED)
    assert {row.number for row in refused} == {number + 1 for number in samples.FAULTS}
    assert of.outcomes == {Outcome.CREATED: 45, Outcome.REFUSED: 15}
    assert OrganisationPage.objects.live().count() == 45
    sentences = [(note["column"], note["sentence"]) for row in refused for note in row.notes]
    assert len(sentences) == 15
    assert len(set(sentences)) == 15


@pytest.mark.parametrize("publish", [True, False])
def test_the_same_list_again_changes_nothing(directory: DirectoryPage, publish: bool) -> None:
    bring(directory, samples.as_csv(samples.sixty()), publish=publish)
    before = everything()
    of = bring(directory, samples.as_xlsx(samples.sixty()), publish=publish)
    assert of.outcomes == {Outcome.UNCHANGED: 45, Outcome.REFUSED: 15}
    assert everything() == before
