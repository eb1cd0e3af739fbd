"""Where a picture or document stands: on pages that visitors read, or only in what somebody is still writing."""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from wagtail.models import Page, ReferenceIndex, Revision, TaskState

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
    for source, _references in ReferenceIndex.get_references_to(media).group_by_source_object():
        if source is None:
            continue
        if isinstance(source, Page):
            if not tree.is_binned(source):
                (public if source.live else drafts)[_name(source)] = None
        else:
            public[f"{source._meta.verbose_name}: {source}"] = None
    for draft in _drafts_with(media):
        if _name(draft) not in public:
            drafts[_name(draft)] = None
    return Usage(list(public), [name for name in drafts if name not in public])


def _name(page: Page) -> str:
    """The title of the German page, once for all its translations."""
    source_id = locales.id_of(languages.SOURCE)
    if page.locale_id != source_id:
        page = Page.objects.filter(translation_key=page.translation_key, locale_id=source_id).first() or page
    return str(page.specific_deferred.get_admin_display_title())


def _drafts_with(media: Model) -> list[Page]:
    """Pages of which a version that is not public yet (newest, in review, scheduled) refers to ``media``."""
    newest = Page.objects.filter(tree.OUTSIDE, has_unpublished_changes=True).values("latest_revision")
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision")
    revisions = Revision.page_revisions.filter(
        Q(pk__in=newest) | Q(pk__in=waiting) | Q(approved_go_live_at__isnull=False)
    )
    number = re.compile(rf"(?<!\d){media.pk}(?!\d)")
    found = []
    for revision in revisions.iterator():
        if number.search(json.dumps(revision.content)) and _refers(revision.as_object(), media):
            page = Page.objects.filter(tree.OUTSIDE, pk=revision.object_id).first()
            if page is not None:
                found.append(page)
    return found


def _refers(draft: Any, media: Model) -> bool:
    kind = ReferenceIndex._get_base_content_type(media).pk
    return any((type_id, key) == (kind, str(media.pk)) for type_id, key, *_path in _references(draft))


def _references(draft: Any) -> Any:
    return ReferenceIndex._extract_references_from_object(draft)
