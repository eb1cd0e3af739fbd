"""Lists of organisations in the menu of the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from directory import permissions
from directory.spreadsheet import urls as own


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    return [path("organisations/lists/", include((own.urlpatterns, "spreadsheet"), namespace="spreadsheet"))]


class ListsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_keep_some_directory(request.user)


@hooks.register("register_admin_menu_item")
def lists_in_menu() -> MenuItem:
    address = reverse("spreadsheet:start")
    return ListsMenuItem(_("Import, export"), address, name="spreadsheet", icon_name="table", order=231)
