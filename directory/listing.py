"""The directory's listing: which organisations an address asks for, and what else could be asked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import cached_property
from wagtail.models import Page, Site

from cms import languages
from cms.collation import initial, sort_key
from cms.localization.folding import folded, words_of
from cms.pages import give_words
from cms.words import Words
from directory.organisation import OrganisationPage
from directory.taxonomy import District, SpokenLanguage, Topic

MAX_QUERY_LENGTH = 100


@dataclass(frozen=True)
class Choice:
    """One option of a filter; ``count`` organisations have it."""

    value: str
    label: Words | str
    count: int
    selected: bool


@dataclass(frozen=True)
class Letter:
    """One letter of the register with its organisations."""

    initial: str
    organisations: list[OrganisationPage]


class Listing:
    """What ``parameters`` ask of the organisations below ``directory``.

    All organisations are read once, with topics, languages and hours (six queries), and counted and filtered in
    memory: a city has tens to a few hundred of them, and the counts beside the filters need them all anyway.
    """

    def __init__(self, directory: Page, parameters: Mapping[str, str], *, site: Site | None) -> None:
        self.directory, self.site = directory, site
        self.topic = parameters.get("topic", "")
        self.language = parameters.get("language", "")
        self.district = parameters.get("district", "")
        self.is_open_today = parameters.get("open") == "today"
        self.query = " ".join(parameters.get("q", "").split())[:MAX_QUERY_LENGTH]

    @property
    def is_filtered(self) -> bool:
        return bool(self.topic or self.language or self.district or self.is_open_today or self.query)

    @cached_property
    def everything(self) -> list[OrganisationPage]:
        organisations = list(OrganisationPage.objects.listed().child_of(self.directory).for_cards())
        reader = languages.active()
        give_words(organisations, OrganisationPage, reader.code)
        return sorted(organisations, key=lambda organisation: sort_key(organisation.title, reader))

    @cached_property
    def found(self) -> list[OrganisationPage]:
        return [organisation for organisation in self.everything if self._matches(organisation)]

    def _matches(self, organisation: OrganisationPage) -> bool:
        topics = {topic.key for topic in organisation.topics.all()}
        spoken = {language.code for language in organisation.languages_spoken.all()}
        district = organisation.district.key if organisation.district else ""
        return (
            (not self.topic or self.topic in topics)
            and (not self.language or self.language in spoken)
            and (not self.district or self.district == district)
            and (not self.is_open_today or bool(organisation.hours_today.spans_today))
            and self._is_said(organisation)
        )

    def _is_said(self, organisation: OrganisationPage) -> bool:
        if not self.query:
            return True
        text = self._text_of(organisation)
        return all(word in text for word in words_of(self.query))

    @staticmethod
    def _text_of(organisation: OrganisationPage) -> str:
        words = organisation.words
        parts = (organisation.title, organisation.native_name, organisation.short_description, words.short_description)
        return folded(" ".join(parts))

    @cached_property
    def letters(self) -> list[Letter]:
        reader = languages.active()
        groups = groupby(self.found, key=lambda organisation: initial(organisation.title, reader))
        return [Letter(letter, list(organisations)) for letter, organisations in groups]

    @cached_property
    def topics(self) -> list[Choice]:
        counts = Counter(topic.key for organisation in self.everything for topic in organisation.topics.all())
        return self._choices(((topic.key, topic.label) for topic in Topic.objects.all()), counts, self.topic)

    @cached_property
    def spoken_languages(self) -> list[Choice]:
        """Only languages that some organisation speaks."""
        spoken: list[SpokenLanguage] = [
            language for organisation in self.everything for language in organisation.languages_spoken.all()
        ]
        labels = {language.code: str(language) for language in spoken}
        return self._choices(labels.items(), Counter(language.code for language in spoken), self.language)

    @cached_property
    def districts(self) -> list[Choice]:
        counts = Counter(organisation.district.key for organisation in self.everything if organisation.district)
        rows = District.objects.filter(site=self.site)
        return self._choices(((district.key, district.label) for district in rows), counts, self.district)

    @cached_property
    def open_today(self) -> int:
        """How many of all have hours today."""
        return sum(bool(organisation.hours_today.spans_today) for organisation in self.everything)

    @staticmethod
    def _choices(options: "Iterable[tuple[str, str]]", counts: Mapping[str, int], selected: str) -> list[Choice]:
        reader = languages.active()
        found = [Choice(value, label, counts.get(value, 0), value == selected) for value, label in options]
        return sorted(found, key=lambda choice: sort_key(str(choice.label), reader))


def languages_spoken_below(home: Page) -> list[tuple[str, str]]:
    """Code and name (in the reader's language and order) of every language that some organisation of a site speaks."""
    reader = languages.active()
    codes = OrganisationPage.objects.listed().descendant_of(home).order_by().values_list("languages_spoken", flat=True)
    named = [(code, languages.name_in(code, reader.code)) for code in codes.distinct() if code]
    return sorted(named, key=lambda pair: sort_key(pair[1], reader))
