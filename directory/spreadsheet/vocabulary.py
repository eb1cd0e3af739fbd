"""Topics, districts and languages by whatever name a list calls them."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Model
from wagtail.models import Site

from cms.localization import languages
from directory.profiles.language_names import ALSO_CALLED
from directory.profiles.taxonomy import SPOKEN, District, SpokenLanguage
from directory.profiles.topics import Topic
from directory.spreadsheet.names import plain

SEPARATORS = ",;\n"
NAMED_IN = ("de", "en")


class Terms:
    """Things with a key each and names in several languages; of two things with one name, neither is meant by it."""

    def __init__(self, named: Iterable[tuple[str, str, Iterable[str]]]) -> None:
        """``named``: key, the name to write, all names to understand."""
        self._key_by_name: dict[str, str] = {}
        self._name_by_key: dict[str, str] = {}
        rows = [(key, name, {plain(each) for each in (name, *names) if each}) for key, name, names in named]
        met = Counter(each for _key, _name, names in rows for each in names)
        for key, _name, names in rows:
            self._key_by_name.update({each: key for each in names if met[each] == 1})
        self._key_by_name.update({plain(key): key for key, _name, _names in rows})
        for key, name, _names in rows:
            readable = self._key_by_name.get(plain(name)) == key and not set(name) & set(SEPARATORS)
            self._name_by_key[key] = name if readable else key

    def find(self, text: str) -> str | None:
        """The key of what ``text`` names."""
        return self._key_by_name.get(plain(text))

    def name(self, key: str) -> str:
        return self._name_by_key.get(key, key)

    @property
    def names(self) -> list[str]:
        return sorted(self._name_by_key.values())


class Vocabulary:
    """What the lists of one site may say; three queries. Written in the language that is active when it is made."""

    def __init__(self, site: Site | None) -> None:
        topics, districts = list(Topic.offered(site)), list(District.offered(site))
        self.rows: dict[type[Model], dict[str, Any]] = {
            Topic: {topic.key: topic for topic in topics},
            District: {district.key: district for district in districts},
            SpokenLanguage: SpokenLanguage.objects.in_bulk(),
        }
        self.terms: dict[type[Model], Terms] = {
            Topic: Terms((topic.key, str(topic.label), topic.name.values()) for topic in topics),
            District: Terms((district.key, district.name, ()) for district in districts),
            SpokenLanguage: spoken_languages(languages.active().code),
        }
        self.written = Terms(
            (language.code, language.native_name, _names_of(language.code)) for language in languages.LANGUAGES
        )


@cache
def spoken_languages(reader: str) -> Terms:
    return Terms((code, languages.name_in(code, reader), _names_of(code)) for code in SPOKEN)


def _names_of(code: str) -> list[str]:
    """In German, in English and in itself."""
    names = [languages.name_in(code, reader) for reader in NAMED_IN]
    names += [name for name, meant in ALSO_CALLED.items() if meant == code]
    return [*names, languages.own_name(code)]
