"""What an organisation writes about itself in its own language, in the same draft and the same review as its German.

Where the site has that language it is published as a translation by a person; elsewhere it stands on the page as a
passage of its own. It is carried over only when it has changed: what translators correct afterwards stays.
"""

import logging
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from wagtail.models import Page

from cms.localization import languages
from directory.profiles.organisation import OrganisationPage
from directory.profiles.own_words import OwnWords, words_of
from directory.records.record import record_of
from translations.segments import read_source
from translations.tree import structure

logger = logging.getLogger(__name__)


def publish_own_words(page: Page, _revision: Any, user: Any) -> None:
    """After an organisation was published, and after ``translations`` has read the German sentences."""
    if not isinstance(page, OrganisationPage) or page.facts is not page:
        return
    words, record = words_of(page), record_of(page)
    before, now = record.own_words, asdict(words) if words else {}
    if before == now:
        return
    record.own_words = now
    record.save(update_fields=["own_words"])
    if before and before["language"] != now.get("language"):
        _take_back(page, before["language"], user)
    if words and words.is_of_the_site:
        _publish(page, words, before, user)


def _publish(page: Page, words: OwnWords, before: Any, user: Any) -> None:
    """What the organisation has never written in its language stays as translators have."""
    read_source(page)
    translated = structure.adapt(page, words.language)
    if translated.locked:
        logger.warning("Own words of page %s in %s are not public: that page is locked.", page.pk, words.language)
        return
    if not translated.live:
        forget_german(translated)
    put(translated, words, before)
    revision = translated.save_revision(user=user, log_action=True, clean=False)
    # Whoever made the German words public has seen these beside them.
    revision.publish(user=user, skip_permission_checks=True)


def forget_german(translated: Any) -> None:
    """Takes out what was only copied from the German page: visitors get it from there, marked as German."""
    translated.teaser = translated.search_description = translated.short_description = translated.about = ""
    translated.offers, translated.pictures = [], []


def put(translated: Any, words: OwnWords, before: Mapping[str, str] | None = None) -> None:
    """Lays the own words over those of the translation; what was taken out since ``before`` goes there as well."""
    for name in ("short_description", "about"):
        if getattr(words, name) or (before or {}).get(name):
            setattr(translated, name, getattr(words, name))


def _take_back(page: Page, language: str, user: Any) -> None:
    """The organisation has taken its words away, or calls its language by another name."""
    translated = structure.translation_of(page, language) if language in languages.BY_CODE else None
    if translated is not None and translated.live and structure.is_adapted(translated):
        translated.specific.unpublish(user=user)
