"""What organisations are sorted by beside topics: districts and languages spoken."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Site
from wagtail.snippets.models import register_snippet

from cms.localization import languages
from cms.localization.localized_text import LocalizedText
from directory.map.geometry import Point, Ring, middle
from directory.profiles.coordinates import point_of

SPOKEN = (
    "de ar en uk tr ru fa bg ro sq am az bn bs ckb cs da el es et fi fr he hi hr hu hy id it ja ka kk ko ku lt lv mk "
    "ne nl pl ps pt rom sk sl so sr sv sw ta th ti ur uz vi wo yi zh"
).split()
"""BCP 47 codes from which organisations choose the languages they speak; names come from CLDR."""

CODE = re.compile(r"[0-9]{5}")
"""A German postal code."""


@register_snippet
class District(models.Model):
    """A part of a municipality; each Site has its own."""

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="districts", verbose_name=pgettext_lazy("website", "site")
    )
    key = models.SlugField(_("key"))
    name = models.CharField(_("name"), max_length=100)
    postal_codes = models.CharField(
        _("postal codes"),
        max_length=500,
        blank=True,
        help_text=_(
            "Those that lie in this district only, with commas between them. Organisations with such an address are "
            "found here even if they have not chosen a district."
        ),
    )
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("Of the middle of the district, from where distances are counted. Empty: the middle of its shape."),
    )
    shape = models.JSONField(default=list, blank=True, editable=False)
    """Rings of longitudes and latitudes, the largest first."""
    is_schematic = models.BooleanField(default=False, editable=False)
    """Its shape is only roughly that of the district."""

    panels = [
        *map(FieldPanel, ("site", "key", "name", "postal_codes")),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
    ]

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["site", "name"]
        constraints = [models.UniqueConstraint(fields=["site", "key"], name="district_key_unique_in_site")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> LocalizedText:
        """The name is a proper name, the same in every language."""
        return LocalizedText(self.name, languages.SOURCE)

    @property
    def rings(self) -> list[Ring]:
        return [[(each[0], each[1]) for each in ring] for ring in self.shape]

    @property
    def centre(self) -> Point | None:
        """Where it is, as far as somebody has said so or its shape tells."""
        return point_of(self) or (middle(self.rings[0]) if self.shape else None)

    @property
    def codes(self) -> list[str]:
        return re.findall(r"[0-9]+", self.postal_codes)

    def clean(self) -> None:
        super().clean()
        if odd := [part for part in re.split(r"[\s,;]+", self.postal_codes) if part and not CODE.fullmatch(part)]:
            raise ValidationError({"postal_codes": _("“%(text)s” is not a postal code.") % {"text": odd[0]}})
        others = District.objects.filter(site_id=self.site_id).exclude(pk=self.pk)
        if twice := next(((code, each) for each in others for code in each.codes if code in self.codes), None):
            code, other = twice
            said = {"code": code, "district": other.name}
            raise ValidationError({"postal_codes": _("%(code)s is a postal code of %(district)s already.") % said})
        self.postal_codes = ", ".join(self.codes)

    @classmethod
    def offered(cls, site: Site | None) -> models.QuerySet["District"]:
        return cls.objects.filter(site=site)


class SpokenLanguage(models.Model):
    """A language that organisations may speak."""

    code = models.CharField(max_length=16, primary_key=True)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["code"]

    def __str__(self) -> str:
        return languages.name_in(self.code, languages.active().code)

    @property
    def key(self) -> str:
        return self.code


class LanguageCodesField(models.JSONField):
    """A list of language codes out of ``SPOKEN``; their order says nothing, so that it is always the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[str]:
        """Whatever is stored, readers get languages that have a name."""
        found = super().from_db_value(value, expression, connection)
        return sorted(code for code in found if code in SPOKEN) if isinstance(found, list) else []

    def to_python(self, value: Any) -> Any:
        return sorted(value) if isinstance(value, list) else value

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(self.to_python(value))

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=lambda: [(code, languages.name_in(code, languages.active().code)) for code in SPOKEN],
            required=False,
            label=self.verbose_name,
            widget=forms.SelectMultiple(attrs={"size": 6}),
        )


def create_languages(**_signal: object) -> None:
    """After migrations: a row for each language of ``SPOKEN``."""
    SpokenLanguage.objects.bulk_create([SpokenLanguage(code=code) for code in SPOKEN], ignore_conflicts=True)
