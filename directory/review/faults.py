"""What must be mended in a draft before it could be made public, field by field, in words for people."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Fault:
    """``name`` and ``label`` of the field; both empty when it is about the page as a whole."""

    name: str
    label: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.label}: {self.sentence}" if self.label else self.sentence


def faults_of(draft: Any) -> list[Fault]:
    """In the order in which the page checks itself; the slug follows from the title."""
    try:
        draft.full_clean()
    except ValidationError as error:
        named = {name: messages for name, messages in error.message_dict.items() if name != "slug" or draft.title}
        return [_fault(draft, name, messages) for name, messages in named.items()]
    return []


def _fault(draft: Any, name: str, messages: list[str]) -> Fault:
    if name == NON_FIELD_ERRORS:
        return Fault("", "", " ".join(messages))
    try:
        field = draft._meta.get_field(name)
    except FieldDoesNotExist:
        return Fault(name, "", " ".join(messages))
    is_empty = getattr(draft, name, None) in (None, "")
    label = capfirst(str(getattr(field, "verbose_name", "")))
    return Fault(name, label, _("This field is required.") if is_empty else " ".join(messages))
