"""Barrier reports in the admin, and the first screen of a new installation."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.views import generic
from wagtail.models import Site
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.records import RecordsViewSet
from home import setting_up_view
from home.barrier import BarrierReport


def _sites_of(user: Any) -> list[int]:
    """Numbers of the Sites whose home page ``user`` may edit."""
    homes = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return list(Site.objects.filter(root_page__in=homes.order_by().values("pk")).values_list("pk", flat=True))


class OwnReportsMixin:
    """Reports hold addresses of people: each is for those who edit the Site that it is about."""

    request: HttpRequest

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().filter(site__in=_sites_of(self.request.user))  # type: ignore[misc]

    def get_object(self, queryset: Any = None) -> BarrierReport:
        found: BarrierReport = super().get_object(queryset)  # type: ignore[misc]
        if found.site_id not in _sites_of(self.request.user):
            raise PermissionDenied
        return found


class IndexView(OwnReportsMixin, generic.IndexView):
    pass


class EditView(OwnReportsMixin, generic.EditView):
    pass


class BarrierReportViewSet(RecordsViewSet):
    """Read, answer, tick off; nothing is added by hand."""

    model = BarrierReport
    index_view_class = IndexView
    edit_view_class = EditView
    icon = "warning"
    menu_label = _("Barrier reports")
    menu_order = 800
    add_to_admin_menu = True
    list_display = ["created_at", "page", "email", "done"]
    list_filter = ["done", "language"]
    panels = [
        FieldPanel("message", read_only=True),
        FieldPanel("page", read_only=True),
        FieldPanel("email", read_only=True),
        FieldPanel("done"),
    ]


@hooks.register("register_admin_viewset")
def barrier_report_viewset() -> BarrierReportViewSet:
    return BarrierReportViewSet("barrier_reports")


@hooks.register("register_admin_urls")
def set_up_url() -> list[URLPattern]:
    return [path("set-up/", setting_up_view.set_up, name="set_up")]


@hooks.register("construct_homepage_panels")
def set_up_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(setting_up_view.SetUpPanel())
