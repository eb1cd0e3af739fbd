"""An organisation has one name: the German page's, in every language at once.

Translations only copy it, for the search and for Wagtail's own lists, and an old draft of one brings no old name back.
"""

from typing import Any

from wagtail.search import index

from cms.localization import languages, locales
from directory.profiles.organisation import OrganisationPage


def before_save(instance: OrganisationPage, **_signal: Any) -> None:
    """For ``pre_save``: a translation is called as its German page is."""
    if instance.locale_id != locales.id_of(languages.SOURCE):
        instance.title = instance.draft_title = instance.facts.title


def after_save(instance: OrganisationPage, update_fields: Any = None, **_signal: Any) -> None:
    """For ``post_save``: what the German page is called now, its translations are called as well.

    A draft is noted by saving some fields of a page that has the draft's title at hand: that is not its name yet.
    """
    if update_fields is not None and "title" not in update_fields:
        return
    if instance.locale_id != locales.id_of(languages.SOURCE):
        return
    translations = OrganisationPage.objects.filter(translation_key=instance.translation_key).exclude(pk=instance.pk)
    renamed = list(translations.exclude(title=instance.title))
    if renamed:
        translations.update(title=instance.title, draft_title=instance.title)
    for translation in renamed:
        translation.title = instance.title
        index.insert_or_update_object(translation)
