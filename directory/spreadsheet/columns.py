"""The columns of a list of organisations: what they are called, what their cells mean, where the value belongs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms import languages
from directory.organisation import OrganisationPage
from directory.record import OrganisationRecord
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
    example: str = ""
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


def _give_topics(page: OrganisationPage, keys: list[str], vocabulary: Vocabulary) -> None:
    page.topics = [vocabulary.topic_rows[key] for key in keys]


def _give_languages(page: OrganisationPage, codes: list[str], vocabulary: Vocabulary) -> None:
    page.languages_spoken = [vocabulary.language_rows[code] for code in codes]


def _give_district(page: OrganisationPage, key: str, vocabulary: Vocabulary) -> None:
    page.district = vocabulary.district_rows[key]


def _give_links(page: OrganisationPage, links: list[str], _vocabulary: Vocabulary) -> None:
    blocks: Any = [("link", link) for link in links]
    page.social_links = blocks


def _give_offers(page: Any, rows: weekly.Rows, _vocabulary: Vocabulary) -> None:
    page.offers = weekly.merged(list(page.offers.all()), rows)


COLUMNS: Sequence[Column] = (
    Column(
        "import_key",
        _("key"),
        values.IMPORT_KEY,
        ("Nr.", "Lfd. Nr.", "Lfd."),
        "017",
        on_record=True,
    ),
    Column(
        "title",
        _("name"),
        values.text("title"),
        ("Name", "Verein", "Deutscher Name"),
        "Brücke e.V.",
    ),
    Column(
        "native_name",
        _("name in its own language"),
        values.text("native_name"),
        ("Eigener Name", "Name in eigener Sprache", "Muttersprachlicher Name"),
        "جمعية الجسر",
    ),
    Column(
        "native_language",
        _("language of that name"),
        values.one_of(lambda words: words.spoken, listed=False),
        ("Sprache des Namens", "Eigene Sprache"),
        "ar",
    ),
    Column(
        "short_description",
        _("short description"),
        values.text("short_description"),
        ("Beschreibung",),
        "Hilfe beim Ankommen",
    ),
    Column(
        "topics",
        _("topics"),
        values.several_of(lambda words: words.topics),
        ("Themen",),
        get=lambda page: sorted(topic.key for topic in page.topics.all()),
        give=_give_topics,
    ),
    Column(
        "languages_spoken",
        _("languages spoken"),
        values.several_of(lambda words: words.spoken, listed=False),
        ("Sprachen", "Gesprochene Sprachen"),
        "ar, de, uk",
        get=lambda page: sorted(language.code for language in page.languages_spoken.all()),
        give=_give_languages,
    ),
    Column(
        "district",
        _("district"),
        values.one_of(lambda words: words.districts),
        ("Stadtteil",),
        get=lambda page: page.district.key if page.district else "",
        give=_give_district,
    ),
    Column(
        "street",
        _("street and number"),
        values.text("street"),
        ("Straße", "Adresse", "Straße und Hausnummer", "Straße, Nr.", "Straßenname"),
        "Musterstraße 1",
    ),
    Column("postal_code", _("postal code"), values.POSTAL_CODE, ("PLZ", "Post code"), "58095"),
    Column("city", _("town"), values.text("city"), ("Ort", "Ortsname"), "Hagen"),
    Column(
        "phone",
        _("telephone"),
        values.phone("phone"),
        ("Telefon",),
        "02331 207-0",
    ),
    Column(
        "email",
        _("email address"),
        values.text("email"),
        ("E-Mail",),
        "kontakt@verein.example",
    ),
    Column(
        "website",
        _("website"),
        values.WEBSITE,
        ("Website", "Link"),
        "https://verein.example",
    ),
    Column("whatsapp", _("WhatsApp number"), values.phone("whatsapp"), ("WhatsApp",)),
    Column(
        "social_links",
        _("social media"),
        values.SOCIAL_LINKS,
        ("Soziale Medien",),
        get=lambda page: [str(link.value) for link in page.social_links],
        give=_give_links,
    ),
    Column(
        "step_free",
        _("step-free access"),
        values.STEP_FREE,
        ("Barrierefrei", "Zugänglichkeit"),
    ),
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
        values.one_of(lambda words: words.written),
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
    """Column by what a heading is about: its label in both languages of the admin, and what else it is called."""
    meant: dict[frozenset[str], str] = {}
    for code in NAMED_IN:
        with translation.override(code):
            meant.update({ideas(str(column.label)): column.key for column in reversed(COLUMNS)})
    for column in COLUMNS:
        meant.update({ideas(heading): column.key for heading in (column.key.replace("_", " "), *column.met_as)})
    return meant
