"""Puts the demo content's translations into wagtail-localize, as a translator's finished work."""

from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.pages.base_page import BasePage
from home.demo import content_files


def translate(pages: dict[str, BasePage], language: str) -> int:
    """Translates into ``language`` each page (by file name, parents first) that the catalogue covers entirely.

    Returns how many. A page with a missing segment stays untranslated: the site then shows German with a notice.
    """
    known = content_files.words(language)
    locale = Locale.objects.get(language_code=language)
    count = 0
    for page in pages.values():
        if page.depth > 2 and not page.get_parent().get_translations().filter(locale=locale, live=True).exists():
            continue
        if page.get_translations().filter(locale=locale, live=True).exists():
            continue  # by a loading that broke off
        if _translate_page(page, locale, known):
            count += 1
    return count


@transaction.atomic
def _translate_page(page: BasePage, locale: Locale, known: dict[str, str]) -> bool:
    source, _created = TranslationSource.get_or_create_from_instance(page)
    segments = list(StringSegment.objects.filter(source=source).select_related("string"))
    if not all(segment.string.data in known for segment in segments):
        return False
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=segment.string,
                locale=locale,
                context_id=segment.context_id,
                data=known[segment.string.data],
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
            for segment in segments
        ],
        ignore_conflicts=True,
    )
    Translation.objects.get_or_create(source=source, target_locale=locale)
    # Not its publish=True: that publishes on commit, one by one, and an interrupted run would leave drafts.
    translated, _created = source.create_or_update_translation(locale, publish=False)
    translated.get_latest_revision().publish()
    return True
