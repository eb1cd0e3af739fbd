"""What editors fill in for an event, in the order of their questions: when, where, who, what."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import TextFieldComparison
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel


class RuleComparison(TextFieldComparison):
    """Two versions of a rule, each as a sentence."""

    def __init__(self, field: Any, before: Any, after: Any) -> None:
        super().__init__(field, before, after)
        self.val_a, self.val_b = before.repeats, after.repeats


class PatternPanel(FieldPanel):
    """The field with which a rule begins; for comparisons it stands for the whole rule."""

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            return [partial(RuleComparison, self.panel.model._meta.get_field("recurrence"))]


PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
            FieldPanel("all_day"),
            FieldPanel("is_cancelled"),
        ],
        _("When"),
    ),
    MultiFieldPanel(
        [
            PatternPanel("repeat_pattern"),
            FieldPanel("repeat_interval"),
            FieldPanel("repeat_weekdays", classname="repeat-ticks"),
            FieldPanel("repeat_nths", classname="repeat-ticks"),
            FieldRowPanel([FieldPanel("recurrence_until"), FieldPanel("repeat_count")]),
            FieldRowPanel([FieldPanel("skips_public_holidays"), FieldPanel("skips_school_holidays")]),
            InlinePanel("breaks", heading=_("Not from … to …"), label=_("break")),
        ],
        _("Again and again"),
    ),
    MultiFieldPanel(
        [
            InlinePanel("exceptions", heading=_("Dates that are cancelled or moved"), label=_("exception")),
            InlinePanel("additions", heading=_("Further dates"), label=_("further date")),
        ],
        _("Single dates"),
    ),
    MultiFieldPanel(
        [FieldPanel("place"), FieldPanel("place_name", widget=forms.Textarea(attrs={"rows": 2}))], _("Where")
    ),
    MultiFieldPanel(
        [FieldPanel("organiser"), FieldPanel("organiser_name"), FieldPanel("series")],
        _("Organiser"),
    ),
    FieldPanel("lead"),
    FieldPanel("body"),
    MultiFieldPanel(
        [
            FieldPanel("topics"),
            FieldPanel("language_codes"),
            FieldPanel("for_whom"),
            FieldRowPanel([FieldPanel("is_free"), FieldPanel("price")]),
        ],
        _("For whom"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("registration"),
            FieldPanel("registration_email"),
            FieldPanel("registration_phone"),
            FieldPanel("registration_url"),
        ],
        _("Registration"),
    ),
    MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Picture")),
]
