"""The dry run: what each row of a list would do, and what is wrong with it, without doing anything."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directory.profiles.directory_page import DirectoryPage
from directory.profiles.organisation import OrganisationPage
from directory.records.record import OrganisationRecord
from directory.spreadsheet import names
from directory.spreadsheet.columns import BY_KEY, Column
from directory.spreadsheet.models import ImportChoice, RowOutcome
from directory.spreadsheet.register import Match, Register, Standing, standing
from directory.spreadsheet.values import Value, Wrong
from directory.spreadsheet.vocabulary import Vocabulary

LOST = "\ufffd"
"""What programs write for a letter that they could not read."""


@dataclass(frozen=True)
class ListedRow:
    """A row of the list as it goes into the plan: texts by column, and what a person chose for it."""

    number: int
    texts: dict[str, str]
    choice: str = ""


@dataclass(frozen=True)
class Note:
    """A sentence about a cell, or (without column) about the row."""

    column: str
    text: str
    sentence: str

    def as_json(self) -> dict[str, str]:
        return {"column": self.column, "text": self.text, "sentence": self.sentence}


@dataclass
class RowPlan:
    """What one row would do. ``faults`` keep all of it out; ``kept`` says what stays as people wrote it."""

    number: int
    name: str
    match: Match | None = None
    standing: Standing | None = None
    choice: ImportChoice = ImportChoice.NEW
    answered: bool = False
    """Whether a person has chosen."""
    changes: dict[str, Value] = field(default_factory=dict)
    faults: list[Note] = field(default_factory=list)
    kept: list[Note] = field(default_factory=list)
    publishes: bool = False

    @property
    def found(self) -> OrganisationPage | None:
        return self.standing.page if self.standing else None

    @property
    def outcome(self) -> RowOutcome:
        """What will be said of the row afterwards. A question that nobody has answered keeps the row out."""
        if self.faults or self.is_open:
            return RowOutcome.REFUSED
        if self.choice == ImportChoice.SKIP:
            return RowOutcome.SKIPPED
        if self.choice == ImportChoice.NEW:
            return RowOutcome.CREATED
        return RowOutcome.CHANGED if self.changes or self.publishes else RowOutcome.UNCHANGED

    @property
    def is_open(self) -> bool:
        """Whether a person has to say first which organisation is meant."""
        return self.asks and not self.answered

    @property
    def asks(self) -> bool:
        return self.match is not None and not self.match.certain and not self.faults

    @property
    def question(self) -> Note:
        title = self.found.title if self.found else ""
        return Note(
            "", self.name, _("This may be “%(name)s”, which is there already. Please choose.") % {"name": title}
        )

    @property
    def choices(self) -> list[ImportChoice]:
        """What a person may choose; nothing while there is something wrong, or when the key leaves no doubt."""
        if self.match is None or self.faults:
            return []
        return (
            [ImportChoice.UPDATE, ImportChoice.SKIP]
            if self.match.by_key
            else [ImportChoice.UPDATE, ImportChoice.NEW, ImportChoice.SKIP]
        )

    @property
    def changed_labels(self) -> list[str]:
        return [str(BY_KEY[key].label) for key in self.changes]


def examine(
    rows: Sequence[ListedRow],
    directory: DirectoryPage,
    vocabulary: Vocabulary,
    *,
    publish: bool = False,
    lock: bool = False,
    without: Collection[int] = (),
) -> list[RowPlan]:
    """What the rows would do now; as many queries for a thousand rows as for one.

    ``lock``: see ``standing``; ``without``: see ``Register``.
    """
    register = Register(directory, without=without)
    plans = [_begin(row, register) for row in rows]
    there = standing({plan.match.organisation_id for plan in plans if plan.match}, lock=lock)
    for row, plan in zip(rows, plans, strict=True):
        if plan.match is not None:
            plan.standing = there.get(plan.match.organisation_id)
        plan.choice = _choice(row, plan)
        _compare(row, plan, vocabulary)
        plan.publishes = publish and plan.choice != ImportChoice.SKIP and _may_go_live(plan)
    _refuse_doubles(rows, plans)
    return plans


def _begin(row: ListedRow, register: Register) -> RowPlan:
    title, key = row.texts.get("title", ""), row.texts.get("import_key", "")
    plan = RowPlan(row.number, title)
    further = (row.texts.get("short_name", ""), *re.split(r"[;\n]", row.texts.get("former_names", "")))
    native_name = row.texts.get("native_name", "")
    plan.match = register.find(key=key, title=title, native_name=native_name, further=further)
    if not names.key(title) and not (plan.match and plan.match.by_key):
        plan.faults.append(_note("title", title, _("The name is missing.")))
    for column, text in row.texts.items():
        if LOST in text:
            plan.faults.append(
                _note(column, text, _("A letter was lost here when the file was saved. Please write it anew."))
            )
    if plan.match and plan.match.several:
        plan.faults.append(
            Note("", title, _("Several organisations are called that, or have this key. Please change it by hand."))
        )
    return plan


def _choice(row: ListedRow, plan: RowPlan) -> ImportChoice:
    """What the person chose where there is something to choose; a doubtful match does nothing by itself."""
    if plan.standing is None or plan.match is None:
        return ImportChoice.NEW
    if row.choice in plan.choices:
        plan.answered = True
        return ImportChoice(row.choice)
    return ImportChoice.UPDATE if plan.match.certain else ImportChoice.SKIP


def _compare(row: ListedRow, plan: RowPlan, vocabulary: Vocabulary) -> None:
    page = plan.found if plan.choice != ImportChoice.NEW else None
    record = (getattr(page, "record", None) if page else None) or OrganisationRecord()
    for key, text in row.texts.items():
        column = BY_KEY[key]
        if not text:
            continue  # the list does not know; that is no reason to forget
        current = column.of(record if column.on_record else page) if page else column.unset
        if page and text == column.kind.write(current, vocabulary):
            continue
        try:
            value = column.kind.read(text, vocabulary)
        except Wrong as error:
            plan.faults.append(_note(key, text, str(error)))
            continue
        if page is None:
            plan.changes[key] = value
        elif value != current and not _is_the_same_name(column, value, page):
            _take_over_or_keep(plan, column, current, value, record.imported, vocabulary)


def _is_the_same_name(column: Column, value: str, page: OrganisationPage) -> bool:
    """A name by which the organisation is known already is no reason to change it."""
    return column.key == "title" and names.key(value) in set(map(names.key, page.names))


def _take_over_or_keep(
    plan: RowPlan, column: Column, current: Value, value: Value, imported: dict[str, Any], vocabulary: Vocabulary
) -> None:
    """A value is replaced only while it is the one that the last list brought, or nobody has entered any."""
    written = column.kind.write(current, vocabulary)
    if not column.on_record and plan.standing is not None and plan.standing.draft_of_person:
        sentence = _("A draft waits or somebody is at work on this page, so it is not touched. Please try again later.")
    elif plan.found is not None and plan.found.locked and not column.on_record:
        sentence = _("This page is locked.")
    elif (current or None) == (imported.get(column.key, column.unset) or None):
        plan.changes[column.key] = value
        return
    elif current:
        sentence = _("“%(current)s” stays: it was not entered by a list.") % {"current": written}
    else:
        sentence = _("Stays empty: somebody has removed it.")
    plan.kept.append(_note(column.key, column.kind.write(value, vocabulary), sentence))


def _may_go_live(plan: RowPlan) -> bool:
    """Whether publishing would change something and bring nothing back that somebody has taken offline."""
    if plan.choice == ImportChoice.NEW:
        return True
    if plan.standing is None or plan.standing.draft_of_person or plan.standing.page.locked:
        return False
    page = plan.standing.page
    on_page = any(not BY_KEY[key].on_record for key in plan.changes)
    return on_page if page.live else page.first_published_at is None


def _refuse_doubles(rows: Iterable[ListedRow], plans: Sequence[RowPlan]) -> None:
    """Of two rows that mean one organisation the first good one counts, whatever is chosen for it.

    Rows with different keys never do. One that is only like an organisation comes after those that surely mean it.
    """
    seen: dict[tuple[str, object], int] = {}
    certain_first = sorted(zip(rows, plans, strict=True), key=lambda pair: pair[1].asks)
    for row, plan in certain_first:
        key, name = row.texts.get("import_key", ""), names.key(plan.name)
        same: list[tuple[str, object]] = [("key", key), ("name without key" if key else "name", name)]
        if plan.match is not None and (plan.match.certain or row.choice == ImportChoice.UPDATE):
            same.append(("organisation", plan.match.organisation_id))
        earlier = [seen[each] for each in same if each[1] and each in seen]
        if earlier:
            plan.faults.append(same_as(min(earlier), plan.name))
        if not plan.faults:
            known = [each for each in same if each[0] in ("key", "organisation")] + [("name", name)]
            for each in known if key else [*known, ("name without key", name)]:
                seen.setdefault(each, plan.number)


def same_as(number: int, name: str) -> Note:
    return Note("", name, _("Row %(row)s is about the same organisation.") % {"row": number})


def _note(key: str, text: str, sentence: str) -> Note:
    return Note(str(BY_KEY[key].label), text, sentence)
