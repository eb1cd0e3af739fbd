"""Lists out: whole, harmless, and in again without a change."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from wagtail.models import Site

from cms.localization.clean_text import one_line
from directory.models import DirectoryPage, Offer, OrganisationPage
from directory.records.record import record_of
from directory.spreadsheet import columns, importing, reading, writing
from directory.spreadsheet.models import RowOutcome
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    factories.topic("kultur", de="Kultur", en="Culture")
    factories.topic("kunst", de="Kunst, Theater")
    factories.topic("doppelt", de="Kultur, neu")
    factories.district(site, "mitte")
    return factories.directory(site)


def whole(directory: DirectoryPage, **fields: Any) -> OrganisationPage:
    """An organisation with a value in every column."""
    page = factories.organisation(
        directory,
        **{
            "title": "Verein",
            "native_name": "جمعية الجسر",
            "native_language": "ar",
            "short_description": 'Kurz; und "gut"',
            "topics": ["kultur", "kunst"],
            "languages_spoken": ["ar", "de"],
            "district": factories.district(directory.get_site(), "mitte"),
            "street": "Lange Straße 1",
            "postal_code": "08095",
            "city": "Hagen",
            "phone": "+902122520000",
            "email": "a@example.org",
            "website": "https://a.example",
            "whatsapp": "+4923312070",
            "social_links": [("link", "https://b.example"), ("link", "https://c.example")],
            "step_free": "partly",
            **fields,
        },
    )
    page.offers = [Offer(weekday=1, starts="15:00", what="Chor", place="Saal", language_codes=["ar"])]
    page.save()
    record = record_of(page)
    record.contact_email, record.contact_language, record.import_key = "b@example.org", "tr", "O-1"
    record.save()
    return page


def as_file(table: writing.Table, kind: str) -> bytes:
    return writing.as_csv(table) if kind == "csv" else writing.as_xlsx(table)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("code", ["de", "en"])
def test_what_goes_out_comes_in_without_a_change(directory: DirectoryPage, kind: str, code: str) -> None:
    whole(directory)
    factories.organisation(directory, "Nur ein Name")
    with translation.override(code):
        rows = reading.read(as_file(writing.organisations(directory), kind))
        of = importing.prepare(directory=directory, file_name="x", rows=rows, user=None)
        assert of.mapping == [column.key for column in columns.COLUMNS]
        plans = importing.dry_run(of)
    assert [(each.outcome, each.kept) for each in plans] == [(RowOutcome.UNCHANGED, [])] * 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_makes_the_same_elsewhere(directory: DirectoryPage, kind: str) -> None:
    whole(directory)
    table = writing.organisations(directory)
    other = factories.municipality("Anderswo", hostname="anderswo.localhost")
    factories.district(other, "mitte")
    elsewhere = factories.directory(other)
    rows = reading.read(as_file(table, kind))
    of = importing.prepare(directory=elsewhere, file_name="x", rows=rows, user=None)
    importing.start(of=of, choices={}, publish=True)
    importing.work_off(of.__class__.objects.get(pk=of.pk))
    assert writing.organisations(elsewhere) == table


names = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=60).map(one_line)
words = st.sampled_from(
    ["=1+1", "+49", "-x", "@a", "'=b", "''+c", "\t=d", "＝e", '"f"', "a;b", "a,b", "ä\u200fö", "💚"]
)


@given(name=words | names, description=words | names, street=words | names, kind=st.sampled_from(["csv", "xlsx"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_words_go_out_and_in_without_a_change(
    directory: DirectoryPage, name: str, description: str, street: str, kind: str
) -> None:
    page = factories.organisation(directory, "Verein", slug=f"v-{abs(hash((name, street, kind)))}")
    OrganisationPage.objects.filter(pk=page.pk).update(
        title=f"Verein {name}", native_name=name, short_description=description, street=street
    )
    rows = reading.read(as_file(writing.organisations(directory), kind))
    (judged,) = importing.dry_run(importing.prepare(directory=directory, file_name="x", rows=rows, user=None))
    OrganisationPage.objects.get(pk=page.pk).delete()
    assert (judged.outcome, judged.faults, judged.kept) == (RowOutcome.UNCHANGED, [], [])


DANGEROUS = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_is_a_formula(directory: DirectoryPage, text: str) -> None:
    factories.organisation(directory, "Verein", short_description=text)
    content = writing.as_csv(writing.organisations(directory)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content), delimiter=";") for cell in row if cell]
    assert any(cell.startswith("'") for cell in cells)
    assert not any(cell[0] in "=+-@\t\r＝＋－＠" for cell in cells)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_workbook_is_a_formula(directory: DirectoryPage, text: str) -> None:
    factories.organisation(directory, "Verein", short_description=text)
    sheet = load_workbook(io.BytesIO(writing.as_xlsx(writing.organisations(directory)))).active
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}


def test_a_csv_opens_in_excel_with_umlauts_in_columns() -> None:
    content = writing.as_csv([["Straße", "Ort"]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"e;Ort\r\n")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("code", ["de", "en"])
def test_the_template_is_a_list_that_can_be_read(directory: DirectoryPage, kind: str, code: str) -> None:
    with translation.override(code):
        rows = reading.read(as_file(writing.template(directory), kind))
        of = importing.prepare(directory=directory, file_name="x", rows=rows, user=None)
        (judged,) = importing.dry_run(of)
    assert judged.faults == []
    assert judged.outcome == RowOutcome.CREATED


def test_the_template_says_what_is_allowed(directory: DirectoryPage) -> None:
    book = load_workbook(io.BytesIO(writing.as_xlsx(writing.template(directory), choices=writing.allowed(directory))))
    values = {cell.value for row in book.worksheets[1] for cell in row}
    assert {"Kultur", "Mitte", "Arabisch", "ja", "العربية"} <= values


def test_thirty_organisations_cost_as_many_queries_as_three(directory: DirectoryPage) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            writing.organisations(directory)
        return len(counted)

    def more(numbers: range) -> None:
        for number in numbers:
            factories.organisation(directory, f"Verein {number}", topics=["kultur"], languages_spoken=["ar"])

    more(range(3))
    writing.organisations(directory)
    three = queries()
    more(range(3, 30))
    assert queries() == three
