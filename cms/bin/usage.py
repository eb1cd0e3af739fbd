"""Where a picture or document stands: on pages that visitors read, or only in what somebody is still writing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from wagtail.models import Page, ReferenceIndex, Revision, TaskState
from wagtail.models.reference_index import ReferenceGroups

from cms.bin import tree, written_references
from cms.localization import languages, locales


@dataclass(frozen=True)
class Usage:
    """Both lists hold the names of what shows it."""

    public: list[str]
    drafts: list[str]


def of(media: Model) -> Usage:
    return of_all([media])[media.pk]


def of_all(chosen: Sequence[Model]) -> dict[Any, Usage]:
    """For each of ``chosen``, all pictures or all documents, by its key; asks as often for fifty as for one."""
    shown, written = _sources_of(chosen), _drafts_with(chosen)
    pages = [each for found in (*shown.values(), *written.values()) for each in found if isinstance(each, Page)]
    names = _names(pages)
    return {media.pk: _usage(shown[media.pk], written[media.pk], names) for media in chosen}


def _usage(sources: list[Model], written: list[Page], names: dict[int, str]) -> Usage:
    public: dict[str, None] = {}
    drafts: dict[str, None] = {}
    for source in sources:
        if not isinstance(source, Page):
            public[f"{source._meta.verbose_name}: {source}"] = None
        elif not tree.is_binned(source):
            (public if source.live else drafts)[names[source.pk]] = None
    drafts |= dict.fromkeys(names[draft.pk] for draft in written)
    return Usage(list(public), [name for name in drafts if name not in public])


class ReferencesInBulk(ReferenceGroups):
    """Wagtail's, with what refers read in one query for each kind of thing instead of one by one."""

    def __iter__(self) -> Iterator[tuple[Model, list[ReferenceIndex]]]:
        grouped: dict[int, dict[str, list[ReferenceIndex]]] = defaultdict(lambda: defaultdict(list))
        for reference in self.qs:
            grouped[reference.base_content_type_id][reference.object_id].append(reference)
        for kind, by_number in grouped.items():
            model = ContentType.objects.get_for_id(kind).model_class()
            found = model._base_manager.in_bulk(list(by_number)) if model is not None else {}
            rows = {str(key): row for key, row in found.items()}
            yield from ((rows[number], references) for number, references in by_number.items() if number in rows)


def _sources_of(chosen: Sequence[Model]) -> dict[Any, list[Model]]:
    keys = {str(media.pk): media.pk for media in chosen}
    kind = ReferenceIndex._get_base_content_type(chosen[0])
    found: dict[Any, list[Model]] = {media.pk: [] for media in chosen}
    for source, references in ReferencesInBulk(
        ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=keys)
    ):
        for key in dict.fromkeys(keys[reference.to_object_id] for reference in references):
            found[key].append(source)
    return found


def _names(pages: list[Page]) -> dict[int, str]:
    """For each the title of its German page, which is the same for all its translations."""
    source_id = locales.id_of(languages.SOURCE)
    keys = {page.translation_key for page in pages}
    german = Page.objects.filter(translation_key__in=keys, locale_id=source_id).specific(defer=True)
    titles = {page.translation_key: page.get_admin_display_title() for page in german}
    return {page.pk: str(titles.get(page.translation_key) or page.get_admin_display_title()) for page in pages}


def _drafts_with(chosen: Sequence[Model]) -> dict[Any, list[Page]]:
    """Pages of which a version that is not public yet (newest, in review, scheduled) refers to one of ``chosen``."""
    newest = Page.objects.filter(tree.OUTSIDE, has_unpublished_changes=True).values("latest_revision")
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision")
    revisions = Revision.page_revisions.filter(
        Q(pk__in=newest) | Q(pk__in=waiting) | Q(approved_go_live_at__isnull=False)
    )
    kind, keys = type(chosen[0]), {str(media.pk): media.pk for media in chosen}
    by_page: dict[str, set[Any]] = defaultdict(set)
    for revision in revisions.iterator():
        model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
        if model is not None:
            named = written_references.of(model, revision.content)
            by_page[revision.object_id] |= {keys[key] for target, key in named if target is kind and key in keys}
    pages = Page.objects.filter(tree.OUTSIDE, pk__in=[number for number, found in by_page.items() if found])
    drafts: dict[Any, list[Page]] = {media.pk: [] for media in chosen}
    for page in pages:
        for key in by_page[str(page.pk)]:
            drafts[key].append(page)
    return drafts
