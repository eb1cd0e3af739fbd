"""The places of translations in the tree: below the translation of their parent, wherever the German page goes."""

from django.db import transaction
from wagtail.models import Locale, Page, PageQuerySet
from wagtail_localize.models import Translation

from cms.bin import pages as bin_pages
from cms.bin.tree import InTheBin, is_binned
from cms.localization import locales
from cms.pages.base_page import BasePage
from translations.models import TranslationStatus
from translations.segments import read_source, source_of


def translation_of(page: Page, language: str) -> Page | None:
    """The row of the source page ``page`` in that language, published or not."""
    return Page.objects.filter(
        translation_key=page.translation_key, locale_id=locales.id_of(language), alias_of=None
    ).first()


@transaction.atomic
def begin(page: Page, language: str) -> BasePage:
    """The translation of the source page ``page``, made as an unpublished page where there is none.

    Parents without translation are made the same way: a page is found over the German tree, so a published
    translation below an unpublished one is reached by visitors all the same. Raises InTheBin.
    """
    if is_binned(page):
        raise InTheBin
    found = _out_of_the_bin(translation_of(page, language))
    locale = Locale.objects.get(pk=locales.id_of(language))
    if found is None:
        parent = page.get_parent()
        if parent is not None and not parent.is_root():
            begin(parent.specific, language)
        found = _instead_of_alias(page, locale) or _copied(page, locale)
    source = source_of(page) or read_source(page)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    translated: BasePage = found.specific
    return translated


def _out_of_the_bin(translation: Page | None) -> Page | None:
    """Somebody translates again what was deleted in this language only: the old text is back as a draft."""
    if translation is None or not is_binned(translation):
        return translation
    entry = bin_pages.entry_of(translation)
    if entry is None:
        raise InTheBin
    bin_pages.restore(entry=entry, user=None, private=True)
    return Page.objects.get(pk=translation.pk)


def _copied(page: Page, locale: Locale) -> Page:
    """A translation has no times of its own: it comes and goes with the German page."""
    copy: Page = page.specific.copy_for_translation(locale)
    Page.objects.filter(pk=copy.pk).update(go_live_at=None, expire_at=None)
    return Page.objects.get(pk=copy.pk)


def _instead_of_alias(page: Page, locale: Locale) -> Page | None:
    """An alias only repeats German words under another language; its row becomes the unpublished translation."""
    alias = Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
    if alias is not None:
        alias.alias_of, alias.live = None, False
        alias.save(update_fields=["alias_of", "live"], clean=False)
    return alias


@transaction.atomic
def adapt(page: Page, language: str) -> BasePage:
    """Like ``begin``, for a text with a structure of its own: written in Wagtail's editor, not by sentences."""
    translated = begin(page, language)
    Translation.objects.filter(source=source_of(page), target_locale_id=locales.id_of(language)).update(enabled=False)
    TranslationStatus.objects.update_or_create(page=page, language=language, defaults={"adapted": True})
    return translated


def is_adapted(translated: Page) -> bool:
    """Whether the translation is written in Wagtail's own editor."""
    return Translation.objects.filter(
        source__object_id=translated.translation_key, target_locale_id=translated.locale_id, enabled=False
    ).exists()


def move_translation(page: Page, language: str) -> None:
    """After the German page has moved: its translation goes below the translation of the new parent."""
    parent = page.get_parent()
    translated = _row(page, language).first()
    if translated is None:
        return
    target = begin(parent.specific, language) if parent.depth > 1 else parent
    translated = Page.objects.get(pk=translated.pk)  # moving rewrites the paths of others
    if translated.get_parent().pk != target.pk:
        translated.move(Page.objects.get(pk=target.pk), pos="last-child")


def delete_translation(page: Page, language: str) -> None:
    """After the German page has been deleted; a parent may have taken it along."""
    translated = _row(page, language).first()
    if translated is not None:
        translated.delete()


def _row(page: Page, language: str) -> PageQuerySet:
    """Of an alias, too."""
    return Page.objects.filter(translation_key=page.translation_key, locale_id=locales.id_of(language))
