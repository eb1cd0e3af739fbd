"""Points of the agenda of a session: what it is about, and what became of it. Titles are German words, as they came."""

from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.localization import languages
from cms.localization.localized_text import LocalizedText
from dates.council.sessions import CouncilSession

FIELDS = ("number", "title", "paper_url", "is_public", "result", "result_words", "sort_order")
"""What an import writes, and a person may set against it."""


class ItemResult(models.TextChoices):
    """What became of a point; visitors read the sentence of ``RESULTS``."""

    ADOPTED = "adopted", pgettext_lazy("agenda item", "adopted")
    CHANGED = "changed", pgettext_lazy("agenda item", "adopted with changes")
    REJECTED = "rejected", pgettext_lazy("agenda item", "rejected")
    NOTED = "noted", pgettext_lazy("agenda item", "noted")
    POSTPONED = "postponed", pgettext_lazy("agenda item", "postponed")
    REFERRED = "referred", pgettext_lazy("agenda item", "referred")


RESULTS: dict[str, str | Promise] = {
    ItemResult.ADOPTED: _("The council agreed."),
    ItemResult.CHANGED: _("The council agreed with changes."),
    ItemResult.REJECTED: _("The council did not agree."),
    ItemResult.NOTED: _("The council was informed. There was no vote."),
    ItemResult.POSTPONED: _("The council will decide at a later meeting."),
    ItemResult.REFERRED: _("Another committee deals with it."),
}


class AgendaItem(Orderable):
    """A point of an agenda, typed or imported."""

    session = ParentalKey(CouncilSession, on_delete=models.CASCADE, related_name="agenda")
    number = models.CharField(pgettext_lazy("agenda item", "number"), max_length=20, blank=True)
    title = models.CharField(_("what it is about"), max_length=500, help_text=_("In German, as in the invitation."))
    paper_url = models.URLField(_("paper"), blank=True)
    is_public = models.BooleanField(_("shown on the website"), default=True)
    result = models.CharField(_("result"), max_length=10, choices=ItemResult.choices, blank=True)
    result_words = models.CharField(
        _("result in a few words"),
        max_length=200,
        blank=True,
        help_text=_("In German. Only if none of the results above says it."),
    )
    oparl_id = models.CharField(max_length=500, blank=True, editable=False)
    """Empty for what was typed."""
    overridden = models.JSONField(default=list, editable=False)
    """Names of fields that a person has set since; an import leaves them alone."""

    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("is_public")]),
        FieldPanel("title"),
        FieldPanel("paper_url"),
        FieldPanel("result"),
        FieldPanel("result_words"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def label(self) -> LocalizedText:
        return LocalizedText(self.title, languages.SOURCE)

    @property
    def result_label(self) -> LocalizedText | str:
        """A sentence in the reader's language, or German words."""
        if self.result:
            return str(RESULTS.get(self.result, ""))
        return LocalizedText(self.result_words, languages.SOURCE) if self.result_words else ""


def stored(session: CouncilSession) -> dict[str, dict[str, Any]]:
    """Imported points as they stand in the database, by the id that the server gave them."""
    rows = AgendaItem.objects.filter(session=session).exclude(oparl_id="")
    return {row.oparl_id: {name: getattr(row, name) for name in FIELDS} for row in rows}


def note_edits(*, session: CouncilSession, before: dict[str, dict[str, Any]]) -> None:
    """After a person has saved the agenda: an import touches neither what was changed nor what was taken out."""
    rows = {row.oparl_id: row for row in AgendaItem.objects.filter(session=session).exclude(oparl_id="")}
    for identity, row in rows.items():
        changed = {name for name in FIELDS if before.get(identity, {}).get(name) != getattr(row, name)}
        if identity in before and changed:
            row.overridden = sorted({*row.overridden, *changed})
            row.save(update_fields=["overridden"])
    removed = before.keys() - rows.keys()
    if removed:
        session.agenda_removed = sorted({*session.agenda_removed, *removed})
        session.save(update_fields=["agenda_removed"])
