"""Choosers of pages: they offer source pages only, and pages of a wanted type as one list by name.

Where a chooser is about the tree itself (moving, copying, rights, workflows), it shows the tree as it is.
"""

from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import chooser
from wagtail.models import Page, PageQuerySet
from wagtail.query import PageQuerySet as AnyPageQuerySet

from cms.admin.draft_titles import known_to
from cms.bin import tree
from cms.localization import languages, locales
from cms.pages.source_pages import sources_of


def is_about_the_tree(request: HttpRequest) -> bool:
    return "user_perms" in request.GET or "can_choose_root" in request.GET


@hooks.register("construct_page_chooser_queryset")
def sources_only(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    if is_about_the_tree(request):
        return pages
    return pages.filter(known_to(request.user), locale_id=locales.id_of(languages.SOURCE))


class BrowseSources(chooser.BrowseView):
    """Begins at the sources; with wanted types it lists all that are below, so that nobody walks through the tree."""

    @property
    def i18n_enabled(self) -> bool:
        """Whether the tree of another language can be opened."""
        return self._is_i18n_enabled and is_about_the_tree(self.request)

    @i18n_enabled.setter
    def i18n_enabled(self, value: bool) -> None:
        self._is_i18n_enabled = value

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        if not is_about_the_tree(request):
            parent_page_id = self.start(parent_page_id)
        return super().get(request, parent_page_id)

    def start(self, parent_page_id: int | None) -> int | None:
        """The source of the page that is asked for; at first the page below which all of the wanted types are."""
        known = known_to(self.request.user)
        if parent_page_id and known and not Page.objects.filter(known, pk=parent_page_id).exists():
            raise Http404
        if parent_page_id:
            return sources_of([parent_page_id]).get(parent_page_id, parent_page_id)
        wanted = self.wanted_types()
        if not wanted:
            return None
        sources = Page.objects.filter(tree.OUTSIDE, locale_id=locales.id_of(languages.SOURCE)).type(*wanted)
        found: Page | None = sources.first_common_ancestor() if sources.exists() else None
        return found.pk if found else None

    def wanted_types(self) -> tuple[type[Page], ...]:
        """Empty when any page will do, or when nobody knows what is asked for."""
        try:
            types = chooser.page_models_from_string(self.request.GET.get("page_type") or "wagtailcore.page")
        except (ValueError, LookupError):
            return ()
        return () if Page in types else tuple(types)

    def get_object_list(self) -> AnyPageQuerySet:
        wanted = self.wanted_types()
        if is_about_the_tree(self.request) or not wanted:
            return super().get_object_list()
        order = [When(content_type__model=model._meta.model_name, then=Value(at)) for at, model in enumerate(wanted)]
        pages = self.parent_page.get_descendants().type(*wanted).defer_streamfields()
        rank = Case(*order, default=Value(len(order)), output_field=IntegerField())
        return pages.alias(rank=rank).order_by("rank", "title", "pk").specific()


urls = [
    path("", require_admin_access(BrowseSources.as_view())),
    path("<int:parent_page_id>/", require_admin_access(BrowseSources.as_view())),
]
