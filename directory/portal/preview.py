"""The draft as the public would see it, in any language, for members only."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from cms.localization import languages, locales
from cms.pages import drafts
from cms.pages.base_page import without_aliases
from cms.routing import layout
from directory.portal.access import member_required, organisation_or_404
from directory.profiles import own_language
from directory.profiles.organisation import OrganisationPage
from directory.profiles.own_words import words_of

Address = Callable[[str], str]
"""Where the preview in the language of that code is."""


@member_required
def preview(request: HttpRequest, key: UUID, language: str) -> HttpResponse:
    """``/<language>/my/<key>/preview/<other language>/``"""
    organisation = organisation_or_404(request.user, key)
    if language not in languages.BY_CODE:
        raise Http404
    page, back = worded_draft(organisation, language), reverse("my_organisation", kwargs={"key": key})

    def address(code: str) -> str:
        return reverse("my_preview", kwargs={"key": key, "language": code})

    return show(request, page, language, address=address, back=back)


def show(request: HttpRequest, page: Any, language: str, *, address: Address, back: str) -> HttpResponse:
    """``page`` as it would be shown in that language, with the way ``back`` to where it is changed."""
    paths = {code: address(code) for code in languages.BY_CODE}  # the way back leads to the language one came from
    with translation.override(language):
        context = {
            **page.get_context(request),
            "layout": layout.of(request, page=page, paths=paths),
            "page_template": page.get_template(request),
            "back": back,
        }
        html = render_to_string("directory/portal/preview.html", context, request)
    return HttpResponse(html, headers={"X-Robots-Tag": "noindex", "Content-Language": language})


def worded_draft(organisation: OrganisationPage, language: str) -> Any:
    """The draft in its words of that language: those written in it, else those of the translation, else German."""
    draft = drafts.draft_of(organisation)
    if language == languages.SOURCE:
        return draft
    words = words_of(draft)
    locale_id = locales.id_of(language)
    translations = OrganisationPage.objects.filter(
        translation_key=draft.translation_key, locale_id=locale_id, live=True
    )
    page = without_aliases(translations).first()
    if words is not None and words.language == language:
        if page is None:
            page = drafts.draft_of(organisation)
            page.locale_id = locale_id
            own_language.forget_german(page)
        own_language.put(page, words)
    if page is None:
        return draft
    page.facts = draft
    return page
