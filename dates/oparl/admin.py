"""Where imports are found in the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from dates.oparl import permissions, views


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_keep_sources(request.user)


class OParlViewSet(ViewSet):
    icon = "download"
    menu_label = _("Import (OParl)")
    menu_item_class = ImportMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", views.overview, name="index"),
            path("add/", views.add, name="add"),
            path("<int:pk>/", views.source, name="source"),
            path("<int:pk>/run/", views.run, name="run"),
            path("<int:pk>/remove/", views.remove, name="remove"),
            path("meetings/<int:pk>/looked-at/", views.looked_at, name="looked_at"),
            path("sessions/<int:pk>/<slug:field>/", views.take_imported, name="take_imported"),
        ]
