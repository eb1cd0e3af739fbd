"""Pages as something that can be found: every type is, without being named, by the words that readers are shown.

A floor says more about its own types (``register``): their kind, the facts that stand in no field of words. What is
public is decided here, as routing does: live, all above live, no password or log-in, in the source language.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from bs4 import BeautifulSoup
from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Site, TranslatableMixin
from wagtail_localize.fields import get_translatable_fields

from cms.bin import tree
from cms.localization import languages, locales
from cms.localization.page_words import PageWords
from cms.pages.base_page import BasePage
from cms.routing.address import path_of
from cms.routing.restrictions import unrestricted
from cms.search import kinds
from cms.search.kinds import Kind, Shown
from cms.search.passages import NAMES, Indexed, Part, Passage

AT_ONCE = 100
PAGE = "page"
TEASERS = frozenset({"teaser", "search_description", "lead", "intro", "welcome", "short_description"})
"""What stands at the top of a page or speaks for it in lists."""
SEARCH_ENGINES_ONLY = frozenset({"seo_title", "slug"})


@dataclass(frozen=True)
class Facts:
    """What is known of a page type.

    ``passages``: of a source page, and of what is ``given`` to all pages of a site, what stands in no field of words;
    ``related``: what that reads, to be prefetched. ``rows``: what the words of child rows are. ``date``: of a page.
    """

    passages: Callable[[Any, Any], Iterable[Passage]] = lambda _page, _given: ()
    related: tuple[str, ...] = ()
    rows: tuple[tuple[str, Part], ...] = ()
    date: Callable[[Any], Any] = lambda _page: None
    given: Callable[[Site], Any] = lambda site: site


_kind_of: dict[type[Page], str] = {}
_facts: dict[type[Page], Facts] = {}


def register(model: type[Page], *, label: str | Promise, place: int, kind: str, facts: Facts = Facts()) -> None:
    """Pages of ``model`` are a kind of their own; called by an app when it is ready."""
    _kind_of[model], _facts[model] = kind, facts
    kinds.register(made(kind, label, place))


def made(kind: str, label: str | Promise, place: int) -> Kind:
    return Kind(
        name=kind,
        label=label,
        place=place,
        indexed=lambda site, keys: indexed(kind, site, keys),
        shown=lambda site, keys: shown(kind, site, keys),
        keys=lambda site: public(site, kind).values_list("pk", flat=True),
    )


def types(kind: str) -> list[type[BasePage]]:
    """All that no floor has named are plain pages."""
    return [model for model in all_types() if kind_of(model) == kind]


@cache
def all_types() -> tuple[type[BasePage], ...]:
    return tuple(model for model in apps.get_models() if issubclass(model, BasePage))


def kind_of(model: type[Page]) -> str:
    return _kind_of.get(model, PAGE)


def names() -> list[str]:
    return [PAGE, *_kind_of.values()]


def public(site: Site, kind: str | None = None) -> Any:
    """The source pages of ``site`` that anybody may read."""
    root = site.root_page
    pages = Page.objects.filter(
        tree.OUTSIDE, unrestricted(), path__startswith=root.path, live=True, locale_id=locales.id_of(languages.SOURCE)
    )
    hidden = Page.objects.filter(path__startswith=root.path, live=False, numchild__gt=0)
    for path in hidden.order_by().values_list("path", flat=True):
        pages = pages.exclude(path__startswith=path)
    return pages if kind is None else pages.type(*types(kind)).order_by("pk")


# What is looked in


def indexed(kind: str, site: Site, keys: Collection[int] | None) -> Iterator[Indexed]:
    numbers = public(site, kind).values_list("pk", "content_type__app_label", "content_type__model")
    if keys is not None:
        numbers = numbers.filter(pk__in=keys)
    by_model: dict[Any, list[int]] = {}
    for number, app, model in numbers:
        by_model.setdefault(apps.get_model(app, model), []).append(number)
    for model, found in by_model.items():
        for begin in range(0, len(found), AT_ONCE):
            yield from _of_type(kind, model, site, found[begin : begin + AT_ONCE])


def _of_type(kind: str, model: Any, site: Site, numbers: list[int]) -> Iterator[Indexed]:
    facts = _facts.get(model, Facts())
    given = facts.given(site)
    sources = list(model.objects.filter(pk__in=numbers).prefetch_related(*facts.related))
    translations: dict[Any, list[Any]] = {}
    live = model.objects.filter(translation_key__in=[page.translation_key for page in sources], live=True)
    live = live.filter(alias_of=None).exclude(locale_id=locales.id_of(languages.SOURCE))
    for page in live.order_by("locale_id").prefetch_related(*(name for name, _part in rows_of(model))):
        translations.setdefault(page.translation_key, []).append(page)
    models.prefetch_related_objects(sources, *(name for name, _part in rows_of(model)))
    for page in sources:
        written = [page, *translations.get(page.translation_key, ())]
        passages = [*(each for words in written for each in words_of(words)), *facts.passages(page, given)]
        yield Indexed(kind, page.pk, [each for each in passages if each.text.strip()], facts.date(page))


def words_of(page: BasePage) -> Iterator[Passage]:
    """The words of a page in its own language: all that is translated of it."""
    code, model = locales.code_of(page.locale_id), cast(Any, type(page))
    if not page.title_is_name:
        yield Passage(page.title, code, Part.TITLE)
    elif code == languages.SOURCE:
        yield Passage(page.title, NAMES, Part.NAME)
    for field in fields_of(model):
        part = Part.TEASER if field.name in TEASERS else Part.BODY
        yield Passage(text_of(field, getattr(page, field.name)), code, part)
    for name, part in rows_of(model):
        for row in getattr(page, name).all():
            for field in fields_of(cast(Any, type(row))):
                yield Passage(text_of(field, getattr(row, field.name)), code, part)


@cache
def fields_of(model: Any) -> tuple[models.Field[Any, Any], ...]:
    """Those that hold words; the title is told apart."""
    found = []
    for each in get_translatable_fields(model):
        field: Any = model._meta.get_field(each.field_name)
        is_words = isinstance(field, models.CharField | models.TextField | StreamField) and not field.choices
        if is_words and field.name not in {"title", *SEARCH_ENGINES_ONLY} and not _is_address(field):
            found.append(field)
    return tuple(found)


def _is_address(field: Any) -> bool:
    return isinstance(field, models.URLField | models.EmailField | models.SlugField)


@cache
def rows_of(model: Any) -> tuple[tuple[str, Part], ...]:
    """Child rows that have words, by the name of their relation."""
    parts = dict(_facts.get(model, Facts()).rows)
    return tuple(
        (relation.get_accessor_name(), parts.get(relation.get_accessor_name(), Part.BODY))
        for relation in model._meta.related_objects
        if isinstance(relation.field, ParentalKey) and issubclass(relation.related_model, TranslatableMixin)
    )


def text_of(field: models.Field[Any, Any], value: Any) -> str:
    if not value:
        return ""
    if isinstance(field, StreamField):
        return "\n".join(map(str, field.stream_block.get_searchable_content(value)))
    return plain_text(value) if isinstance(field, RichTextField) else str(value)


def plain_text(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text(" ")


# What is shown


def shown(kind: str, site: Site, keys: Collection[int]) -> dict[int, Shown]:
    found: dict[int, Shown] = {}
    numbers = set(public(site, kind).filter(pk__in=keys).values_list("pk", flat=True))
    for model in types(kind):
        pages = model.objects.filter(pk__in=numbers).with_words().defer_streamfields() if numbers else ()
        found.update({page.pk: _shown(page) for page in pages})
    return found


def _shown(page: BasePage) -> Shown:
    """A title that is the same in translation is a proper name and stays German."""
    model, words, source = cast(Any, type(page)), page.words, PageWords(page)
    title = source.title if page.title == words.title or page.title_is_name else words.title
    fields = [each.name for each in fields_of(model) if each.name in TEASERS]
    teasers = dict.fromkeys(getattr(said, name) for said in (words, source) for name in fields)
    return Shown(title, path_of(page, languages.active().code), tuple(each for each in teasers if each))
