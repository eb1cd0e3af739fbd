"""Under which licence the data is given, and what a Site sets for programs and for those who find a hole."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from cms.routing import sites


@dataclass(frozen=True)
class Licence:
    """``identifier`` is that of SPDX."""

    identifier: str
    name: str
    url: str


LICENCES = {
    licence.identifier: licence
    for licence in (
        Licence(
            "DL-DE-BY-2.0",
            "Datenlizenz Deutschland – Namensnennung – Version 2.0",
            "https://www.govdata.de/dl-de/by-2-0",
        ),
        Licence(
            "DL-DE-ZERO-2.0", "Datenlizenz Deutschland – Zero – Version 2.0", "https://www.govdata.de/dl-de/zero-2-0"
        ),
        Licence("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        Licence("CC0-1.0", "Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    )
}
DEFAULT = "DL-DE-BY-2.0"


@register_setting(icon="code")
class OpenDataSettings(BaseSiteSetting):
    """What one Site says to programs and to security researchers."""

    licence = models.CharField(
        _("licence of the open data"),
        max_length=20,
        choices=[(licence.identifier, licence.name) for licence in LICENCES.values()],
        default=DEFAULT,
        help_text=_("Holds for facts and texts, not for pictures."),
    )
    attribution = models.CharField(
        _("name to be given as the source"), max_length=150, blank=True, help_text=_("Empty: the municipality.")
    )
    security_email = models.EmailField(
        _("email address for security reports"),
        blank=True,
        help_text=_("Stands in /.well-known/security.txt, where people look who have found a hole."),
    )
    security_policy = models.URLField(_("page about security reports"), blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("licence"), FieldPanel("attribution")], _("Open data")),
        MultiFieldPanel([FieldPanel("security_email"), FieldPanel("security_policy")], _("Security")),
    ]

    class Meta:
        verbose_name = _("open data and security")


def settings_of(site: Site | None) -> OpenDataSettings:
    """What is set for ``site``; the defaults where nothing is stored."""
    found = OpenDataSettings.objects.filter(site=site).first() if site else None
    return found or OpenDataSettings(site=site)


def said(site: Site | None) -> dict[str, Any]:
    """The licence as every answer says it."""
    settings, of_site = settings_of(site), sites.settings_of(site)
    licence = LICENCES.get(settings.licence, LICENCES[DEFAULT])
    return {
        "identifier": licence.identifier,
        "name": licence.name,
        "url": licence.url,
        "attribution": settings.attribution or of_site.municipality or of_site.name,
    }
