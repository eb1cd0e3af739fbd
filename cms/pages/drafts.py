"""Changing the draft of a page with a short form, also when somebody else does so at the same moment.

A form knows the revision from which it was filled. What it is sent back with is compared field by field with that
revision and with the newest one: what only one of the two people has changed is taken, what both have changed
differently is a ``Conflict`` that shows both. Sending the same form twice changes nothing the second time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from modelcluster.queryset import FakeQuerySet
from wagtail.models import Page, Revision

from cms.pages.base_page import BasePage

BASE = "base_revision"


class Locked(Exception):
    """Nobody may change this page now; says in a sentence why."""


@dataclass(frozen=True)
class FieldDifference:
    """A field that two people have changed differently, both versions as they would read them."""

    name: str
    label: str
    theirs: str
    yours: str


class Conflict(Exception):
    """Carries what both have written; nothing is saved."""

    def __init__(self, differences: list[FieldDifference], newest: Revision) -> None:
        super().__init__(_("Somebody else has changed the same meanwhile. Nothing is lost: choose below."))
        self.differences = differences
        self.newest = newest


class DraftForm(forms.ModelForm):
    """Some fields of a page. Fields that are not the model's own are read and written by ``value_of`` and ``write``.

    The form works on a copy of the draft that is thrown away: only ``save`` reads the draft that will be kept.
    """

    base_revision = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    compared: ClassVar[tuple[str, ...]] = ()
    """Names of further values that ``value_of`` knows and no single field holds, such as rows."""
    beside: ClassVar[tuple[str, ...]] = ()
    """Fields of the page that a field of another name stands for."""
    one_line: ClassVar[tuple[str, ...]] = ()
    """Names of fields that are one line although they are shown as several."""
    goes_on = ""
    """What is added to the address of a form that is shown again after it was saved; empty when it is done."""

    told: tuple[str, ...] | list[str] = ()
    """Sentences about what saving has done beside what was typed."""

    def __init__(self, data: QueryDict | None = None, files: Any = None, *, page: BasePage, **options: Any) -> None:
        draft = draft_of(page)
        own = {name: self.value_of(draft, name) for name in self.base_fields if self._model_field(name) is None}
        own[BASE] = page.latest_revision_id or ""
        super().__init__(data, files, instance=draft, initial={**own, **options.pop("initial", {})}, **options)
        cut_nothing(self)

    @classmethod
    def _model_field(cls, name: str) -> models.Field | None:
        is_own = name not in (cls._meta.fields or ())
        return None if is_own else cls._meta.model._meta.get_field(name)

    @property
    def names(self) -> list[str]:
        """What is compared and saved."""
        return [name for name in (*self.fields, *self.compared) if name != BASE]

    @property
    def written(self) -> list[str]:
        """Fields of the page that saving may change."""
        return [*self.names, *self.beside]

    def keep_uploads(self, user: Any) -> None:
        """What has to be done before the form is compared, also when it is wrong: storing an uploaded file."""

    def value_of(self, page: Any, name: str) -> Any:
        """The value of ``page`` as this form would show it, to be compared with ``yours``."""
        field = self._model_field(name)
        return comparable(field.value_from_object(page)) if field else None

    def yours(self, name: str) -> Any:
        """The value that was typed."""
        field = self._model_field(name)
        if field is None or field.many_to_many:
            return comparable(self.cleaned_data[name])
        return comparable(field.value_from_object(self.instance))  # as the model has cleaned it

    def write(self, page: Any, name: str) -> None:
        """Puts the value that was typed into the draft."""
        field = self._model_field(name)
        if field is not None:
            typed = self.cleaned_data[name] if field.many_to_many else getattr(self.instance, name)
            field.save_form_data(page, typed)

    def complete(self, page: Any) -> None:
        """Does to the draft what follows from all that was written; called once, after the last ``write``."""

    def clean(self) -> dict[str, Any]:
        """What is typed in one line stays one line, whatever was pasted."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            is_line = name in self.one_line or isinstance(self.fields[name].widget, forms.TextInput)
            if is_line and isinstance(value, str):
                cleaned[name] = " ".join(value.split())
        return cleaned

    def in_words(self, name: str, value: Any) -> str:
        """``value`` as people read it, for the comparison of two versions."""
        field = self.fields[name]
        labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        values = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(each), str(each)) for each in values if each not in (None, ""))

    def label_of(self, name: str) -> str:
        return str(self.fields[name].label)

    def go_on_from(self, revision: Revision) -> None:
        """Shown again, the form stands on ``revision``: saving it once more keeps what is typed in it."""
        self.data = self.data.copy()
        self.data[self.add_prefix(BASE)] = str(revision.pk)


