"""The list of profiles that nobody confirms in the menu of the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from directory import permissions
from directory.profile_checks import stale

urlpatterns = [
    path("", stale.index, name="index"),
    path("table.csv", stale.table, name="csv"),
    path("<int:pk>/confirm/", stale.confirm, name="confirm"),
]


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    own = include((urlpatterns, "still_correct"), namespace="still_correct")
    return [path("organisations/still-correct/", own)]


class StaleMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_keep_some_directory(request.user)


@hooks.register("register_admin_menu_item")
def stale_in_menu() -> MenuItem:
    return StaleMenuItem(
        _("Still correct?"), reverse("still_correct:index"), name="still-correct", icon_name="history", order=232
    )
