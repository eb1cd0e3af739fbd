"""A list goes into a directory row by row, each in a transaction of its own; what was done is not done again."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext
from wagtail.models import Page

from cms.localization import languages, locales
from cms.pages import slugs
from directory.profiles.directory_page import DirectoryPage
from directory.profiles.organisation import OrganisationPage
from directory.records.record import record_of
from directory.spreadsheet import columns, plan
from directory.spreadsheet.columns import BY_KEY
from directory.spreadsheet.models import ImportChoice, ImportState, RowOutcome, SpreadsheetImport, SpreadsheetRow
from directory.spreadsheet.plan import ListedRow, Note, RowPlan
from directory.spreadsheet.reading import Reading, SheetRow
from directory.spreadsheet.vocabulary import Vocabulary

logger = logging.getLogger(__name__)


@transaction.atomic
def prepare(*, directory: DirectoryPage, file_name: str, rows: Sequence[SheetRow], user: Any) -> SpreadsheetImport:
    """Keeps the rows of a file, with a guess at what its columns mean; nothing else happens yet."""
    made = SpreadsheetImport.objects.create(directory=directory, file_name=file_name[:255], started_by=user)
    _keep(made, rows)
    return made


def prepare_readings(
    *, directory: DirectoryPage, file_name: str, readings: Sequence[Reading], user: Any
) -> SpreadsheetImport:
    """As ``prepare``; of several readings none is taken before a person has chosen (``decide``)."""
    if len(readings) == 1:
        return prepare(directory=directory, file_name=file_name, rows=readings[0].rows, user=user)
    kept = [
        {
            "name": reading.name,
            "is_sheet": reading.is_sheet,
            "rows": [[row.number, row.cells] for row in reading.rows],
        }
        for reading in readings
    ]
    return SpreadsheetImport.objects.create(
        directory=directory, file_name=file_name[:255], started_by=user, readings=kept
    )


@transaction.atomic
def decide(of: SpreadsheetImport, number: int) -> None:
    """The reading that a person calls the right one becomes the list; a second time changes nothing."""
    of = SpreadsheetImport.objects.select_for_update().get(pk=of.pk)
    if of.readings:
        rows = [SheetRow(line, cells) for line, cells in of.readings[number]["rows"]]
        of.readings = []
        _keep(of, rows)


def _keep(of: SpreadsheetImport, rows: Sequence[SheetRow]) -> None:
    mapping = columns.guess(rows[0].cells)
    of.headings = rows[0].cells if any(mapping) else []
    of.mapping = mapping if of.headings else ["title", *mapping[1:]]
    of.save()
    rows = rows[1:] if of.headings else rows
    SpreadsheetRow.objects.bulk_create(SpreadsheetRow(of=of, number=row.number, cells=row.cells) for row in rows)


def listed(row: SpreadsheetRow, mapping: Sequence[str]) -> ListedRow:
    texts = {key: cell for key, cell in zip(mapping, row.cells, strict=False) if key}
    return ListedRow(row.number, texts, row.choice)


def dry_run(of: SpreadsheetImport, *, publish: bool = False, choices: Mapping[int, str] | None = None) -> list[RowPlan]:
    """What would become of the rows; ``choices`` by number, as a person has made them."""
    rows = [listed(row, of.mapping) for row in of.rows.all()]
    if choices:
        rows = [replace(row, choice=choices.get(row.number, "")) for row in rows]
    return plan.examine(rows, of.directory, Vocabulary(of.directory.get_site()), publish=publish)


def start(*, of: SpreadsheetImport, choices: Mapping[int, str], publish: bool) -> None:
    """Lets the rows be taken over, as a person has seen and chosen; a second time changes nothing."""
    rows = list(of.rows.all())
    for row in rows:
        row.choice = choices.get(row.number, "")
    plans = plan.examine(
        [listed(row, of.mapping) for row in rows], of.directory, Vocabulary(of.directory.get_site()), publish=publish
    )
    # All rows are judged before anything is written: nobody waits for that.
    _let_run(of, rows, plans, publish)


@transaction.atomic
def _let_run(of: SpreadsheetImport, rows: list[SpreadsheetRow], plans: list[RowPlan], publish: bool) -> None:
    if not SpreadsheetImport.objects.filter(pk=of.pk, state=ImportState.PREPARED).update(
        state=ImportState.RUNNING, publish=publish, worked_at=timezone.now()
    ):
        return
    for row, judged in zip(rows, plans, strict=True):
        row.organisation = judged.found if judged.choice == ImportChoice.UPDATE else None
        if judged.faults:
            # Rows are judged together here and one by one later: of two about one organisation it is this one.
            row.outcome = RowOutcome.REFUSED
            row.notes = [note.as_json() for note in judged.faults]
    SpreadsheetRow.objects.bulk_update(rows, ["choice", "organisation", "outcome", "notes"], batch_size=200)


def work_off(of: SpreadsheetImport, limit: int | None = None) -> bool:
    """Takes over the rows that wait, at most ``limit``; True when none is left. Several workers do no harm."""
    waiting = of.rows.filter(outcome=RowOutcome.WAITING).values_list("pk", flat=True)
    for pk in list(waiting[:limit]):
        try:
            take_over(pk)
        except Exception:
            # One row must not keep out the others; the transaction of this one is undone.
            logger.exception("row %s of list %s failed", pk, of.pk)
            _refuse(pk, _("An unexpected error. Whoever runs this site finds it in the log."))
        SpreadsheetImport.objects.filter(pk=of.pk).update(worked_at=timezone.now())
    if waiting.exists():
        return False
    SpreadsheetImport.objects.filter(pk=of.pk, state=ImportState.RUNNING).update(state=ImportState.DONE)
    return True


def _refuse(row_id: int, sentence: str) -> None:
    notes = [Note("", "", sentence).as_json()]
    SpreadsheetRow.objects.filter(pk=row_id, outcome=RowOutcome.WAITING).update(outcome=RowOutcome.REFUSED, notes=notes)


def take_over(row_id: int) -> None:
    """Does what one row says, judged anew by how things stand now, and notes with it what was done."""
    row = SpreadsheetRow.objects.select_related("of__directory").get(pk=row_id)
    vocabulary = Vocabulary(row.of.directory.get_site())  # reads the names of all languages: nobody waits for that
    _take_over(row_id, vocabulary)


@transaction.atomic
def _take_over(row_id: int, vocabulary: Vocabulary) -> None:
    row = SpreadsheetRow.objects.select_for_update(of=("self",)).select_related("of__started_by").get(pk=row_id)
    if row.outcome != RowOutcome.WAITING:
        return
    # One row of a directory at a time, so that no two lists add the same organisation.
    Page.objects.select_for_update().get(pk=row.of.directory_id)
    done = row.of.rows.filter(outcome__in=(RowOutcome.CREATED, RowOutcome.CHANGED, RowOutcome.UNCHANGED))
    (judged,) = plan.examine(
        [listed(row, row.of.mapping)],
        row.of.directory,
        vocabulary,
        publish=row.of.publish,
        lock=True,
        without=set(done.exclude(organisation=None).values_list("organisation_id", flat=True)),
    )
    if judged.is_open:
        judged.faults.append(judged.question)
    elif row.choice == ImportChoice.UPDATE and row.organisation_id != getattr(judged.found, "pk", None):
        judged.faults.append(Note("", judged.name, _("Things have changed meanwhile. Please read the list in again.")))
    outcome, organisation = judged.outcome, judged.found
    try:
        with transaction.atomic(), LogContext(user=row.of.started_by):
            if outcome == RowOutcome.CREATED:
                organisation = _create(judged, row, vocabulary)
            elif outcome == RowOutcome.CHANGED:
                _change(judged, row, vocabulary)
    except (ValidationError, PermissionDenied) as error:
        outcome, organisation, row.revision = RowOutcome.REFUSED, judged.found, None
        sentences = getattr(error, "messages", [_("You may not publish this page.")])
        judged.faults = [Note("", judged.name, sentence) for sentence in sentences]
    row.outcome = outcome
    row.organisation = organisation if outcome != RowOutcome.SKIPPED else None
    row.notes = [note.as_json() for note in (*judged.faults, *judged.kept)]
    row.save()


def _create(judged: RowPlan, row: SpreadsheetRow, vocabulary: Vocabulary) -> OrganisationPage:
    directory = row.of.directory
    page = OrganisationPage(
        slug=slugs.free(directory, judged.changes["title"], otherwise="organisation"),
        locale_id=locales.id_of(languages.SOURCE),
        live=False,
        has_unpublished_changes=True,
        owner=row.of.started_by,
    )
    _give(page, judged, vocabulary)
    directory.add_child(instance=page)
    _keep_revision(page, judged, row)
    _note_on_record(page, judged)
    return page


def _change(judged: RowPlan, row: SpreadsheetRow, vocabulary: Vocabulary) -> None:
    page = judged.found
    if page is None:
        raise LookupError(row.pk)
    if judged.publishes or any(not BY_KEY[key].on_record for key in judged.changes):
        _give(page, judged, vocabulary)
        if not page.live:
            page.save()  # so that the draft of a list stands in the row, where the next list looks
        _keep_revision(page, judged, row)
    _note_on_record(page, judged)


def _give(page: OrganisationPage, judged: RowPlan, vocabulary: Vocabulary) -> None:
    for key, value in judged.changes.items():
        if not BY_KEY[key].on_record:
            BY_KEY[key].set(page, value, vocabulary)


def _keep_revision(page: OrganisationPage, judged: RowPlan, row: SpreadsheetRow) -> None:
    revision = page.save_revision(user=row.of.started_by, log_action=True)
    if judged.publishes:
        revision.publish(user=row.of.started_by)
    row.revision = revision


def _note_on_record(page: OrganisationPage, judged: RowPlan) -> None:
    """What the list says of the contact, and what it brought: later that tells what people have changed since."""
    record = record_of(page)
    changed = ["imported"]
    for key, value in judged.changes.items():
        if BY_KEY[key].on_record:
            setattr(record, key, value)
            changed.append(key)
    record.imported = {**record.imported, **judged.changes}
    record.save(update_fields=changed)
