"""German revisions in which only the wording is corrected: their publication outdates no translation.

The choice belongs to the revision, so it holds whenever and by whomever that is published: by the clock, by a reviewer,
or once more later. It is kept with the German sentences that were public when it was made: only against those is the
new wording "only" another wording.
"""

from collections.abc import Sequence

from django.db.models import Q
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation

from translations.models import TranslatedRevision, TranslationStatus, WordingCorrection
from translations.segments import Place, translations_of

Strings = Sequence[Sequence[int]]


def choose(revision: Revision, before: Sequence[Place]) -> None:
    """``before``: the German sentences that are public now."""
    WordingCorrection.objects.update_or_create(
        revision=revision, defaults={"strings": [list(place) for place in before]}
    )


def sentences_before(revision: Revision | None) -> list[Place] | None:
    """The sentences of which ``revision`` corrects only the wording; None when nobody has said so."""
    found = WordingCorrection.objects.filter(revision=revision).first() if revision is not None else None
    return [(place[0], place[1]) for place in found.strings] if found is not None else None


def carry_over(page: Page, before: Sequence[Place], after: Sequence[Place]) -> None:
    """Gives each sentence in ``after`` the translations of the one at the same place in ``before``.

    A text with more or fewer sentences than before has no such pairs; it is outdated like any other.
    """
    renamed: dict[Place, Place] = {}
    for context in {place[0] for place in before}:
        old = [place for place in before if place[0] == context]
        new = [place for place in after if place[0] == context]
        if len(old) == len(new):
            renamed |= {first: second for first, second in zip(old, new, strict=True) if first != second}
    if not renamed:
        return
    kept = [
        StringTranslation(
            translation_of_id=renamed[row.context_id, row.translation_of_id][1],
            context_id=row.context_id,
            locale_id=row.locale_id,
            data=row.data,
            translation_type=row.translation_type,
            tool_name=row.tool_name,
            last_translated_by_id=row.last_translated_by_id,
        )
        for row in translations_of(renamed).filter(has_error=False)
        if (row.context_id, row.translation_of_id) in renamed
    ]
    StringTranslation.objects.bulk_create(kept, ignore_conflicts=True)
    rows = list(TranslationStatus.objects.filter(page=page).exclude(live_strings=[]))
    for row in rows:
        row.live_strings = _with(renamed, row.live_strings)
    TranslationStatus.objects.bulk_update(rows, ["live_strings"])
    made = list(TranslatedRevision.objects.filter(revision__in=_that_matter(page)))
    for each in made:
        each.strings = _with(renamed, each.strings)
    TranslatedRevision.objects.bulk_update(made, ["strings"])


def _with(renamed: dict[Place, Place], strings: Strings) -> list[list[int]]:
    return [list(renamed.get((place[0], place[1]), (place[0], place[1]))) for place in strings]


def _that_matter(page: Page) -> list[int]:
    """Revisions of translations that are public, wait for it, or are the newest."""
    translations = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    numbers = {pk for row in translations.values_list("live_revision", "latest_revision") for pk in row}
    waiting = TranslationStatus.objects.filter(Q(submitted_revision__isnull=False) | Q(waiting_revision__isnull=False))
    for row in waiting.filter(page=page).values_list("submitted_revision", "waiting_revision"):
        numbers |= set(row)
    return [pk for pk in numbers if pk is not None]
