"""Which organisations say a word: the one place where the directory reads ``q``."""

from collections.abc import Collection

from cms.localization import languages, locales
from cms.localization.folding import folded, words_of
from cms.pages.base_page import without_aliases
from directory.profiles.organisation import OrganisationPage, OrganisationQuerySet

MAX_QUERY_LENGTH = 100


def said_by(organisations: OrganisationQuerySet, query: str) -> Collection[int]:
    """Primary keys of those whose names or short description hold every word of ``query``."""
    columns = ("pk", "translation_key", "title", "native_name", "short_description")
    rows = list(organisations.order_by().values_list(*columns))
    reader = languages.active().code
    translated: dict[object, str] = {}
    if reader != languages.SOURCE:
        twins = without_aliases(OrganisationPage.objects.filter(locale_id=locales.id_of(reader), live=True))
        twins = twins.filter(translation_key__in=[key for _pk, key, *_ in rows]).order_by()
        translated = dict(twins.values_list("translation_key", "short_description"))
    wanted = words_of(query)
    texts = ((pk, folded(" ".join((*parts, translated.get(key, ""))))) for pk, key, *parts in rows)
    return {pk for pk, text in texts if all(word in text for word in wanted)}
