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
from directory.spreadsheet import values, weekly
from directory.spreadsheet.names import plain
from directory.spreadsheet.values import Kind, Value
from directory.spreadsheet.vocabulary import NAMED_IN, Vocabulary

Give = Callable[[Any, Value, Vocabulary], None]


@dataclass(frozen=True)
class Column:
    """One column. ``met_as`` are further headings, in plain form, that mean it; ``on_record``: not on the page."""

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


def _give_offers(page: OrganisationPage, rows: weekly.Rows, _vocabulary: Vocabulary) -> None:
    page.offers = weekly.merged(list(page.offers.all()), rows)


COLUMNS: Sequence[Column] = (
    Column(
        "import_key",
        _("key"),
        values.IMPORT_KEY,
        ("kennung", "schlussel", "id", "nr", "nummer", "number"),
        "017",
        on_record=True,
    ),
    Column(
        "title",
        _("name"),
        values.text("title"),
        ("verein", "organisation", "organization", "deutscher name", "german name", "bezeichnung"),
        "Brücke e.V.",
    ),
    Column(
        "native_name",
        _("name in its own language"),
        values.text("native_name"),
        ("eigener name", "originalname", "native name"),
        "جمعية الجسر",
    ),
    Column(
        "native_language",
        _("language of that name"),
        values.one_of(lambda words: words.spoken, listed=False),
        ("sprache des namens", "native language"),
        "ar",
    ),
    Column(
        "short_description",
        _("short description"),
        values.text("short_description"),
        ("beschreibung", "description", "uber uns", "about"),
        "Hilfe beim Ankommen",
    ),
    Column(
        "topics",
        _("topics"),
        values.several_of(lambda words: words.topics),
        ("thema", "themen", "topic", "bereiche", "schwerpunkte"),
        get=lambda page: sorted(topic.key for topic in page.topics.all()),
        give=_give_topics,
    ),
    Column(
        "languages_spoken",
        _("languages spoken"),
        values.several_of(lambda words: words.spoken, listed=False),
        ("sprachen", "sprache", "languages", "language", "gesprochene sprachen"),
        "ar, de, uk",
        get=lambda page: sorted(language.code for language in page.languages_spoken.all()),
        give=_give_languages,
    ),
    Column(
        "district",
        _("district"),
        values.one_of(lambda words: words.districts),
        ("stadtteil", "bezirk", "ortsteil"),
        get=lambda page: page.district.key if page.district else "",
        give=_give_district,
    ),
    Column(
        "street",
        _("street and number"),
        values.text("street"),
        ("strasse", "straße", "street", "adresse", "anschrift", "address", "strasse und hausnummer"),
        "Musterstraße 1",
    ),
    Column("postal_code", _("postal code"), values.POSTAL_CODE, ("plz", "zip", "zip code", "postcode"), "58095"),
    Column("city", _("town"), values.text("city"), ("ort", "stadt", "city", "wohnort"), "Hagen"),
    Column(
        "phone",
        _("telephone"),
        values.phone("phone"),
        ("tel", "telefonnummer", "phone", "fon", "rufnummer", "mobil"),
        "02331 207-0",
    ),
    Column(
        "email",
        _("email address"),
        values.text("email"),
        ("email", "e mail", "mail", "e mail adresse"),
        "kontakt@verein.example",
    ),
    Column(
        "website",
        _("website"),
        values.WEBSITE,
        ("webseite", "homepage", "internet", "url", "web"),
        "https://verein.example",
    ),
    Column("whatsapp", _("WhatsApp number"), values.phone("whatsapp"), ("whatsapp",)),
    Column(
        "social_links",
        _("social media"),
        values.SOCIAL_LINKS,
        ("soziale medien", "facebook", "instagram"),
        get=lambda page: [str(link.value) for link in page.social_links],
        give=_give_links,
    ),
    Column(
        "step_free",
        _("step-free access"),
        values.STEP_FREE,
        ("barrierefrei", "stufenlos", "barrierefreiheit"),
    ),
    Column(
        "offers",
        _("regular offers"),
        values.OFFERS,
        ("angebote", "offers", "termine"),
        get=lambda page: weekly.rows_of(page.offers.all()),
        give=_give_offers,
    ),
    Column(
        "contact_email",
        _("email address for invitations"),
        values.CONTACT_EMAIL,
        ("kontakt e mail", "einladung an", "e mail fur einladungen", "contact email"),
        "vorstand@verein.example",
        on_record=True,
    ),
    Column(
        "contact_language",
        _("language of that contact"),
        values.one_of(lambda words: words.written),
        ("sprache der einladung", "kontaktsprache", "contact language"),
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
        key = meant.get(_bare(heading), "")
        found.append("" if key in found else key)
    return found


@cache
def _meanings() -> dict[str, str]:
    """Column by heading: its key, its label in both languages of the admin, and other words for it."""
    meant: dict[str, str] = {}
    for code in NAMED_IN:
        with translation.override(code):
            meant.update({_bare(str(column.label)): column.key for column in reversed(COLUMNS)})
    for column in COLUMNS:
        meant.update({_bare(heading): column.key for heading in (column.key, *column.met_as)})
    return meant


def _bare(heading: str) -> str:
    """Umlauts and signs do not matter in headings."""
    return plain(heading).replace("ß", "ss").translate(str.maketrans("äöü", "aou"))
