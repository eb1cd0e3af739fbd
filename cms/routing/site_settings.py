"""What one municipality sets for its own Site: nothing about a city is written in code."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter
from wagtail.blocks.field_block import FieldBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.localization.localized_text import (
    LocalizedText,
    LocalizedTextField,
    LocalizedTextFormField,
    LocalizedTextWidget,
    by_language,
    choose,
)
from cms.pages.contacts import ContactPoint
from cms.pages.streams import StreamField

DEFAULT_ACCENT = "#0b4f8a"
MINIMUM_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3 (AA) for text."""
NORTH_RHINE_WESTPHALIA = "NW"
STATES = [
    ("BW", "Baden-Württemberg"),
    ("BY", "Bayern"),
    ("BE", "Berlin"),
    ("BB", "Brandenburg"),
    ("HB", "Bremen"),
    ("HH", "Hamburg"),
    ("HE", "Hessen"),
    ("MV", "Mecklenburg-Vorpommern"),
    ("NI", "Niedersachsen"),
    ("NW", "Nordrhein-Westfalen"),
    ("RP", "Rheinland-Pfalz"),
    ("SL", "Saarland"),
    ("SN", "Sachsen"),
    ("ST", "Sachsen-Anhalt"),
    ("SH", "Schleswig-Holstein"),
    ("TH", "Thüringen"),
]
"""ISO 3166-2:DE; the names that German authorities use."""


class LocalizedTextWidgetAdapter(WidgetAdapter):
    """Streams draw their widgets by script, and Wagtail's own looks for one input named as the block."""

    js_constructor = "cms.words.LocalizedTextWidget"

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["cms/words_widget.js"])


register(LocalizedTextWidgetAdapter(), LocalizedTextWidget)


class LocalizedTextBlock(FieldBlock):
    """Its value is ``{language: text}`` everywhere: stored, typed, and typed but refused."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: object) -> None:
        self.field = LocalizedTextFormField(required=required, help_text=help_text)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dict[str, str]:
        return by_language(value)

    def normalize(self, value: Any) -> dict[str, str]:
        return by_language(value)

    def value_from_form(self, value: Any) -> dict[str, str]:
        return by_language(value)

    def value_for_form(self, value: Any) -> list[str]:
        """What the inputs would send, which is what the form's field reads."""
        texts: list[str] = self.field.widget.decompress(by_language(value))
        return texts


class FooterLinkBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(required=False, label=_("page"))
    url = blocks.URLBlock(required=False, label=_("or address"))
    label = LocalizedTextBlock(required=False, label=_("label"), help_text=_("Empty: the title of the page."))

    class Meta:
        label = _("link")
        icon = "link"


@dataclass(frozen=True)
class FooterEntry:
    page_id: int | None
    url: str
    label: dict[str, str]


def relative_luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    channels = [int(colour[position : position + 2], 16) / 255 for position in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((relative_luminance(first), relative_luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def validate_accent(colour: str) -> None:
    """White text on the accent and accent text on white must be readable; dark mode lightens it by rule."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValidationError(_("Write the colour as six hexadecimal digits, for example #0b4f8a."))
    ratio = contrast(colour, "#ffffff")
    if ratio < MINIMUM_CONTRAST:
        raise ValidationError(
            _("This colour is too light: its contrast with white is %(ratio)s, at least %(minimum)s is needed."),
            params={"ratio": f"{ratio:.1f}", "minimum": MINIMUM_CONTRAST},
        )


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Name, look and offices of one municipality's site."""

    name = models.CharField(_("name of the site"), max_length=100, default="Miteinander")
    municipality = models.CharField(_("municipality"), max_length=100, blank=True)
    federal_state = models.CharField(
        _("federal state"),
        max_length=2,
        choices=STATES,
        default=NORTH_RHINE_WESTPHALIA,
        help_text=_("Its public and school holidays are left out by events that say so."),
    )
    claim = LocalizedTextField(_("claim"), blank=True)
    accent_colour = models.CharField(
        _("accent colour"), max_length=7, default=DEFAULT_ACCENT, validators=[validate_accent]
    )
    offices = StreamField(
        [("office", SnippetChooserBlock(ContactPoint))], blank=True, verbose_name=_("offices in the footer")
    )
    footer_links = StreamField([("link", FooterLinkBlock())], blank=True, verbose_name=_("links in the footer"))
    press_responsible = models.TextField(
        _("responsible for press content"), blank=True, help_text=_("Name and address, as required by § 18 (2) MStV.")
    )
    barrier_report_email = models.EmailField(
        _("email address for barrier reports"), blank=True, help_text=_("Reports are always kept in the admin as well.")
    )
    ki_may_review = models.BooleanField(
        _("the integration centre reviews as well"),
        default=False,
        help_text=_("What organisations send can then be approved by the press office or by the integration centre."),
    )
    translations_follow = models.BooleanField(
        _("translations follow by themselves"),
        default=True,
        help_text=_(
            "When a German sentence is removed or moved, or a picture is changed, the translations that need no new "
            "words take it over at once. Otherwise one press under “Translations” does it for all."
        ),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("municipality"),
                FieldPanel("federal_state"),
                FieldPanel("claim"),
                FieldPanel("accent_colour"),
            ],
            pgettext_lazy("website", "Site"),
        ),
        FieldPanel("offices"),
        FieldPanel("footer_links"),
        MultiFieldPanel(
            [
                FieldPanel("press_responsible"),
                FieldPanel(
                    "barrier_report_email",
                    help_text=_("Without it the page names the offices of the footer instead of showing the form."),
                ),
                FieldPanel("ki_may_review"),
            ],
            _("Responsibility"),
        ),
        MultiFieldPanel([FieldPanel("translations_follow")], _("Translations")),
    ]

    class Meta:
        verbose_name = _("site settings")

    @property
    def claim_words(self) -> LocalizedText:
        return choose(self.claim)

    @property
    def footer_entries(self) -> list[FooterEntry]:
        return [
            FooterEntry(value.get("page"), value.get("url") or "", value.get("label") or {})
            for value in (row.get("value", {}) for row in self.footer_links.raw_data)
        ]

    @property
    def footer_page_ids(self) -> list[int]:
        return [entry.page_id for entry in self.footer_entries if entry.page_id]

    def chosen_offices(self) -> list[ContactPoint]:
        """The contact points of the footer in their order; at most one query."""
        ids = [row["value"] for row in self.offices.raw_data]
        found = ContactPoint.objects.in_bulk(ids) if ids else {}
        return [found[pk] for pk in ids if pk in found]
