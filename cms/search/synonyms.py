"""Words that mean the same to who searches: groups for each language, edited by the press office, asked at each query.

The index knows nothing of them, so that a changed group counts at once.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from cms.localization import languages
from cms.localization.folding import folded
from cms.search.same_meaning import Group

LONGEST = 64
"""Letters of a word; longer ones are in no index."""
MOST = 30
"""Words of a group."""
BETWEEN = re.compile(r"[\n,;،؛]+")
"""Also the comma and semicolon of Arabic and Persian."""


@lru_cache(maxsize=5_000)
def apart(text: str) -> tuple[str, ...]:
    """The words or phrases of ``text``, each once however it is spelt."""
    found: dict[str, str] = {}
    for part in BETWEEN.split(text):
        if word := " ".join(part.split()):
            found.setdefault(folded(word), word)
    return tuple(found.values())


class SynonymGroupForm(WagtailAdminModelForm):
    language = forms.ChoiceField(label=_("language"), choices=languages.django_languages)

    def clean_words(self) -> str:
        words = apart(self.cleaned_data["words"])
        if len(words) < 2:
            raise ValidationError(_("A group needs at least two different words."))
        if len(words) > MOST or any(len(word) > LONGEST for word in words):
            raise ValidationError(
                _("At most %(most)s words, each of at most %(longest)s letters."),
                params={"most": MOST, "longest": LONGEST},
            )
        return "\n".join(words)


class SynonymGroup(models.Model):
    """Words of which each finds what the others find."""

    language = models.CharField(_("language"), max_length=16)
    words = models.TextField(
        _("words"),
        max_length=MOST * (LONGEST + 1),
        help_text=_("One on each line, in any spelling. German words may stand among them."),
    )

    panels = [FieldPanel("language"), FieldPanel("words")]
    base_form_class = SynonymGroupForm

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms for the search")
        ordering = ["language", "words"]

    def __str__(self) -> str:
        return ", ".join(apart(self.words))

    def language_name(self) -> str:
        return languages.name_in(self.language, languages.active().code)

    language_name.short_description = _("language")  # type: ignore[attr-defined]


def of(language: str) -> tuple[Group, ...]:
    """The groups of readers of ``language``; one query."""
    rows = SynonymGroup.objects.filter(language=language).order_by("pk").values_list("words", flat=True)
    return tuple(apart(words) for words in rows)


def add_first(model: Any = SynonymGroup) -> None:
    """The groups of ``first_synonyms.toml``, for a site that begins; those of people stay as they are.

    ``model``: as a migration knows it.
    """
    if model.objects.exists():
        return
    first = tomllib.loads(Path(__file__).with_name("first_synonyms.toml").read_text(encoding="utf-8"))
    groups = [(code, words) for code, listed in first.items() for words in listed]
    model.objects.bulk_create(model(language=code, words="\n".join(words)) for code, words in groups)


class AddView(CreateView):
    def get_initial_form_instance(self) -> SynonymGroup:
        """With the language and the word of ``?language=…&word=…``, as the list of missed words asks for."""
        request: HttpRequest = self.request
        code, word = request.GET.get("language", ""), request.GET.get("word", "")[:LONGEST]
        return SynonymGroup(language=code if code in languages.BY_CODE else "", words=word and f"{word}\n")


class SynonymGroupFilterSet(WagtailFilterSet):
    language = ChoiceFilter(label=_("language"), choices=languages.django_languages)

    class Meta:
        model = SynonymGroup
        fields = ["language"]


class SynonymGroupViewSet(SnippetViewSet):
    model = SynonymGroup
    filterset_class = SynonymGroupFilterSet
    add_view_class = AddView
    icon = "search"
    list_display = ["__str__", "language_name"]
    search_fields = ["words"]
    search_backend_name = None


register_snippet(SynonymGroupViewSet)
