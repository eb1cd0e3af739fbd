"""What was looked for in vain, as a report from which a group of synonyms is made."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.localization import languages
from cms.localization.folding import folded
from cms.search import missed_words
from cms.search.missed_words import MissedWord
from cms.search.permissions import may_keep_synonyms
from cms.search.synonyms import SynonymGroup, apart

ROWS = 50
GROUPS = "wagtailsnippets_cms_synonymgroup"


def _require_keeper(request: HttpRequest) -> None:
    if not may_keep_synonyms(request.user):
        raise PermissionDenied


def _groups() -> dict[tuple[str, str], int]:
    """By language and folded word: the group in which it stands."""
    rows = SynonymGroup.objects.values_list("language", "words", "pk")
    return {(language, folded(word)): pk for language, words, pk in rows for word in apart(words)}


def _row(told: dict[str, Any], groups: dict[tuple[str, str], int]) -> dict[str, Any]:
    """With the address where a group is made of the word, or where the one that has it is changed."""
    language, word = languages.get(told["language"]), told["word"]
    group = groups.get((language.code, folded(word)))
    if group:
        address = reverse(f"{GROUPS}:edit", args=[group])
    else:
        address = f"{reverse(f'{GROUPS}:add')}?{urlencode({'language': language.code, 'word': word})}"
    name = languages.name_in(language.code, languages.active().code)
    return {**told, "attrs": languages.attributes(language.code), "name": name, "group": group, "address": address}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    _require_keeper(request)
    rows, groups = Paginator(MissedWord.objects.told(), ROWS).get_page(request.GET.get("p")), _groups()
    context = {
        "rows": rows,
        "words": [_row(told, groups) for told in rows],
        "shown_from": missed_words.SHOWN_FROM,
    }
    return TemplateResponse(request, "cms/search/missed_words.html", context)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Such as a name, which is nobody's business."""
    _require_keeper(request)
    missed_words.forget(language=request.POST.get("language", ""), word=request.POST.get("word", ""))
    messages.success(request, _("The word is forgotten."))
    return redirect("missed_words:index")


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    own = [path("", index, name="index"), path("forget/", forget, name="forget")]
    return [path("missed-words/", include((own, "missed_words"), namespace="missed_words"))]


class MissedWordsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_keep_synonyms(request.user)


@hooks.register("register_reports_menu_item")
def missed_words_in_menu() -> MenuItem:
    return MissedWordsMenuItem(
        _("Searched in vain"), reverse("missed_words:index"), name="missed-words", icon_name="search", order=860
    )
