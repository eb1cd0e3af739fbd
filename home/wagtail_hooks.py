"""Barrier reports in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel

from cms.records import RecordsViewSet
from home.barrier import BarrierReport


class BarrierReportViewSet(RecordsViewSet):
    """Read, answer, tick off; nothing is added by hand."""

    model = BarrierReport
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
