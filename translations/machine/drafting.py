"""A page's draft by machine: which sentences, in which parts, with what protected, and what becomes of them.

``parts`` asks and ``store`` keeps; whoever calls them stores each part before asking for the next.
"""

import html
import logging
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.localization import formats, languages
from cms.localization.clean_text import clean
from translations import memory, publishing
from translations.machine import budget, glossary, pauses, protection, providers
from translations.machine.damage import damage
from translations.machine.models import DraftJob, TranslationPolicy
from translations.machine.protection import Protected
from translations.machine.provider import Provider, ProviderError
from translations.models import TranslationState, TranslationStatus
from translations.segments import PERSON, Place, Segment, current_source, read_source, segments_of, source_of
from translations.tree import structure

logger = logging.getLogger(__name__)

MEMORY = "memory"
"""Tool name of words that a person wrote elsewhere: a person checks them in their new place."""
OWN = "rules"
"""Tool name of what needs no translating: names, terms, numbers."""

TAG, LETTER = re.compile(r"<[^>]*>|&#?\w+;"), re.compile(r"[^\W\d_]")


class CannotDraft(Exception):
    """Says in a sentence why this page cannot be drafted in this language now."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Left:
    """A sentence that needs a person: why, and what the machine wrote."""

    place: Place
    reason: str
    text: str

    def as_json(self) -> dict[str, object]:
        return {"context_id": self.place[0], "string_id": self.place[1], "reason": self.reason, "text": self.text}


@dataclass(slots=True)
class TextPart:
    """What one request (or the memory) has brought."""

    tool: str
    words: dict[Place, str] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)


def why_not(language: str) -> str:
    """Why no machine drafts in ``language``; empty when one does."""
    return "" if providers.for_language(language) is not None else why_none([language])


def why_none(chosen: Sequence[str]) -> str:
    """One sentence about all languages in which no machine drafts; empty when there are none."""
    if not chosen:
        return ""
    if not providers.configured():
        return _("No machine translation is set up. Whoever runs this site can enter a key for one.")
    names = [languages.get(code).native_name for code in chosen]
    if len(names) == 1:
        sentence = _("No machine that is set up translates into this language: %(language)s. Please translate by hand.")
        return sentence % {"language": names[0]}
    sentence = _("No machine that is set up translates into these languages: %(languages)s. Please translate by hand.")
    return sentence % {"languages": formats.list_of(names)}


def to_draft(segments: Iterable[Segment], language: str) -> list[Segment]:
    """Those that neither a person nor, undamaged, a machine has translated."""
    return [
        segment
        for segment in segments
        if not (segment.target and segment.made_by == PERSON)
        if segment.is_missing or damage(segment.source, segment.target, language)
    ]


def estimate(page: Page, language: str) -> tuple[int, int]:
    """How many sentences of ``page`` are to be drafted, and how many characters of it providers would be sent."""
    missing = to_draft(segments_of(current_source(page), language), language)
    known = memory.same_sentences(missing, language)
    return len(missing), sum(map(len, {segment.source for segment in missing if segment.place not in known}))


def require_free(page: Page, language: str) -> None:
    """Raises ``CannotDraft`` while the translation is locked or under review."""
    translation = structure.translation_of(page, language)
    if translation is None:
        return
    if translation.locked:
        raise CannotDraft(_("This page is locked. Ask the person who locked it."))
    in_review = TranslationStatus.objects.filter(page=page, language=language, state=TranslationState.REVIEW).exists()
    if in_review or translation.workflow_in_progress:
        raise CannotDraft(_("This translation is in review. A machine changes nothing in it until that is over."))


def parts(page: Page, language: str, *, skip: Collection[Place] = ()) -> Iterator[TextPart]:
    """Drafts of what is missing, the memory's first, one request at a time.

    Raises ``CannotDraft``, ``ProviderError``, ``pauses.Paused``, ``budget.UsedUp`` and ``budget.TooLong``; what came
    before is good.
    """
    require_free(page, language)
    missing = [each for each in to_draft(segments_of(read_source(page), language), language) if each.place not in skip]
    remembered = memory.same_sentences(missing, language)
    known = {
        segment.place: remembered[segment.place]
        for segment in missing
        if segment.place in remembered and not damage(segment.source, remembered[segment.place], language)
    }
    if known:
        yield TextPart(MEMORY, words=known)
    by_text: dict[str, list[Segment]] = {}
    for segment in missing:
        if segment.place not in known:
            by_text.setdefault(segment.source, []).append(segment)
    protected = _protected(list(by_text), language)
    ready = {text: protection.restore(safe.text, safe) for text, safe in protected.items() if not _has_words(safe)}
    if ready:
        yield TextPart(OWN, words={segment.place: ready[text] for text in ready for segment in by_text[text]})
    waiting = [text for text in by_text if text not in ready]
    provider = providers.for_language(language)
    if waiting and provider is None:
        raise CannotDraft(why_not(language))
    while waiting and provider is not None:
        require_free(page, language)
        asked = _next_part(provider, [protected[text].text for text in waiting])
        answers = dict(zip(waiting, _translated(provider, asked, language), strict=False))
        waiting = waiting[len(asked) :]
        yield _checked(provider, answers, protected, by_text, language)


def _protected(texts: Sequence[str], language: str) -> dict[str, Protected]:
    """Names that stand nowhere in the page are left out: a directory can have thousands."""
    all_words = " ".join(texts)
    names = [name for name in glossary.names() if html.escape(name.split()[0], quote=False) in all_words]
    terms = glossary.terms(language)
    return {text: protection.protect(text, terms=terms, names=names) for text in texts}


def _has_words(safe: Protected) -> bool:
    """False for a name, a term or a number alone."""
    return bool(LETTER.search(TAG.sub(" ", protection.PLACEHOLDER.sub(" ", safe.text))))


def _next_part(provider: Provider, texts: Sequence[str]) -> list[str]:
    """The first texts that one request takes and the month still allows; at least one."""
    room = budget.remaining(provider)
    most = provider.max_characters if room is None else min(room, provider.max_characters)
    return next(chunks(texts, max_texts=provider.max_texts, max_characters=most))


def chunks(texts: Sequence[str], *, max_texts: int, max_characters: int) -> Iterator[list[str]]:
    """``texts`` in order, in parts that one request can take; a text beyond the limit goes alone."""
    part: list[str] = []
    characters = 0
    for text in texts:
        if part and (len(part) >= max_texts or characters + len(text) > max_characters):
            yield part
            part, characters = [], 0
        part.append(text)
        characters += len(text)
    if part:
        yield part


def _translated(provider: Provider, texts: Sequence[str], language: str) -> list[str]:
    characters = sum(map(len, texts))
    pauses.require_open(provider)
    budget.reserve(provider, characters)
    try:
        answers = provider.translate(texts, language)
    except ProviderError as error:
        budget.give_back(provider, characters, error)
        pauses.note_failure(provider, error)
        raise
    pauses.end(provider.name)
    return answers


def _checked(
    provider: Provider,
    answers: Mapping[str, str],
    protected: Mapping[str, Protected],
    by_text: Mapping[str, list[Segment]],
    language: str,
) -> TextPart:
    """Names and terms put back; what is damaged stays for a person. Keys are German texts."""
    part = TextPart(provider.name)
    for text, answer in answers.items():
        try:
            words = clean(protection.restore(answer, protected[text]))
            reason = damage(text, words, language)
        except protection.Lost as lost:
            words, reason = answer, lost.sentence
        for segment in by_text[text]:
            if reason:
                part.left.append(Left(segment.place, reason, words))
            else:
                part.words[segment.place] = words
    return part


def store(page: Page, language: str, part: TextPart) -> list[Left]:
    """Keeps the words of ``part`` in a draft; returns what needs a person. Raises ``publishing.Locked``."""
    refused = publishing.save_each(page=page, language=language, words=part.words, tool=part.tool)
    return [*part.left, *(Left(place, reason, part.words[place]) for place, reason in refused.items())]


def publish_where_allowed(page: Page, language: str) -> bool:
    """Makes a complete draft public where the site's policy lets machines do so; says whether it is."""
    site, translation = page.get_site(), structure.translation_of(page, language)
    if site is None or translation is None or language not in TranslationPolicy.for_site(site).unreviewed:
        return False
    revision = translation.latest_revision
    if (
        revision is None
        or not translation.has_unpublished_changes
        or not publishing.is_of_current_german(revision, page)
    ):
        return False
    try:
        publishing.publish_unreviewed(translated=translation.specific, revision=revision)
    except (publishing.NotPublishable, publishing.Locked) as reason:
        logger.info("page %s stays a draft in %s: %s", page.pk, language, reason)
        return False
    return True


def needs_person(page: Page, language: str) -> dict[Place, str]:
    """Sentences of the source page ``page`` that machines could not do, and why; those done since are gone."""
    source = source_of(page)
    rows = DraftJob.objects.filter(page=page, language=language).order_by("pk").values_list("left", flat=True)
    reasons = {(each["context_id"], each["string_id"]): each["reason"] for left in rows for each in left}
    if source is None or not reasons:
        return {}
    missing = {segment.place for segment in segments_of(source, language) if segment.is_missing}
    return {place: reason for place, reason in reasons.items() if place in missing}
