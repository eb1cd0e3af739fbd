"""The dry run: what is recognised, what is kept as people wrote it, and what each fault is called."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from directory.models import DirectoryPage, OrganisationPage
from directory.records.record import record_of
from directory.spreadsheet import plan
from directory.spreadsheet.models import ImportChoice, RowOutcome
from directory.spreadsheet.plan import ListedRow, RowPlan
from directory.spreadsheet.vocabulary import Vocabulary
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Site:
    return factories.municipality()


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    factories.topic("kultur", de="Kultur", ar="الثقافة")
    factories.topic("kunst", de="Kunst, Theater")
    factories.district(site, "mitte")
    return factories.directory(site)


def examine(directory: DirectoryPage, *rows: dict[str, str], choice: str = "", publish: bool = False) -> list[RowPlan]:
    listed = [ListedRow(number, row, choice) for number, row in enumerate(rows, start=2)]
    return plan.examine(listed, directory, Vocabulary(directory.get_site()), publish=publish)


def one(directory: DirectoryPage, *, choice: str = "", publish: bool = False, **texts: str) -> RowPlan:
    (judged,) = examine(directory, {"title": "Verein", **texts}, choice=choice, publish=publish)
    return judged


def imported(page: OrganisationPage, **values: Any) -> None:
    """Notes that the last list brought these values."""
    record = record_of(page)
    record.imported = values
    record.save()


# Values


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("title", "  Ein \n Verein ", "Ein Verein"),
        ("topics", "Kultur", ["kultur"]),
        ("topics", "الثقافة; KUNST", ["kultur", "kunst"]),
        ("languages_spoken", "Arabisch, ukrainian; Türkçe\nde", ["ar", "de", "tr", "uk"]),
        ("languages_spoken", "Farsi, فارسی", ["fa"]),
        ("district", "MITTE", "mitte"),
        ("postal_code", "D-58095", "58095"),
        ("phone", "02331/207-0", "+4923312070"),
        ("phone", "+90 212 252 00 00", "+902122520000"),
        ("website", "www.verein.example", "https://www.verein.example"),
        ("social_links", "https://a.example/x, b.example", ["https://a.example/x", "https://b.example"]),
        ("step_free", "Ja", "yes"),
        ("step_free", "zum Teil", "partly"),
        ("contact_language", "Türkçe", "tr"),
        ("contact_language", "Arabisch", "ar"),
        ("native_language", "Ukrainisch", "uk"),
    ],
)
def test_values_are_read_as_people_write_them(directory: DirectoryPage, column: str, text: str, value: object) -> None:
    judged = one(directory, **{column: text})
    assert judged.faults == []
    assert judged.changes[column] == value


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("title", "—"),
        ("title", "x" * 256),
        ("short_description", "x" * 301),
        ("topics", "Kultur, Raumfahrt"),
        ("languages_spoken", "Klingonisch"),
        ("native_language", "Klingonisch"),
        ("district", "Atlantis"),
        ("postal_code", "1067"),
        ("phone", "0815"),
        ("whatsapp", "0815"),
        ("email", "a b@example.org"),
        ("contact_email", "vorstand"),
        ("contact_language", "Somali"),
        ("website", "javascript:alert(1)"),
        ("website", "data:text/html,x"),
        ("website", "https://" + "x" * 300 + ".example"),
        ("social_links", "javascript:alert(1)"),
        ("social_links", " ".join(f"a{number}.example" for number in range(6))),
        ("step_free", "vielleicht"),
        ("opening_hours", "meistens vormittags"),
        ("opening_hours", "Mo 9–12, 11–13"),
        ("offers", "irgendwann"),
        ("import_key", "x" * 101),
    ],
)
def test_each_fault_is_told_for_its_column(directory: DirectoryPage, column: str, text: str) -> None:
    judged = one(directory, **{column: text})
    (fault,) = judged.faults
    assert judged.outcome == RowOutcome.REFUSED
    assert fault.column
    assert len(fault.sentence) > 10


def test_a_district_of_another_site_is_not_known(directory: DirectoryPage) -> None:
    other = factories.municipality("Anderswo", hostname="anderswo.localhost")
    factories.district(other, "fern")
    assert one(directory, district="fern").faults


# Recognising


@pytest.mark.parametrize(
    "name", ["Türkischer Bund e. V.", "Tuerkischer Bund", "BUND TÜRKISCHER", "Türk Birliği", "Türkischer  Bund, eV"]
)
def test_an_organisation_is_recognised_by_either_name(directory: DirectoryPage, name: str) -> None:
    page = factories.organisation(directory, "Türkischer Bund e.V.", native_name="Türk Birliği")
    judged = one(directory, title=name, choice="", street="Lange Straße 1")
    assert judged.found == page
    assert judged.choice == ImportChoice.UPDATE
    assert "title" not in judged.changes


@pytest.mark.parametrize("name", ["TGH", "Türkischer Arbeiterverein e. V."])
def test_a_short_or_former_name_is_a_question_and_changes_no_name(directory: DirectoryPage, name: str) -> None:
    names = {"short_name": "TGH", "former_names": "Erster Name\nTürkischer Arbeiterverein"}
    page = factories.organisation(directory, "Türkische Gemeinde Hagen", **names)
    judged = one(directory, title=name)
    assert judged.found == page
    assert judged.is_open
    assert "title" not in one(directory, title=name, choice=ImportChoice.UPDATE, street="Lange Straße 1").changes


@pytest.mark.parametrize("column", ["short_name", "former_names"])
def test_a_list_that_tells_what_somebody_was_called_is_a_question(directory: DirectoryPage, column: str) -> None:
    page = factories.organisation(directory, "Türkische Gemeinde")
    judged = one(directory, title="Haus der Kulturen", **{column: "Türkische Gemeinde e. V."})
    assert judged.found == page
    assert judged.is_open


def test_a_name_counts_more_than_what_another_was_called_before(directory: DirectoryPage) -> None:
    factories.organisation(directory, "Haus der Kulturen", former_names="Brücke", slug="haus")
    page = factories.organisation(directory, "Brücke", slug="bruecke")
    judged = one(directory, title="Brücke e. V.")
    assert judged.found == page
    assert not judged.is_open


def test_a_name_in_another_script_is_a_question(directory: DirectoryPage) -> None:
    page = factories.organisation(directory, "Ukrainer in Hagen", native_name="Українці в Хагені")
    judged = one(directory, title="Ukraintsi v Hageni")
    assert judged.found == page
    assert judged.is_open
    assert judged.outcome == RowOutcome.REFUSED
    assert judged.choices == [ImportChoice.UPDATE, ImportChoice.NEW, ImportChoice.SKIP]


def test_a_key_counts_more_than_a_name(directory: DirectoryPage) -> None:
    page = factories.organisation(directory, "Alter Name")
    imported(page, title="Alter Name")
    page.record.import_key = "17"
    page.record.save()
    judged = one(directory, import_key="17", title="Neuer Name")
    assert judged.found == page
    assert judged.changes == {"title": "Neuer Name"}
    assert ImportChoice.NEW not in judged.choices


def test_one_name_with_two_keys_is_a_question(directory: DirectoryPage) -> None:
    page = factories.organisation(directory, "Verein")
    imported(page, title="Verein")
    page.record.import_key = "17"
    page.record.save()
    assert one(directory, import_key="18").is_open


def test_two_organisations_of_one_name_are_left_to_a_person(directory: DirectoryPage) -> None:
    factories.organisation(directory, "Verein", slug="a")
    factories.organisation(directory, "Verein e.V.", slug="b")
    assert one(directory).faults


def test_drafts_are_recognised_too(directory: DirectoryPage) -> None:
    page = factories.organisation(directory, "Verein", live=False)
    assert one(directory).found == page


def test_organisations_of_another_directory_are_not_meant(directory: DirectoryPage) -> None:
    other = factories.municipality("Anderswo", hostname="anderswo.localhost")
    factories.organisation(factories.directory(other), "Verein")
    assert one(directory).outcome == RowOutcome.CREATED


@pytest.mark.parametrize(
    "rows",
    [
        [{"title": "Verein"}, {"title": "Verein e.V."}],
        [{"title": "A", "import_key": "1"}, {"title": "B", "import_key": "1"}],
    ],
)
def test_of_two_rows_about_one_organisation_the_first_counts(
    directory: DirectoryPage, rows: list[dict[str, str]]
) -> None:
    assert [judged.outcome for judged in examine(directory, *rows)] == [RowOutcome.CREATED, RowOutcome.REFUSED]


def test_a_row_after_a_faulty_one_counts(directory: DirectoryPage) -> None:
    rows = [{"title": "Verein", "phone": "x"}, {"title": "Verein"}]
    assert [judged.outcome for judged in examine(directory, *rows)] == [RowOutcome.REFUSED, RowOutcome.CREATED]


# What people wrote


def test_what_is_empty_is_filled(directory: DirectoryPage) -> None:
    factories.organisation(directory, "Verein")
    assert one(directory, phone="02331 2070").changes == {"phone": "+4923312070"}


def test_what_somebody_entered_stays(directory: DirectoryPage) -> None:
    factories.organisation(directory, "Verein", street="Neue Straße 2")
    judged = one(directory, street="Alte Straße 1")
    assert judged.outcome == RowOutcome.UNCHANGED
    assert "Neue Straße 2" in judged.kept[0].sentence


def test_what_the_last_list_brought_may_be_changed_by_the_next(directory: DirectoryPage) -> None:
    page = factories.organisation(directory, "Verein", street="Alte Straße 1")
    imported(page, street="Alte Straße 1")
    assert one(directory, street="Neue Straße 2").changes == {"street": "Neue Straße 2"}


def test_what_somebody_removed_stays_away(directory: DirectoryPage) -> None:
    page = factories.organisation(directory, "Verein")
    imported(page, phone="+4923312070")
    judged = one(directory, phone="02331 2070")
    assert judged.changes == {}
    assert len(judged.kept) == 1


def test_an_empty_cell_forgets_nothing(directory: DirectoryPage) -> None:
    page = factories.organisation(directory, "Verein", street="Alte Straße 1")
    imported(page, street="Alte Straße 1")
    assert one(directory, street="").outcome == RowOutcome.UNCHANGED


@pytest.mark.parametrize("live", [True, False])
def test_a_draft_of_a_person_is_not_touched(directory: DirectoryPage, live: bool) -> None:
    page = factories.organisation(directory, "Verein", live=live)
    page.phone = "+4923312075555"
    page.save_revision(user=factories.member(page))
    judged = one(directory, city="Hagen", contact_email="a@example.org", publish=True)
    assert judged.changes == {"contact_email": "a@example.org"}
    assert [note.text for note in judged.kept] == ["Hagen"]
    assert not judged.publishes


def test_a_locked_page_is_not_touched(directory: DirectoryPage) -> None:
    page = factories.organisation(directory, "Verein")
    OrganisationPage.objects.filter(pk=page.pk).update(locked=True)
    assert one(directory, city="Hagen").changes == {}


def test_the_same_value_written_otherwise_is_no_change(directory: DirectoryPage) -> None:
    factories.organisation(directory, "Verein", phone="+4923312070", topics=["kultur"], languages_spoken=["ar", "de"])
    judged = one(directory, phone="0049 2331 2070", topics="kultur", languages_spoken="deutsch; arabisch")
    assert (judged.changes, judged.kept) == ({}, [])


# What it costs


def test_a_hundred_rows_cost_as_many_queries_as_ten(directory: DirectoryPage) -> None:
    def rows(numbers: range) -> list[dict[str, str]]:
        for number in numbers[::2]:
            page = factories.organisation(directory, f"Verein {number}", topics=["kultur"])
            if number % 4:
                page.save_revision()
        texts = {
            "topics": "Kultur",
            "languages_spoken": "ar",
            "offers": "Mo 15:00 Chor",
            "contact_email": "a@example.org",
        }
        return [{"title": f"Verein {number}", **texts} for number in numbers]

    def queries(listed: list[dict[str, str]]) -> int:
        with CaptureQueriesContext(connection) as counted:
            judged = examine(directory, *listed)
        assert {each.outcome for each in judged} >= {RowOutcome.CREATED, RowOutcome.CHANGED}
        return len(counted)

    examine(directory, {"title": "Verein"})  # sites and content types are remembered
    ten = queries(rows(range(10)))
    assert queries(rows(range(100, 200))) == ten
