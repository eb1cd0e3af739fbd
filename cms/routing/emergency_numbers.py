"""Whom to call in an emergency: numbers that each municipality fills in, shown where people look for help."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.localization import languages
from cms.localization.localized_text import LocalizedText, choose
from cms.pages.contacts import PhoneBlock
from cms.pages.streams import StreamField
from cms.routing import sites
from cms.routing.site_settings import LocalizedTextBlock


def languages_of_the_site() -> list[tuple[str, str]]:
    return [(each.code, each.native_name) for each in languages.LANGUAGES if each.code != "de-simple"]


class EmergencyNumberBlock(blocks.StructBlock):
    number = PhoneBlock(max_length=32, label=_("telephone"))
    purpose = LocalizedTextBlock(label=_("in which emergency"))
    hours = LocalizedTextBlock(required=False, label=_("when"), help_text=_("Empty: day and night."))
    spoken = blocks.MultipleChoiceBlock(required=False, choices=languages_of_the_site, label=_("languages spoken"))

    class Meta:
        label = _("emergency number")
        icon = "warning"


@dataclass(frozen=True)
class EmergencyNumber:
    """``spoken``: names of languages, in the reader's."""

    number: str
    purpose: LocalizedText
    hours: LocalizedText
    spoken: tuple[str, ...] = ()


@register_setting(icon="warning")
class EmergencyNumbers(BaseSiteSetting):
    """The numbers of one municipality's site."""

    numbers = StreamField([("number", EmergencyNumberBlock())], blank=True, verbose_name=_("emergency numbers"))

    panels = [FieldPanel("numbers")]

    class Meta:
        verbose_name = _("emergency numbers")

    def in_words(self) -> list[EmergencyNumber]:
        """In their order, in the reader's language; what has no number is left out."""
        reader = languages.active().code
        rows = [row.get("value") or {} for row in self.numbers.raw_data]
        return [
            EmergencyNumber(
                row["number"],
                choose(row.get("purpose")),
                choose(row.get("hours")),
                tuple(languages.name_in(code, reader) for code in row.get("spoken") or () if code in languages.BY_CODE),
            )
            for row in rows
            if row.get("number")
        ]


def of_request(request: HttpRequest) -> list[EmergencyNumber]:
    """Those of the Site that is being read; one query."""
    found = EmergencyNumbers.objects.filter(site=sites.of_request(request)).first()
    return found.in_words() if found else []
