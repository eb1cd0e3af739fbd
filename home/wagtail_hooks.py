"""Barrier reports in the admin, and the first screen of a new installation."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.ui.components import Component

from cms.accounts import person_of
from home import setting_up_view
from home.barrier_admin import BarrierReportViewSet, ReportsPanel


@hooks.register("register_admin_viewset")
def barrier_report_viewset() -> BarrierReportViewSet:
    return BarrierReportViewSet("barrier_reports")


@hooks.register("register_admin_urls")
def set_up_url() -> list[URLPattern]:
    return [path("set-up/", setting_up_view.set_up, name="set_up")]


@hooks.register("construct_homepage_panels")
def reports_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(ReportsPanel(person_of(request)))


@hooks.register("construct_homepage_panels")
def set_up_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(setting_up_view.SetUpPanel())
