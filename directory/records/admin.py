"""Where the offices find the organisations: menu, records, invitations, requests for access."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from cms.accounts import users_admin
from directory import permissions
from directory.members import users_list
from directory.profiles import log_entries
from directory.records import decisions, invitation_runs, views

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.record, name="record"),
    path("<int:pk>/invite/", views.invite, name="invite"),
    path("<int:pk>/remove/<int:user_pk>/", views.remove, name="remove"),
    path("invitations/", invitation_runs.invitations, name="invitations"),
    path("invitations/<int:pk>/revoke/", views.change_invitation, {"action": "revoke"}, name="revoke"),
    path("invitations/<int:pk>/again/", views.change_invitation, {"action": "again"}, name="again"),
    path("invite-all/", invitation_runs.invite_all, name="invite_all"),
    path("runs/<int:pk>/", invitation_runs.run, name="run"),
    path("requests/", decisions.index, name="requests"),
    path("requests/<int:pk>/", decisions.decide, name="request"),
]


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    return [path("organisations/records/", include((urlpatterns, "directory_records")))]


users_admin.register(users_list.memberships_shown())


class RecordsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_keep_some_directory(request.user)


@hooks.register("register_admin_menu_item")
def records_in_menu() -> MenuItem:
    address = reverse("directory_records:index")
    return RecordsMenuItem(_("Organisations"), address, name="organisations", icon_name="group", order=230)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    log_entries.register(actions)
