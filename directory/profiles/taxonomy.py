"""What organisations are sorted by beside topics: districts and languages spoken."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.models import Site
from wagtail.snippets.models import register_snippet

from cms.localization import languages
from cms.localization.localized_text import LocalizedText

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

    panels = [*map(FieldPanel, ("site", "key", "name", "postal_codes"))]

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
    """A list of language codes out of ``SPOKEN``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[str]:
        """Whatever is stored, readers get languages that have a name."""
        found = super().from_db_value(value, expression, connection)
        return [code for code in found if code in SPOKEN] if isinstance(found, list) else []

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
