"""Which pages a change may concern: rows of the page itself, of its translations, of what stands on it or above it."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from django.apps import apps
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Page, PageViewRestriction, Site

from cms.localization import languages, locales
from cms.search import changes, page_kinds
from cms.search.changes import Stale, Watched

UNREAD = frozenset(
    """
    draft_title has_unpublished_changes latest_revision_id latest_revision_created_at live_revision_id numchild
    first_published_at last_published_at go_live_at expire_at expired locked locked_at locked_by_id owner_id
    slug show_in_menus
    """.split()
)
"""What changes while a draft is written, and what nobody looks for."""


def watch() -> None:
    """When the apps are ready: all page types and what belongs to them, without any being named."""
    changes.watch(
        page_column("id", _of_ids),
        page_column("translation_key", _of_keys),
        *hiding(come_or_gone),
    )
    for model in page_kinds.all_types():
        changes.watch(*(Watched(table, column, _of_ids) for table, column in tables_of(model)))


def page_column(column: str, concerns: Callable[[set[str]], Iterable[Stale]]) -> Watched:
    return Watched(Page, column, concerns, UNREAD)


def hiding(concerned: Callable[[], list[Stale]]) -> list[Watched]:
    """What opens or closes whole parts of the tree: restrictions, and where a site begins."""
    return [
        Watched(PageViewRestriction, "page_id", lambda _values: concerned()),
        Watched(Site, "id", lambda _values: concerned()),
    ]


def tables_of(model: type[Page]) -> Iterator[tuple[type[models.Model], str]]:
    """That of the type, of its child rows, and those that join it with others; each with the column of the page."""
    yield model, model._meta.pk.column
    for relation in model._meta.related_objects:
        if isinstance(relation.field, ParentalKey):
            yield relation.related_model, relation.field.column
    for field in model._meta.local_many_to_many:
        through = field.remote_field.through
        if through._meta.auto_created:
            yield through, through._meta.get_field(field.m2m_field_name()).column


def come_or_gone() -> list[Stale]:
    return [Stale(kind) for kind in page_kinds.names()]


def _of_keys(values: set[str]) -> list[Stale]:
    pages = Page.objects.filter(translation_key__in=[UUID(value) for value in values])
    return of_pages(pages.filter(locale_id=locales.id_of(languages.SOURCE)))


def _of_ids(values: set[str]) -> list[Stale]:
    """Of the source pages among them; translations are found by their keys."""
    ids = {int(value) for value in values}
    pages = Page.objects.filter(pk__in=ids)
    known = dict(pages.values_list("pk", "translation_key"))
    gone = frozenset(ids - known.keys())
    sources = Page.objects.filter(translation_key__in=set(known.values()), locale_id=locales.id_of(languages.SOURCE))
    stale = of_pages(sources)
    return [*stale, *(Stale(kind, gone) for kind in page_kinds.names() if gone)]


def of_pages(sources: "models.QuerySet[Page]") -> list[Stale]:
    """``sources``; and what has come or gone with them where anything stands below."""
    by_kind: dict[str, set[int]] = {}
    has_children = False
    for pk, app, model, children in sources.values_list(
        "pk", "content_type__app_label", "content_type__model", "numchild"
    ):
        by_kind.setdefault(page_kinds.kind_of(apps.get_model(app, model)), set()).add(pk)
        has_children = has_children or children > 0
    stale = [Stale(kind, frozenset(keys)) for kind, keys in by_kind.items()]
    return [*stale, *come_or_gone()] if has_children else stale
