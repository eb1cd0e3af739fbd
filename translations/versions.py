"""Earlier versions of a translation, sentence by sentence: read, compared with each other, and taken up again."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation

from cms.localization import locales
from translations import publishing, status
from translations.models import TranslatedRevision
from translations.segments import MACHINE, Place, Segment, read_source, segments_of, source_of


class NotRestorable(Exception):
    """Says in a sentence why this version cannot be taken up again."""


@dataclass(frozen=True)
class VersionWords:
    """The translation of one sentence in one version."""

    text: str
    made_by: str = ""
    person_id: int | None = None


def words_of(revision: Revision | None, segments: list[Segment]) -> dict[Place, VersionWords] | None:
    """What stood for these sentences in ``revision``; None where nobody has noted it (a text of its own).

    A German sentence that was only corrected finds what stood in its place, while there are as many sentences.
    """
    made = TranslatedRevision.objects.filter(revision=revision).first() if revision is not None else None
    if made is None or len(made.words) != len(made.strings):
        return None
    noted: dict[Place, VersionWords] = {}
    in_context: dict[int, list[VersionWords]] = {}
    for (context, string), kept in zip(made.strings, made.words, strict=True):
        noted[context, string] = words = VersionWords(*kept)
        in_context.setdefault(context, []).append(words)
    now: dict[int, list[Segment]] = {}
    for segment in segments:
        now.setdefault(segment.context_id, []).append(segment)
    found = {segment.place: noted[segment.place] for segment in segments if segment.place in noted}
    for context, there in now.items():
        if len(there) == len(in_context.get(context, [])):
            for segment, words in zip(there, in_context[context], strict=True):
                found.setdefault(segment.place, words)
    return found


def restore(*, translated: Page, revision: Revision, user: Any) -> Revision:
    """A draft with the words of ``revision`` where the German sentences are still the same; nothing public changes.

    What a machine wrote there is a machine's again, to be checked. Raises NotRestorable and what ``save_words`` does.
    """
    page, code = status.source_page_of(translated), locales.code_of(translated.locale_id)
    made = TranslatedRevision.objects.filter(revision=revision).first()
    if page is None or made is None or len(made.words) != len(made.strings):
        raise NotRestorable(_("The sentences of this version were not kept. Look at it, and copy what you need."))
    source = source_of(page) or read_source(page)
    known = {segment.place for segment in segments_of(source, code)}
    stood = {(place[0], place[1]): VersionWords(*words) for place, words in zip(made.strings, made.words, strict=True)}
    words = {place: kept for place, kept in stood.items() if place in known and kept.text}
    if not words:
        raise NotRestorable(_("None of the German sentences of this version is still there."))
    by_machine = [place for place, kept in words.items() if kept.made_by == MACHINE]
    with transaction.atomic():
        texts = {place: kept.text for place, kept in words.items()}
        restored = publishing.save_words(page=page, language=code, words=texts, user=user)
        if by_machine:
            _give_back_to_machine(by_machine, code)
            restored = publishing.make_draft(source, translated.specific, code, user)
            status.refresh(page, [code], source=source)
    return restored


def _give_back_to_machine(places: list[Place], code: str) -> None:
    for context_id, string_id in places:
        StringTranslation.objects.filter(
            context_id=context_id, translation_of_id=string_id, locale_id=locales.id_of(code)
        ).update(translation_type=MACHINE)
