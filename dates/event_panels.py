"""What editors fill in for an event, in the order of their questions: when, where, who, what."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

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
            FieldRowPanel([FieldPanel("repeat_pattern"), FieldPanel("repeat_interval")]),
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
    MultiFieldPanel([FieldPanel("place"), FieldPanel("place_name")], _("Where")),
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
