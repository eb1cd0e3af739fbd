"""Where the admin meets the bin: menu, addresses, history, and what stands in the way of writing into it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.search import SearchView
from wagtail.documents.permissions import permission_policy as documents
from wagtail.documents.views import documents as files
from wagtail.images.permissions import permission_policy as images
from wagtail.images.views import images as pictures
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import page_permission_policy

from cms.bin import deleting, tree, usage
from cms.bin.models import outside


class UsageInBulk:
    """Goes before Wagtail's list of where a picture or document stands."""

    def get_queryset(self) -> usage.ReferencesInBulk:
        return usage.ReferencesInBulk(super().get_queryset().qs)  # type: ignore[misc]


class PictureUsage(UsageInBulk, pictures.UsageView):
    pass


class DocumentUsage(UsageInBulk, files.UsageView):
    pass


@hooks.register("register_admin_urls", order=-10)  # before Wagtail's own
def urls() -> list[URLPattern | URLResolver]:
    return [
        path("bin/", include("cms.bin.views")),
        path("images/<int:image_id>/delete/", deleting.DeletePicture.as_view()),
        path("images/multiple/<int:image_id>/delete/", deleting.DeleteUploadedPicture.as_view()),
        path("images/usage/<int:image_id>/", PictureUsage.as_view()),
        path("documents/usage/<int:document_id>/", DocumentUsage.as_view()),
        path("documents/delete/<int:document_id>/", deleting.DeleteDocument.as_view()),
        path("documents/multiple/<int:doc_id>/delete/", deleting.DeleteUploadedDocument.as_view()),
    ]


hooks.register("before_delete_page", deleting.page, order=100)  # after those who refuse
hooks.register("before_bulk_action", deleting.in_bulk, order=100)


class BinMenuItem(MenuItem):
    """Shown to those who may delete something somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(
            page_permission_policy.user_has_any_permission(user, {"add", "change"})
            or images.user_has_permission(user, "delete")
            or documents.user_has_permission(user, "delete")
        )


@hooks.register("register_reports_menu_item")
def bin_in_menu() -> MenuItem:
    return BinMenuItem(gettext_lazy("Bin"), reverse("bin:index"), name="bin", icon_name="bin", order=50)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("cms.bin", gettext_lazy("Delete"), gettext_lazy("Put into the bin"))
    actions.register_action("cms.restore", gettext_lazy("Restore"), gettext_lazy("Restored from the bin"))


@hooks.register("construct_explorer_page_queryset")
def not_in_the_explorer(parent: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return outside(pages)


@hooks.register("construct_page_chooser_queryset")
def not_to_choose(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """With the state that a chooser shows of each."""
    return outside(pages).annotate_approved_schedule().prefetch_workflow_states()


class SearchOutsideTheBin(SearchView):
    """Wagtail's search of the explorer, which lists all pages before anything is asked for."""

    def annotate_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        return super().annotate_queryset(outside(pages))


search_urls = [
    path("search/", require_admin_access(SearchOutsideTheBin.as_view())),
    path("search/results/", require_admin_access(SearchOutsideTheBin.as_view(results_only=True))),
]


class BinMiddleware:
    """No screen of the admin opens what lies in the bin: a sentence says where it is."""

    names = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        numbers = [kwargs[name] for name in self.names if isinstance(kwargs.get(name), int)]
        if not numbers or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        if not Page.objects.filter(pk__in=numbers).exclude(tree.OUTSIDE).exists():
            return None
        messages.error(request, _("This page is in the bin. Restore it first."))
        return redirect("bin:index")
