"""Council bodies and sessions in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from dates import event_admin
from dates.models import CouncilBody, CouncilSession


class CouncilSessionViewSet(ModelViewSet):
    """A plain form without revisions: a draft here could overwrite a date that was changed meanwhile."""

    model = CouncilSession
    icon = "date"
    menu_label = _("Sessions")
    list_display = ["short_title", "start", "place", "status", "is_public"]
    list_filter = ["year", "status", "body"]
    inspect_view_enabled = False
    copy_view_enabled = True


class CouncilBodyViewSet(ModelViewSet):
    model = CouncilBody
    icon = "group"
    menu_label = _("Bodies")
    list_display = ["__str__", "key"]


class CouncilViewSetGroup(ViewSetGroup):
    menu_label = _("Council")
    menu_icon = "date"
    menu_order = 250
    items = (CouncilSessionViewSet("sessions"), CouncilBodyViewSet("bodies"))


@hooks.register("register_admin_viewset")
def council_viewsets() -> CouncilViewSetGroup:
    return CouncilViewSetGroup()


hooks.register("after_create_page", event_admin.warn)
hooks.register("after_edit_page", event_admin.warn)
