"""What groups events: the "Interkulturelle Wochen", a year of lectures."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet

from cms.localization.localized_text import LocalizedText, LocalizedTextField, choose
from cms.localization.named import Named


@register_snippet
class EventSeries(Named):
    """A name under which several events are announced, with words in every language."""

    key = models.SlugField(_("key"), unique=True, help_text=_("Part of addresses, for example: interkulturelle-wochen"))
    description = LocalizedTextField(_("description"), multiline=True, max_words_length=1000, blank=True)
    is_example = models.BooleanField(default=False, editable=False)

    panels = [FieldPanel("key"), FieldPanel("name"), FieldPanel("description")]

    class Meta(Named.Meta):
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")

    @property
    def description_words(self) -> LocalizedText:
        return choose(self.description)
