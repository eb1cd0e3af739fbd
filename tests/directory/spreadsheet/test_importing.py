"""Lists go into the directory: good rows only, once only, and never over what people wrote."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import ModelLogEntry, PageLogEntry, Revision, Site

from cms.accounts import User
from directory.models import DirectoryPage, OrganisationPage, OrganisationRecord, SpreadsheetImport
from directory.records.record import record_of
from directory.spreadsheet import importing, models, reading, tasks
from directory.spreadsheet.models import ImportChoice, ImportState, RowOutcome
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
    refused = of.rows.filter(outcome=RowOutcome.REFUSED)
    assert {row.number for row in refused} == {number + 1 for number in samples.FAULTS}
    assert of.outcomes == {RowOutcome.CREATED: 45, RowOutcome.REFUSED: 15}
    assert OrganisationPage.objects.live().count() == 45
    sentences = [(note["column"], note["sentence"]) for row in refused for note in row.notes]
    assert len(sentences) == 15
    assert len(set(sentences)) == 15


@pytest.mark.parametrize("publish", [True, False])
def test_the_same_list_again_changes_nothing(directory: DirectoryPage, publish: bool) -> None:
    bring(directory, samples.as_csv(samples.sixty()), publish=publish)
    before = everything()
    of = bring(directory, samples.as_xlsx(samples.sixty()), publish=publish)
    assert of.outcomes == {RowOutcome.UNCHANGED: 45, RowOutcome.REFUSED: 15}
    assert everything() == before


def test_a_good_row_brings_everything(directory: DirectoryPage) -> None:
    bring(directory, listing(samples.good(1)))
    page = OrganisationPage.objects.get()
    assert page.live
    assert page.slug == "bulgarische-kulturverein-1-ev"
    assert [topic.key for topic in page.topics.all()] == ["kultur", "sport"]
    assert [language.code for language in page.languages_spoken.all()] == ["tr"]
    assert (page.phone, page.postal_code) == ("+492331207000" + "1", "58089")
    assert [(offer.weekday, offer.what) for offer in page.offers.all()] == [(1, "Treffen 1"), (4, "Chor")]
    record = record_of(page)
    assert (record.import_key, record.contact_email, record.contact_language) == (
        "O-001",
        "vorstand1@example.org",
        "ar",
    )
    assert record.last_confirmed_at is None


def test_a_list_of_names_is_enough(directory: DirectoryPage) -> None:
    bring(directory, "Verein A\nVerein B e.V.\nДім\n".encode())
    assert {page.title for page in OrganisationPage.objects.live()} == {"Verein A", "Verein B e.V.", "Дім"}


def test_drafts_are_seen_by_nobody_and_published_by_the_next_run(directory: DirectoryPage) -> None:
    bring(directory, listing(samples.good(1)), publish=False)
    page = OrganisationPage.objects.get()
    assert (page.live, page.has_unpublished_changes) == (False, True)
    of = bring(directory, listing(samples.good(1)))
    assert of.outcomes == {RowOutcome.CHANGED: 1}
    assert OrganisationPage.objects.get().live


def test_who_may_not_publish_publishes_nothing(directory: DirectoryPage) -> None:
    rows = reading.read(listing(samples.good(1)))
    of = importing.prepare(directory=directory, file_name="x", rows=rows, user=factories.translator("ar"))
    importing.start(of=of, choices={}, publish=True)
    importing.work_off(SpreadsheetImport.objects.get(pk=of.pk))
    assert of.outcomes == {RowOutcome.REFUSED: 1}
    assert not OrganisationPage.objects.exists()


def test_the_next_list_changes_what_the_last_one_brought(directory: DirectoryPage) -> None:
    bring(directory, listing(samples.good(1)))
    of = bring(directory, listing({**samples.good(1), "Telefon": "02331 207-9999", "Name": "Neuer Name"}))
    assert of.outcomes == {RowOutcome.CHANGED: 1}
    page = OrganisationPage.objects.get()
    assert (page.title, page.phone, page.live) == ("Neuer Name", "+4923312079999", True)


def test_what_a_person_changed_meanwhile_stays_and_is_told(directory: DirectoryPage) -> None:
    bring(directory, listing(samples.good(1)))
    page = OrganisationPage.objects.get()
    page.phone = "+4923312075555"
    page.save_revision(user=factories.member(page)).publish()
    of = bring(directory, listing({**samples.good(1), "Telefon": "02331 207-9999", "Ort": "Hemer"}))
    page = OrganisationPage.objects.get()
    assert (page.phone, page.city) == ("+4923312075555", "Hemer")
    (row,) = of.rows.all()
    assert "02331 2075555" in row.notes[0]["sentence"]


def test_a_draft_of_a_member_stays_the_latest(directory: DirectoryPage) -> None:
    bring(directory, listing(samples.good(1)))
    page = OrganisationPage.objects.get()
    page.short_description = "Ein Entwurf"
    draft = page.save_revision(user=factories.member(page))
    bring(directory, listing({**samples.good(1), "Ort": "Hemer"}))
    page = OrganisationPage.objects.get()
    assert page.latest_revision == draft
    assert page.city == "Hagen"


def test_what_was_taken_offline_does_not_come_back(directory: DirectoryPage) -> None:
    bring(directory, listing(samples.good(1)))
    OrganisationPage.objects.get().unpublish()
    bring(directory, listing({**samples.good(1), "Ort": "Hemer"}))
    assert not OrganisationPage.objects.get().live


def test_offers_that_stay_keep_their_translations(directory: DirectoryPage) -> None:
    bring(directory, listing(samples.good(1)))
    (treffen, _chor) = OrganisationPage.objects.get().offers.all()
    bring(directory, listing({**samples.good(1), "Angebote": "Mo 15-17 Uhr Treffen 1\nDi 9:00 Frühstück"}))
    kept, new = OrganisationPage.objects.get().offers.all()
    assert (kept.pk, kept.translation_key) == (treffen.pk, treffen.translation_key)
    assert new.what == "Frühstück"


@pytest.mark.parametrize(
    ("choice", "count"), [(ImportChoice.UPDATE, 1), (ImportChoice.NEW, 2), (ImportChoice.SKIP, 1), ("nonsense", 1)]
)
def test_a_person_chooses_what_a_doubtful_name_means(directory: DirectoryPage, choice: str, count: int) -> None:
    factories.organisation(directory, "Ukrainer in Hagen", native_name="Українці в Хагені")
    of = bring(directory, listing({"Name": "Ukraintsi v Hageni", "Ort": "Hagen"}), row_2=choice)
    assert OrganisationPage.objects.count() == count
    assert OrganisationPage.objects.filter(city="Hagen").exists() == (choice in (ImportChoice.UPDATE, ImportChoice.NEW))
    assert of.state == ImportState.DONE


def test_work_that_broke_off_goes_on_where_it_was(directory: DirectoryPage) -> None:
    rows = reading.read(samples.as_csv([samples.good(number) for number in range(1, 6)]))
    of = importing.prepare(directory=directory, file_name="x", rows=rows, user=editor())
    importing.start(of=of, choices={}, publish=True)
    of = SpreadsheetImport.objects.get(pk=of.pk)
    assert not importing.work_off(of, limit=2)
    assert OrganisationPage.objects.count() == 2
    first = OrganisationPage.objects.order_by("pk").first()
    tasks.work_off_list.call(of.pk)
    assert OrganisationPage.objects.count() == 5
    assert first is not None
    assert first.revisions.count() == 1


def test_a_list_whose_worker_died_is_taken_up_again(
    directory: DirectoryPage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    of = importing.prepare(
        directory=directory, file_name="x", rows=reading.read(listing(samples.good(1))), user=editor()
    )
    importing.start(of=of, choices={}, publish=True)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.take_up_again()
    assert not OrganisationPage.objects.exists()
    SpreadsheetImport.objects.update(worked_at=timezone.now() - dt.timedelta(minutes=10))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.take_up_again()
    assert OrganisationPage.objects.count() == 1


def test_started_twice_it_runs_once(directory: DirectoryPage) -> None:
    of = bring(directory, listing(samples.good(1)), publish=False)
    importing.start(of=of, choices={}, publish=True)
    assert SpreadsheetImport.objects.get().state == ImportState.DONE
    assert not OrganisationPage.objects.get().live


def test_a_row_that_breaks_keeps_out_no_other(directory: DirectoryPage, monkeypatch: pytest.MonkeyPatch) -> None:
    create = importing._create

    def broken(judged: Any, row: Any, vocabulary: Any) -> Any:
        if judged.name.endswith("2"):
            raise RuntimeError
        return create(judged, row, vocabulary)

    monkeypatch.setattr(importing, "_create", broken)
    of = bring(directory, samples.as_csv([samples.good(number) for number in (1, 2, 4)]))
    assert of.outcomes == {RowOutcome.CREATED: 2, RowOutcome.REFUSED: 1}


def test_lists_are_not_kept_for_ever(directory: DirectoryPage) -> None:
    bring(directory, listing(samples.good(1)))
    SpreadsheetImport.objects.update(started_at=timezone.now() - dt.timedelta(days=91))
    models.remove_old()
    assert not SpreadsheetImport.objects.exists()
    assert OrganisationPage.objects.count() == 1


NAMES = st.sampled_from(
    "|Verein Nr. 1|Verein Nr. 11|Verein Nr. 111|Zedernfunken|Mushaira-Kreis|Mushaira Kreis e.V.|Chor"
    "|Ukraintsi v Hageni|Ukrainer in Hagen|Українці в Хагені|Jamiyat al-Jisr|جمعية الجسر".split("|")
)
ROWS = st.lists(
    st.fixed_dictionaries({"Nr.": st.sampled_from(["", "1", "2", "3"]), "Name": NAMES, "Eigener Name": NAMES}),
    min_size=1,
    max_size=7,
)


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(rows=ROWS, there=st.lists(st.tuples(NAMES, NAMES).filter(lambda names: names[0]), max_size=3), data=st.data())
def test_the_import_does_what_the_dry_run_promised(directory: DirectoryPage, rows: Any, there: Any, data: Any) -> None:
    with transaction.atomic():
        for number, (title, native_name) in enumerate(there):
            factories.organisation(directory, title, native_name=native_name, slug=f"there-{number}")
        before = set(OrganisationPage.objects.values_list("pk", flat=True))
        listed = reading.read(samples.as_csv([*rows, {"Nr.": "99", "Name": "Letzter", "Eigener Name": ""}]))
        of = importing.prepare(directory=directory, file_name="x", rows=listed, user=None)
        asked = [plan for plan in importing.dry_run(of) if plan.choices]
        choices = {plan.number: data.draw(st.sampled_from([c.value for c in plan.choices])) for plan in asked}
        refused = {plan.number for plan in importing.dry_run(of) if plan.faults}
        promised = {plan.number: plan.outcome for plan in importing.dry_run(of, choices=choices)}
        importing.start(of=of, choices=choices, publish=False)
        importing.work_off(SpreadsheetImport.objects.get(pk=of.pk))
        done = dict(of.rows.values_list("number", "outcome"))
        created = OrganisationPage.objects.exclude(pk__in=before).count()
        transaction.set_rollback(True)
    assert done == promised
    assert refused <= {number for number, outcome in done.items() if outcome == RowOutcome.REFUSED}
    assert created == sum(outcome == RowOutcome.CREATED for outcome in done.values())


def test_rows_with_different_keys_are_different_organisations(directory: DirectoryPage) -> None:
    rows = [{"Lfd. Nr.": str(number), "Name des Vereins": "Jugendclub"} for number in (1, 2)]
    for _time in range(2):
        bring(directory, listing(*rows))
        assert OrganisationPage.objects.count() == 2


@pytest.mark.parametrize("name", ["Verein Nr. 1", "Verein Nr. 11", "Verein Nr. 111"])
def test_a_number_in_a_name_tells_organisations_apart(directory: DirectoryPage, name: str) -> None:
    factories.organisation(directory, name)
    bring(directory, listing(*({"Name des Vereins": f"Verein Nr. {number}"} for number in ("1", "11", "111"))))
    assert OrganisationPage.objects.count() == 3


def test_a_letter_that_was_lost_is_told(directory: DirectoryPage) -> None:
    of = bring(directory, listing({"Name": "Br\ufffdcke"}, {"Name": "Chor"}))
    assert of.outcomes == {RowOutcome.CREATED: 1, RowOutcome.REFUSED: 1}
