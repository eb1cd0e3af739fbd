"""What the text of a cell means, and how a value is written into one. Values are what JSON can hold."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.localization import phones
from cms.pages.contacts import PhoneField
from directory.profiles.organisation import OrganisationPage
from directory.profiles.taxonomy import SpokenLanguage
from directory.records.record import OrganisationRecord
from directory.spreadsheet import opening_hours, weekly
from directory.spreadsheet.names import plain
from directory.spreadsheet.vocabulary import SEPARATORS, Terms, Vocabulary

Value = Any
"""A string, a list of strings, rows of ``weekly``, hours of ``opening_hours``; empty means that nothing is known."""

MAX_LINKS = 5
YES = ("ja", "yes", "y", "j", "x", "true", "wahr", "1")
NO = ("nein", "no", "n", "false", "falsch", "0")
ALSO_SAID: dict[Any, tuple[str, ...]] = {
    "yes": YES,
    True: YES,
    "partly": ("teilweise", "zum teil", "partly", "partially"),
    "no": NO,
    False: NO,
    "": ("unbekannt", "nicht bekannt", "unknown", "not known"),
}
"""What lists write for a choice, beside its label."""


class Wrong(ValueError):
    """The message says what is wrong with a cell and what to do."""


@dataclass(frozen=True)
class Kind:
    """How cells of one kind are read (raises Wrong) and written.

    ``names``: all that it knows, where there is a choice; ``at_once``: how many of them the template shows.
    """

    read: Callable[[str, Vocabulary], Value]
    write: Callable[[Value, Vocabulary], str]
    names: Callable[[Vocabulary], list[str]] | None = None
    at_once: int = 1


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(name)
    return field


def _checked(model: type[models.Model], name: str, text: str) -> str:
    try:
        return str(_field(model, name).clean(text, None))
    except ValidationError as error:
        raise Wrong(" ".join(error.messages)) from error


def text(name: str, model: type[models.Model] = OrganisationPage) -> Kind:
    """One line, checked as the field ``name`` of the model checks it."""
    return Kind(
        lambda cell, _vocabulary: _checked(model, name, " ".join(cell.split())), lambda value, _vocabulary: value
    )


def phone(name: str) -> Kind:
    """Written as people do; stored in E.164."""
    return Kind(
        lambda cell, _vocabulary: _checked(OrganisationPage, name, cell), lambda value, _vocabulary: _dialled(value)
    )


def _dialled(number: str) -> str:
    try:
        return phones.display(number) if number else ""
    except phones.InvalidPhoneNumber:
        return number


def _postal_code(cell: str, _vocabulary: Vocabulary) -> str:
    digits = re.sub(r"^D\s*-?\s*", "", cell, flags=re.IGNORECASE)
    if not re.fullmatch(r"\d{5}", digits, re.ASCII):
        raise Wrong(
            _("“%(text)s” is not a postal code: it has five digits. A zero at the beginning may have been lost.")
            % {"text": cell}
        )
    return digits


def _website(cell: str, _vocabulary: Vocabulary) -> str:
    return _address(cell, _field(OrganisationPage, "website").max_length or 200)


def _address(cell: str, limit: int) -> str:
    address = cell if re.match(r"[a-z][a-z0-9+.-]*:", cell, re.IGNORECASE) else f"https://{cell}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise Wrong(_("“%(text)s” is not the address of a website.") % {"text": cell}) from error
    if len(address) > limit:
        raise Wrong(_("“%(text)s” is too long.") % {"text": f"{cell[:40]} …"})
    return address


def _social_links(cell: str, _vocabulary: Vocabulary) -> list[str]:
    links = list(dict.fromkeys(_address(part, 200) for part in re.split(r"[\s,;]+", cell) if part))
    if len(links) > MAX_LINKS:
        raise Wrong(_("There are more than %(count)s links.") % {"count": MAX_LINKS})
    return links


def choice(choices: Sequence[tuple[Any, Any]]) -> Kind:
    """One of the ``choices`` of a field, by its label or what else it is called."""

    def read(cell: str, _vocabulary: Vocabulary) -> Value:
        meant = {plain(each): value for value, label in choices for each in (*ALSO_SAID.get(value, ()), str(label))}
        if plain(cell) not in meant:
            raise Wrong(_("“%(text)s” is none of: %(choices)s.") % {"text": cell, "choices": _quoted(names())})
        return meant[plain(cell)]

    def names(_vocabulary: Vocabulary | None = None) -> list[str]:
        return [str(label) for value, label in choices if value != ""]

    return Kind(read, lambda value, _vocabulary: str(dict(choices).get(value, value)) if value else "", names)


def _quoted(names: list[str]) -> str:
    return ", ".join(names)


def one_of(terms: Callable[[Vocabulary], Terms], *, listed: bool = True) -> Kind:
    """The key of one thing by any of its names; ``listed``: the sentence names them all."""

    def read(cell: str, vocabulary: Vocabulary) -> str:
        return _key(cell, terms(vocabulary), listed)

    def write(value: Value, vocabulary: Vocabulary) -> str:
        return terms(vocabulary).name(value) if value else ""

    return Kind(read, write, lambda vocabulary: terms(vocabulary).names)


def several_of(terms: Callable[[Vocabulary], Terms], *, listed: bool = True) -> Kind:
    """Keys of things, divided by comma, semicolon or line."""

    def read(cell: str, vocabulary: Vocabulary) -> list[str]:
        parts = (part.strip() for part in re.split(f"[{SEPARATORS}]", cell))
        return sorted({_key(part, terms(vocabulary), listed) for part in parts if part})

    def write(value: Value, vocabulary: Vocabulary) -> str:
        return ", ".join(sorted(terms(vocabulary).name(key) for key in value))

    return Kind(read, write, lambda vocabulary: terms(vocabulary).names, at_once=2)


def _key(cell: str, terms: Terms, listed: bool) -> str:
    key = terms.find(cell)
    if key is not None:
        return key
    if listed and terms.names:
        raise Wrong(_("“%(text)s” is none of: %(choices)s.") % {"text": cell, "choices": _quoted(terms.names)})
    raise Wrong(_("“%(text)s” is not known here.") % {"text": cell})


def _offers(cell: str, vocabulary: Vocabulary) -> weekly.Rows:
    try:
        return weekly.in_order(weekly.read(cell, vocabulary.terms[SpokenLanguage]))
    except weekly.BadOffer as error:
        raise Wrong(str(error)) from error


def _hours(cell: str, _vocabulary: Vocabulary) -> opening_hours.Value:
    try:
        return opening_hours.read(cell)
    except opening_hours.BadHours as error:
        raise Wrong(str(error)) from error


def _names(cell: str, _vocabulary: Vocabulary) -> str:
    names = (" ".join(part.split()) for part in re.split(r"[;\n]", cell))
    return _checked(OrganisationPage, "former_names", "\n".join(filter(None, names)))


OWN_KINDS = {
    "former_names": Kind(_names, lambda value, _vocabulary: "; ".join(value.splitlines())),
    "native_language": one_of(lambda words: words.terms[SpokenLanguage], listed=False),
    "postal_code": Kind(_postal_code, lambda value, _vocabulary: value),
    "website": Kind(_website, lambda value, _vocabulary: value),
    "social_links": Kind(_social_links, lambda value, _vocabulary: " ".join(value)),
}
"""Of fields that a list may write otherwise than the field's type tells."""
WRITTEN_LANGUAGE = one_of(lambda words: words.written)
OFFERS = Kind(_offers, lambda value, vocabulary: weekly.write(value, vocabulary.terms[SpokenLanguage]))
HOURS = Kind(_hours, lambda value, _vocabulary: opening_hours.write(value))
CONTACT_EMAIL = text("contact_email", OrganisationRecord)
IMPORT_KEY = text("import_key", OrganisationRecord)


def kind_of(field: Any) -> Kind:
    """Of a column that holds that field of an organisation."""
    if field.name in OWN_KINDS:
        return OWN_KINDS[field.name]
    if model := field.related_model:
        kind = several_of if field.many_to_many else one_of
        return kind(lambda words: words.terms[model], listed=model is not SpokenLanguage)
    if isinstance(field, models.BooleanField):
        return choice(((True, gettext_lazy("yes")), (False, gettext_lazy("no"))))
    if field.choices:
        return choice(field.flatchoices)
    return phone(field.name) if isinstance(field, PhoneField) else text(field.name)
