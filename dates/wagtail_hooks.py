"""What the admin shows of this app."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from dates.calendar_import.admin import FollowedCalendarViewSet
from dates.council.admin import CouncilViewSetGroup
from dates.events import event_warnings
from dates.holidays.school_holidays_admin import SchoolHolidayViewSet
from dates.oparl import permissions
from dates.oparl.panels import ImportsPanel


@hooks.register("register_admin_viewset")
def council_viewsets() -> CouncilViewSetGroup:
    return CouncilViewSetGroup()


@hooks.register("register_admin_viewset")
def followed_calendars() -> FollowedCalendarViewSet:
    return FollowedCalendarViewSet("followed_calendars")


@hooks.register("register_admin_viewset")
def school_holidays() -> SchoolHolidayViewSet:
    return SchoolHolidayViewSet("school_holidays")


hooks.register("after_create_page", event_warnings.warn)
hooks.register("after_edit_page", event_warnings.warn)


@hooks.register("construct_homepage_panels")
def how_imports_are(request: HttpRequest, panels: list[Any]) -> None:
    if permissions.may_keep_sources(request.user):
        panels.append(ImportsPanel())
