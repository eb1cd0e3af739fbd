"""What the admin shows of this app."""

from wagtail import hooks

from dates.council_admin import CouncilViewSetGroup
from dates.following.admin import FollowedCalendarViewSet


@hooks.register("register_admin_viewset")
def council_viewsets() -> CouncilViewSetGroup:
    return CouncilViewSetGroup()


@hooks.register("register_admin_viewset")
def followed_calendars() -> FollowedCalendarViewSet:
    return FollowedCalendarViewSet("followed_calendars")
