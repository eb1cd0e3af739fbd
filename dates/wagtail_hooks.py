"""What the admin shows of this app."""

from wagtail import hooks

from dates import event_admin
from dates.council_admin import CouncilViewSetGroup
from dates.following.admin import FollowedCalendarViewSet


@hooks.register("register_admin_viewset")
def council_viewsets() -> CouncilViewSetGroup:
    return CouncilViewSetGroup()


@hooks.register("register_admin_viewset")
def followed_calendars() -> FollowedCalendarViewSet:
    return FollowedCalendarViewSet("followed_calendars")


hooks.register("after_create_page", event_admin.warn)
hooks.register("after_edit_page", event_admin.warn)
