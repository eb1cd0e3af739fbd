"""The facts of an organisation, each declared once.

A field of ``OrganisationPage`` with a line here is translated (that is: copied), reviewed or trusted, shown, found,
listed and written by members as the line says; nothing else names it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.localization import formats
from cms.localization.localized_text import LocalizedText
from cms.pages.facts import Fact

YES = "1"
"""What an address says of a box that is ticked."""


@dataclass(frozen=True)
class ProfileFact(Fact):
    """``is_trusted`` unless it says otherwise. What is empty is not done.

    ``part``: key of the part of "My organisation" whose form shows it after the fields that it arranges by itself.
    ``is_shown``: a line of its own among the details of the profile.
    ``asked_as``: the parameter by which the directory is narrowed down to it; ``asked_with``: the words of that filter
    and of its choice of all (a box to tick needs none); ``is_choice``: which of the keys and rows it offers.
    ``headings``: of columns in lists that mean it, beside its label; ``column``: what our own lists call it where that
    is not its label; ``example``: a cell of our template.
    ``schema_org``: the property that says it to programs; several facts may share one.
    """

    is_trusted: bool = True
    part: str = ""
    is_shown: bool = False
    asked_as: str = ""
    asked_with: tuple[str | Promise, str | Promise] = ("", "")
    is_choice: Callable[[str, Any], bool] = lambda _key, _row: True
    headings: tuple[str, ...] = ()
    column: str | Promise = ""
    example: str = ""
    schema_org: str = ""

    @property
    def is_box(self) -> bool:
        """Whether the directory asks for it with a box to tick."""
        return bool(self.asked_as) and not any(self.asked_with)

    def label_on(self, page: Any) -> str:
        return capfirst(str(page._meta.get_field(self.name).verbose_name))

    def values_on(self, page: Any) -> dict[str, Any]:
        """What ``page`` says, by the keys that addresses and lists use; empty where nothing is known."""
        field, value = page._meta.get_field(self.name), getattr(page, self.name)
        if field.many_to_many:
            return {row.key: row for row in value.all()}
        if isinstance(field, models.BooleanField):
            return {YES: gettext("yes")} if value else {}
        if field.is_relation:
            return {value.key: value} if value else {}
        named = dict(field.flatchoices)
        return {value: named.get(value)} if named.get(value) and value else {}

    def said_on(self, page: Any) -> LocalizedText | str:
        """The same as readers see it."""
        said = [label_of(value) for value in self.values_on(page).values()]
        return said[0] if len(said) == 1 else formats.list_of(sorted(map(str, said)))


def label_of(value: Any) -> LocalizedText | str:
    """Of a row or of a choice."""
    return getattr(value, "label", None) or str(value)


FACTS: tuple[ProfileFact, ...] = (
    ProfileFact(
        "title",
        is_trusted=False,
        headings=("Name", "Verein", "Deutscher Name"),
        column=_("name"),
        example="Brücke e.V.",
        schema_org="name",
    ),
    ProfileFact(
        "native_name",
        is_trusted=False,
        headings=("Eigener Name", "Name in eigener Sprache", "Muttersprachlicher Name"),
        example="جمعية الجسر",
        schema_org="alternateName",
    ),
    ProfileFact(
        "short_name",
        is_trusted=False,
        headings=("Kurzname", "Kurzform", "Abkürzung", "Abk.", "Abbreviation"),
        example="BB e.V.",
        schema_org="alternateName",
    ),
    ProfileFact(
        "former_names",
        is_trusted=False,
        headings=("Frühere Namen", "Ehemals"),
        schema_org="alternateName",
    ),
    ProfileFact(
        "native_language",
        is_trusted=False,
        headings=("Sprache des Namens", "Eigene Sprache"),
        column=_("language of that name"),
        example="ar",
    ),
    *(ProfileFact(name, is_trusted=False) for name in ("seo_title", "own_short_description", "own_about", "logo")),
    ProfileFact(
        "languages_spoken",
        asked_as="language",
        asked_with=(_("Language"), _("All languages")),
        headings=("Sprachen", "Gesprochene Sprachen"),
        example="ar, de, uk",
    ),
    ProfileFact(
        "topics",
        asked_as="topic",
        asked_with=(_("Topic"), _("All topics")),
        is_choice=lambda _key, topic: not topic.is_audience,
        headings=("Themen",),
    ),
    ProfileFact(
        "district",
        is_shown=True,
        asked_as="district",
        asked_with=(_("District"), _("All districts")),
        headings=("Stadtteil",),
    ),
    ProfileFact(
        "street",
        headings=("Straße", "Adresse", "Straße und Hausnummer", "Straße, Nr.", "Straßenname"),
        example="Musterstraße 1",
    ),
    ProfileFact("postal_code", headings=("PLZ", "Post code"), example="58095"),
    ProfileFact("city", headings=("Ort", "Ortsname"), example="Hagen"),
    ProfileFact("phone", headings=("Telefon",), example="02331 207-0", schema_org="telephone"),
    ProfileFact("email", headings=("E-Mail",), example="kontakt@verein.example", schema_org="email"),
    ProfileFact("website", headings=("Website", "Link"), example="https://verein.example"),
    ProfileFact("whatsapp", headings=("WhatsApp",)),
    ProfileFact("social_links", headings=("Soziale Medien",)),
    ProfileFact(
        "step_free",
        part="address",
        is_shown=True,
        asked_as="step-free",
        is_choice=lambda key, _row: key == "yes",
        headings=("Barrierefrei", "Zugänglichkeit"),
    ),
    *map(
        ProfileFact, "latitude longitude opening_hours special_hours by_appointment closed_on_public_holidays".split()
    ),
)
SHOWN = [fact for fact in FACTS if fact.is_shown]
AUDIENCE = ProfileFact(
    "topics",
    asked_as="for",
    asked_with=(_("For whom"), _("Everybody")),
    is_choice=lambda _key, topic: topic.is_audience,
)
"""Some topics say for whom an organisation is there: asked beside the others."""
ASKED = [*(fact for fact in FACTS if fact.asked_as), AUDIENCE]


def further(part: str) -> list[str]:
    """Names of those that the form of a part shows by itself."""
    return [fact.name for fact in FACTS if fact.part == part]
