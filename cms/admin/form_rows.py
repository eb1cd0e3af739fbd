"""Rows of a form, such as related pages, offer and show the same things: asked of the database once for all rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.forms import BaseForm, ModelChoiceField
from django.forms.widgets import ChoiceWidget
from django.utils.choices import BaseChoiceIterator
from wagtail.admin.widgets import BaseChooser
from wagtail.models import Page

from cms.database.request_memory import is_remembering, note, remembered


class SharedChoices(BaseChoiceIterator):
    """What a select offers."""

    def __init__(self, field: ModelChoiceField) -> None:
        self.choices = field.iterator(field)
        self.question = ("choices", field.queryset.model, str(field.queryset.query), field.empty_label)

    def __iter__(self) -> Iterator[Any]:
        return iter(remembered(self.question, lambda: [each for each in self.choices]))  # noqa: C416 (list() counts)


def with_what_names_need(formset: Any) -> None:
    """A select of an empty row names its choices too, each of them perhaps after something that it belongs to."""
    for field in formset.form.base_fields.values():
        if isinstance(field, ModelChoiceField) and isinstance(field.widget, ChoiceWidget):
            field.queryset = field.queryset.select_related()


def share(forms: Iterable[BaseForm]) -> None:
    """Only while a screen is read; a form that was sent asks anew."""
    if not is_remembering():
        return
    chosen: dict[Any, set[Any]] = defaultdict(set)
    for form in forms:
        for name, field in form.fields.items():
            if isinstance(field, ModelChoiceField) and isinstance(field.widget, ChoiceWidget):
                if not field.queryset.query.is_empty():
                    field.queryset = field.queryset.select_related()
                    field.widget.choices = SharedChoices(field)
            elif isinstance(field.widget, BaseChooser):
                chosen[field.widget.model_class].add(form.get_initial_for_field(field, name))
                field.widget.get_instance = partial(_chosen, field.widget, field.widget.get_instance)
    for model, keys in chosen.items():
        _read(model, {str(key) for key in keys if isinstance(key, int | str) and str(key).isdecimal()})


def _read(model: Any, keys: set[str]) -> None:
    found = model._default_manager.filter(pk__in=keys)
    for row in found.specific() if issubclass(model, Page) else found:
        note(_question(model, row.pk), row)


def _chosen(widget: BaseChooser, ask: Any, value: Any) -> Any:
    if not isinstance(value, int | str):
        return ask(value)
    return remembered(_question(widget.model_class, value), partial(ask, value))


def _question(model: Any, key: Any) -> tuple[Any, ...]:
    return ("chosen", model, str(key))
