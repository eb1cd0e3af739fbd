"""Where a picture or document stands: on pages that visitors read, or only in what somebody is still writing."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from wagtail.models import Page, ReferenceIndex, Revision, TaskState
from wagtail.models.reference_index import ReferenceGroups

from cms import languages, locales
from cms.bin import tree


@dataclass(frozen=True)
class Usage:
    """Both lists hold the names of what shows it."""

    public: list[str]
    drafts: list[str]


def of(media: Model) -> Usage:
    public: dict[str, None] = {}
    drafts: dict[str, None] = {}
    sources = _sources_of(media)
    written = _drafts_with(media)
    names = _names([each for each in (*sources, *written) if isinstance(each, Page)])
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


def _sources_of(media: Model) -> list[Model]:
    return [source for source, _references in ReferencesInBulk(ReferenceIndex.get_references_to(media))]


def _names(pages: list[Page]) -> dict[int, str]:
    """For each the title of its German page, which is the same for all its translations."""
    source_id = locales.id_of(languages.SOURCE)
    keys = {page.translation_key for page in pages}
    german = Page.objects.filter(translation_key__in=keys, locale_id=source_id).specific(defer=True)
    titles = {page.translation_key: page.get_admin_display_title() for page in german}
    return {page.pk: str(titles.get(page.translation_key) or page.get_admin_display_title()) for page in pages}


def _drafts_with(media: Model) -> list[Page]:
    """Pages of which a version that is not public yet (newest, in review, scheduled) refers to ``media``."""
    newest = Page.objects.filter(tree.OUTSIDE, has_unpublished_changes=True).values("latest_revision")
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision")
    revisions = Revision.page_revisions.filter(
        Q(pk__in=newest) | Q(pk__in=waiting) | Q(approved_go_live_at__isnull=False)
    )
    number = re.compile(rf"(?<!\d){media.pk}(?!\d)")
    found = {
        revision.object_id
        for revision in revisions.iterator()
        if number.search(json.dumps(revision.content)) and _refers(revision, media)
    }
    return list(Page.objects.filter(tree.OUTSIDE, pk__in=found))


def _refers(revision: Revision, media: Model) -> bool:
    """Reads what was written as it stands, and asks the database neither for the page nor for what it refers to."""
    model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    if model is None:
        return False
    elsewhere = {field.name for field in model._meta.many_to_many}
    content = {name: value for name, value in revision.content.items() if name not in elsewhere}
    draft = model.from_serializable_data(content, check_fks=False)
    kind = ReferenceIndex._get_base_content_type(media).pk
    found = ReferenceIndex._extract_references_from_object(draft)
    return any((type_id, key) == (kind, str(media.pk)) for type_id, key, *_path in found)
