"""What the admin shows of this app."""

from wagtail import hooks

from dates.council_admin import CouncilViewSetGroup


@hooks.register("register_admin_viewset")
def council_viewsets() -> CouncilViewSetGroup:
    return CouncilViewSetGroup()
