"""Followed calendars in the admin: which there are, how the last look went, in words."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from dates.calendar_import.models import FollowedCalendar


class FollowedCalendarViewSet(ModelViewSet):
    model = FollowedCalendar
    icon = "calendar-alt"
    menu_label = _("Followed calendars")
    add_to_settings_menu = True
    list_display = [
        "organisation",
        "url",
        "is_active",
        Column("sentence", label=_("Result")),
        DateColumn("looked_at", label=_("Last look")),
    ]
    list_filter = ["is_active", "outcome"]
    inspect_view_enabled = False
    copy_view_enabled = False