def cut_nothing(form: forms.BaseForm) -> None:
    """A browser cuts what is pasted into a field of limited length and says nothing; the form says what is too long."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)


@transaction.atomic
def start_editing(page: BasePage) -> None:
    """Gives a page that was made without any revision its first one, so that forms have something to be compared with.

    Nothing changes by it, neither for visitors nor for those who review.
    """
    if page.pk is not None and page.latest_revision_id is None:
        row = Page.objects.select_for_update().get(pk=page.pk)
        if row.latest_revision_id is None:
            row.specific.save_revision(changed=False, clean=False)
        page.refresh_from_db(fields=["latest_revision"])


def draft_of(page: BasePage) -> Any:
    """The newest version of ``page``, read anew: nothing that happens to it is seen by whoever holds ``page``.

    A page that nobody has saved yet is its own draft.
    """
    if page.pk is None:
        return page
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def comparable(value: Any) -> Any:
    """The same for a value from the database and from a form: keys instead of rows, in one order."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, (models.QuerySet, FakeQuerySet, list, tuple)) and all(
        isinstance(each, models.Model) for each in value
    ):
        return sorted(each.pk for each in value)
    return "" if value is None else value


@transaction.atomic
def save(*, page: BasePage, form: DraftForm, user: Any, take_theirs: Collection[str] = ()) -> Revision | None:
    """A new revision with what the valid ``form`` changes; None when the draft says all of it already.

    Fields named in ``take_theirs`` stay as the other person has written them. Raises Locked and Conflict.
    """
    row = Page.objects.select_for_update().get(pk=page.pk)
    draft = row.get_latest_revision_as_object()
    require_unlocked(draft, user)
    base = _base_of(form, row)
    wanted, differences = [], []
    for name in form.names:
        theirs, yours = form.value_of(draft, name), form.yours(name)
        before = form.value_of(base, name) if base is not None else None
        if name in take_theirs or yours == theirs or (base is not None and yours == before):
            continue
        wanted.append(name)
        if base is None or theirs != before:
            words = form.in_words(name, theirs), form.in_words(name, yours)
            differences.append(FieldDifference(name, form.label_of(name), *words))
    if differences:
        raise Conflict(differences, row.latest_revision)
    if not wanted:
        return None
    for name in wanted:
        form.write(draft, name)
    form.complete(draft)
    # The form has checked what it changes; what an import left in other fields must not stop it.
    revision: Revision = draft.save_revision(user=user, log_action=True, clean=False)
    return revision


def require_unlocked(draft: Any, user: Any) -> None:
    """Raises Locked when ``user`` may not change it now: Wagtail's ``save_revision`` does not ask."""
    lock = draft.get_lock()
    if lock is not None and lock.for_user(user):
        raise Locked(_("This page is locked. Ask the person who locked it."))


def _base_of(form: DraftForm, row: Page) -> Any:
    """What the form was filled from; None when that cannot be known, and everything that differs is a conflict."""
    number = str(form.cleaned_data.get(BASE) or "")
    if number == str(row.latest_revision_id or ""):
        return row.get_latest_revision_as_object()
    revision = row.revisions.filter(pk=number).first() if number.isascii() and number.isdecimal() else None
    return revision.as_object() if revision else None
