"""The columns of a list of organisations: what they are called, what their cells mean, where the value belongs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.localization import languages
from directory.profiles.facts import FACTS, ProfileFact
from directory.profiles.organisation import OrganisationPage
from directory.records.record import OrganisationRecord
from directory.spreadsheet import opening_hours, values, weekly
from directory.spreadsheet.headings import ideas
from directory.spreadsheet.values import Kind, Value
from directory.spreadsheet.vocabulary import NAMED_IN, Vocabulary

Give = Callable[[Any, Value, Vocabulary], None]


@dataclass(frozen=True)
class Column:
    """One column. ``met_as`` are headings that mean it (``headings``); ``on_record``: not on the page."""

    key: str
    label: str | Promise
    kind: Kind
    met_as: tuple[str, ...] = ()
    example: str | Promise = ""
    on_record: bool = False
    get: Callable[[Any], Value] | None = None
    give: Give | None = None
    unset: Value = ""
    """What stands there before anybody has written."""

    def of(self, holder: OrganisationPage | OrganisationRecord) -> Value:
        """The value that stands there now, in the form in which ``kind`` reads it."""
        if self.get is not None:
            return self.get(holder)
        return " ".join(str(getattr(holder, self.key)).split())

    def set(self, holder: OrganisationPage | OrganisationRecord, value: Value, vocabulary: Vocabulary) -> None:
        if self.give is not None:
            self.give(holder, value, vocabulary)
        else:
            setattr(holder, self.key, value)


def _give_links(page: OrganisationPage, links: list[str], _vocabulary: Vocabulary) -> None:
    blocks: Any = [("link", link) for link in links]
    page.social_links = blocks


def _give_offers(page: Any, rows: weekly.Rows, _vocabulary: Vocabulary) -> None:
    page.offers = weekly.merged(list(page.offers.all()), rows)


def _access(field: Any) -> dict[str, Any]:
    """How a field is read and written that is more than one text: rows by their keys."""
    name, model = field.name, field.related_model
    if name == "social_links":
        return {"get": lambda page: [str(link.value) for link in page.social_links], "give": _give_links}
    if isinstance(field, models.TextField):
        return {"get": attrgetter(name)}  # its lines stay lines
    if field.many_to_many:
        return {
            "get": lambda page: sorted(row.key for row in getattr(page, name).all()),
            "give": lambda page, keys, words: setattr(page, name, [words.rows[model][key] for key in keys]),
        }
    if model is not None:
        return {
            "get": lambda page: row.key if (row := getattr(page, name)) else "",
            "give": lambda page, key, words: setattr(page, name, words.rows[model][key]),
        }
    return {"get": attrgetter(name)} if isinstance(field, models.BooleanField) else {}


def _of_fact(fact: ProfileFact) -> Column:
    field: Any = OrganisationPage._meta.get_field(fact.name)
    label = fact.column or field.verbose_name
    return Column(fact.name, label, values.kind_of(field), fact.headings, fact.example, **_access(field))


_NAME, *_FACTS = [_of_fact(fact) for fact in FACTS if fact.headings]
COLUMNS: Sequence[Column] = (
    Column("import_key", _("key"), values.IMPORT_KEY, ("Nr.", "Lfd. Nr.", "Lfd."), "017", on_record=True),
    _NAME,
    Column(
        "short_description",
        _("short description"),
        values.text("short_description"),
        ("Beschreibung",),
        "Hilfe beim Ankommen",
    ),
    *_FACTS,
    Column(
        "opening_hours",
        _("opening hours"),
        values.HOURS,
        ("Öffnungszeiten", "Sprechzeiten", "Bürozeiten", "Geöffnet"),
        "Mo–Fr 9–12, 14–17; Sa n. V.",
        get=opening_hours.of,
        give=lambda page, hours, _vocabulary: opening_hours.give(page, hours),
    ),
    Column(
        "offers",
        _("regular offers"),
        values.OFFERS,
        ("Angebote",),
        _("Monday 15:00–17:00: Homework help"),
        get=lambda page: weekly.rows_of(page.offers.all()),
        give=_give_offers,
    ),
    Column(
        "contact_email",
        _("email address for invitations"),
        values.CONTACT_EMAIL,
        ("Kontakt-E-Mail", "Einladung an", "E-Mail für Einladungen", "Einladungsadresse"),
        "vorstand@verein.example",
        on_record=True,
    ),
    Column(
        "contact_language",
        _("language of that contact"),
        values.WRITTEN_LANGUAGE,
        ("Sprache der Einladung", "Kontaktsprache", "Korrespondenzsprache"),
        "العربية",
        on_record=True,
        unset=languages.SOURCE,
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}


def guess(headings: Sequence[str]) -> list[str]:
    """For each heading the key of the column that it means, or "" for none; each column once."""
    meant = _meanings()
    found: list[str] = []
    for heading in headings:
        key = meant.get(ideas(heading), "") if heading else ""
        if key == "import_key" and found and found[-1] == "street":
            key = ""  # "Straße | Nr." is the number of the house
        found.append("" if key in found else key)
    return found


@cache
def _meanings() -> dict[frozenset[str], str]:
    """Column by what a heading is about: its label in every language of the site, and what else it is called."""
    meant: dict[frozenset[str], str] = {}
    for code in sorted(languages.BY_CODE, key=lambda code: code in NAMED_IN):
        with translation.override(code):
            meant.update({ideas(str(column.label)): column.key for column in reversed(COLUMNS)})
    for column in COLUMNS:
        meant.update({ideas(heading): column.key for heading in (column.key.replace("_", " "), *column.met_as)})
    return meant
