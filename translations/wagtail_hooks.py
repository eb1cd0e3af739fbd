"""Keeps translations in step with their source in the admin."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, PageQuerySet
from wagtail_localize.models import TranslationSource

from cms.localization import languages, locales
from translations import localize_hooks, permissions, status  # noqa: F401 (registers its hooks)
from translations.dashboard.overview import WaitingPanel
from translations.minor_edits import buttons  # noqa: F401 (registers its hooks)
from translations.models import TranslationState, TranslationStatus
from translations.tree import following, structure


def _is_translation(page: Page) -> bool:
    return not page.is_root() and page.locale_id != locales.id_of(languages.SOURCE)


# The workbench, the queue and the dashboard take the place of wagtail-localize's own views


@hooks.register("before_edit_page", order=-10)  # before wagtail-localize's editor
def translate_in_workbench(request: HttpRequest, page: Page) -> HttpResponse | None:
    from translations.workbench import versions_view, views

    if not _is_translation(page) or not status.is_translatable(page) or structure.is_adapted(page):
        return None
    match = request.resolver_match
    if match is not None and match.view_name == "wagtailadmin_pages:revisions_revert":
        return versions_view.show(request, page.pk, match.kwargs["revision_id"])
    return views.edit(request, page)


def closed(request: HttpRequest, rest: str) -> HttpResponse:
    """wagtail-localize's views write into live pages and ask for one right only; ours lead to the same ends."""
    parts = rest.strip("/").split("/")
    if request.method == "GET" and parts[:2] == ["submit", "page"] and parts[-1].isdecimal():
        return redirect("translations:languages", int(parts[-1]))
    if request.method == "GET" and parts[0] == "update" and parts[-1].isdecimal():
        source = get_object_or_404(TranslationSource, pk=int(parts[-1]))
        page = get_object_or_404(Page, translation_key=source.object_id, locale_id=source.locale_id)
        return redirect("translations:languages", page.pk)
    if parts[0] == "reports":
        return redirect("translations:dashboard")
    return HttpResponse(_("This is done under “Translations” now."), status=HTTPStatus.GONE, content_type="text/plain")


@hooks.register("register_admin_urls", order=-10)  # before wagtail-localize's own
def urls() -> list[URLPattern | URLResolver]:
    from translations import urls as own

    return [
        path("translations/", include((own.urlpatterns, "translations"), namespace="translations")),
        path("localize/<path:rest>", closed),
    ]


class TranslationsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(permissions.languages_of(request.user))


@hooks.register("register_admin_menu_item")
def translations_in_menu() -> MenuItem:
    return TranslationsMenuItem(
        pgettext_lazy("menu", "Translations"), reverse("translations:dashboard"), icon_name="globe", order=250
    )


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Any]) -> None:
    if permissions.languages_of(request.user):
        panels.append(WaitingPanel())


@hooks.register("insert_global_admin_css")
def workbench_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("translations/admin.css"))


# Pages begin in German, and stay where the German page is


@hooks.register("before_create_page")
def only_in_source_language(request: HttpRequest, parent: Page, page_class: type[Page]) -> HttpResponse | None:
    """A page begins in German. Elsewhere it would have no source, and so no facts and no address."""
    if parent.is_root() or locales.code_of(parent.locale_id) == languages.SOURCE:
        return None
    messages.error(request, _("Write the page in German first; the other languages are made from it by “Translate”."))
    return redirect("wagtailadmin_explore", parent.pk)


@hooks.register("before_move_page")
@hooks.register("before_copy_page")
def follows_the_german_page(request: HttpRequest, page: Page, *_destination: Any) -> HttpResponse | None:
    if not _is_translation(page):
        return None
    messages.error(request, _("A translation follows its German page. Move or copy the German page."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def not_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Published or moved in bulk, translations would skip what is checked for each."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type not in ("publish", "move") or not any(_is_translation(page) for page in pages):
        return None
    messages.error(request, _("Translations are published one by one, after somebody has looked at them."))
    return redirect("translations:dashboard")


@hooks.register("construct_translated_pages_to_cascade_actions")
def translations_follow_source(pages: list[Page], action: str) -> dict[Page, PageQuerySet]:
    """Unpublishing a source page takes its translations along; a translation alone takes nothing.

    Deleting and moving do so by themselves, wherever they are done (``translations.tree.events``).
    """
    if action != "unpublish":
        return {}
    source_id = locales.id_of(languages.SOURCE)
    return {page: Page.objects.translation_of(page, inclusive=False) for page in pages if page.locale_id == source_id}


@hooks.register("before_unpublish_page", order=100)  # after those who refuse
def note_what_comes_back(request: HttpRequest, page: Page) -> None:
    """Wagtail takes off the German page and its translations in any order; below it as well, when that was asked."""
    if request.method != "POST" or _is_translation(page):
        return
    below = page.get_descendants(inclusive=True) if "include_descendants" in request.POST else [page]
    for each in below:
        if status.is_translatable(each):
            following.note(each)


@hooks.register("before_delete_page")
@hooks.register("before_move_page")
def tell_what_follows(request: HttpRequest, page: Page, *_destination: Any) -> None:
    """Before the German page goes: which languages go with it. Of unpublishing Wagtail's own screen says it."""
    if request.method != "GET" or _is_translation(page):
        return
    below = Page.objects.descendant_of(page, inclusive=True).values("translation_key")
    codes = (
        Page.objects.filter(translation_key__in=below, live=True, alias_of=None)
        .exclude(locale_id=locales.id_of(languages.SOURCE))
        .values_list("locale__language_code", flat=True)
        .distinct()
    )
    names = ", ".join(language.native_name for language in languages.LANGUAGES if language.code in set(codes))
    if names:
        messages.warning(request, _("The translations follow the German page: %(languages)s.") % {"languages": names})


# After the German text has been published


@hooks.register("after_publish_page")
def tell_what_is_outdated(request: HttpRequest, page: Page) -> None:
    if _is_translation(page):
        return
    outdated = TranslationStatus.objects.filter(page=page, state=TranslationState.OUTDATED).count()
    missing = TranslationStatus.objects.filter(page=page, state=TranslationState.MISSING).count()
    left = TranslationStatus.objects.filter(page=page).left_behind().count()
    if outdated or missing or left:
        address = reverse("translations:languages", args=[page.pk])
        told = [
            ngettext("%(count)d translation is outdated.", "%(count)d translations are outdated.", outdated)
            % {"count": outdated}
            if outdated
            else "",
            ngettext("%(count)d language is missing.", "%(count)d languages are missing.", missing) % {"count": missing}
            if missing
            else "",
            ngettext(
                "%(count)d reviewed translation is not public, for the German text has changed.",
                "%(count)d reviewed translations are not public, for the German text has changed.",
                left,
            )
            % {"count": left}
            if left
            else "",
        ]
        messages.info(
            request,
            format_html('{} <a href="{}">{}</a>', " ".join(filter(None, told)), address, _("Languages of this page")),
        )


# Hints for plain language in the page editor


@hooks.register("register_admin_urls")
def plain_language_urls() -> list[URLPattern]:
    from translations.plain_language import view

    return [path("plain-language/", view.hints, name="plain_language")]


@hooks.register("insert_editor_js")
def plain_language_panel() -> str:
    """Script and style sheet for every editor; the script looks whether a page in the source language is written."""
    from translations.plain_language import view

    return view.editor_tags()
