"""Whom to ask: an office or role with its telephone, e-mail and opening hours."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from cms.localization import formats, phones
from cms.localization.localized_text import LocalizedText, LocalizedTextField, choose
from cms.pages.streams import StreamField

WEEKDAYS = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]
"""ISO 8601 weekday numbers for the editors' forms; visitors read names from CLDR."""


class PhoneField(models.CharField):
    """A telephone number, stored in E.164 however it was typed; a short one (115) unless ``short`` is False."""

    def __init__(self, *args: Any, short: bool = True, **kwargs: Any) -> None:
        self.short = short
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return text
        try:
            number = phones.parse(text)
            if not (self.short or number.startswith("+")):
                raise phones.invalid(text)
            return number
        except phones.InvalidPhoneNumber as error:
            raise ValidationError(str(error)) from error


class PhoneBlock(blocks.CharBlock):
    """The same in a stream."""

    def clean(self, value: Any) -> Any:
        try:
            return phones.parse(super().clean(value))
        except phones.InvalidPhoneNumber as error:
            raise ValidationError(str(error)) from error


class HoursBlock(blocks.StructBlock):
    """One row of opening hours: a fact, rendered in every language by rule."""

    weekday = blocks.ChoiceBlock(choices=[(str(number), name) for number, name in WEEKDAYS], label=_("weekday"))
    opens = blocks.TimeBlock(label=_("from"))
    closes = blocks.TimeBlock(label=_("to"))

    class Meta:
        label = _("opening hours")
        icon = "time"


@register_snippet
class ContactPoint(models.Model):
    """An office or role, never a private person. Facts once, its few words in every language."""

    key = models.SlugField(_("key"), unique=True, help_text=_("Short name for editors, for example: ki"))
    office = LocalizedTextField(_("office"))
    role = LocalizedTextField(_("role or department"), blank=True)
    note = LocalizedTextField(_("what to ask here"), blank=True)
    phone = PhoneField(_("telephone"), blank=True)
    email = models.EmailField(_("email address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    opening_hours = StreamField([("hours", HoursBlock())], blank=True, verbose_name=_("opening hours"))

    panels = [
        FieldPanel("key"),
        FieldPanel("office"),
        FieldPanel("role"),
        FieldPanel("note"),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")], _("Contact")),
        FieldPanel("opening_hours"),
    ]
    search_fields = [index.SearchField("key"), index.AutocompleteField("key")]

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        ordering = ["key"]

    def __str__(self) -> str:
        return str(choose(self.office)) or self.key

    @property
    def office_name(self) -> LocalizedText:
        return choose(self.office)

    @property
    def role_name(self) -> LocalizedText:
        return choose(self.role)

    @property
    def hours(self) -> list[dict[str, Any]]:
        """Rows of ``weekday`` (name in the reader's language), ``opens`` and ``closes``."""
        return [
            {
                "weekday": formats.weekday_name(int(row.value["weekday"])),
                "opens": row.value["opens"],
                "closes": row.value["closes"],
            }
            for row in self.opening_hours
        ]
