"""What editors fill in for an event, in the order of their questions: when, where, who, what."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
            FieldPanel("all_day"),
            FieldRowPanel([FieldPanel("recurrence"), FieldPanel("recurrence_until")]),
            FieldPanel("is_cancelled"),
        ],
        _("When"),
    ),
    InlinePanel(
        "exceptions",
        heading=_("Days on which a recurring event is cancelled or takes place at another time"),
        label=_("exception"),
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
