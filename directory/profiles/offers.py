"""What an organisation offers every week."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import TranslatableField

from cms.localization import languages
from cms.pages.contacts import WEEKDAYS
from cms.pages.facts import copied, facts
from directory.profiles.taxonomy import LanguageCodesField


class Offer(TranslatableMixin, Orderable):
    """Something that happens every week: weekday, time and languages are facts, the rest are words."""

    FACTS = (*facts("weekday starts ends language_codes", is_trusted=True), *facts("sort_order"))

    organisation = ParentalKey("directory.OrganisationPage", on_delete=models.CASCADE, related_name="offers")
    what = models.CharField(_("what"), max_length=150)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=150, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=150, blank=True)
    language_codes = LanguageCodesField(_("languages"), blank=True)

    panels = [
        FieldPanel("what"),
        FieldRowPanel([FieldPanel("weekday"), FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("place"),
        FieldPanel("for_whom"),
        FieldPanel("language_codes"),
    ]
    override_translatable_fields = [
        TranslatableField("what"),
        TranslatableField("place"),
        TranslatableField("for_whom"),
        *copied(FACTS),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("offer")
        verbose_name_plural = _("offers")

    def __str__(self) -> str:
        return self.what

    @property
    def spoken(self) -> list[str]:
        reader = languages.active().code
        return sorted(languages.name_in(code, reader) for code in self.language_codes)
