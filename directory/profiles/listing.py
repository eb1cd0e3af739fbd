"""The directory's listing: which organisations an address asks for, and what else could be asked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import cached_property
from wagtail.models import Page, Site

from cms.localization import languages
from cms.localization.collation import initial, sort_key
from cms.localization.folding import folded, words_of
from cms.localization.localized_text import LocalizedText
from directory.profiles.facts import ASKED, ProfileFact, label_of
from directory.profiles.organisation import OrganisationPage

MAX_QUERY_LENGTH = 100


@dataclass(frozen=True)
class FilterChoice:
    """One option of a filter; ``count`` organisations have it."""

    value: str
    label: LocalizedText | str
    count: int
    selected: bool


@dataclass(frozen=True)
class Filter:
    """A fact by which the list is narrowed down. Without a label it is a box to tick: its choice says what it is."""

    parameter: str
    label: str
    all_of_them: str
    choices: list[FilterChoice]


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

    def __init__(
        self,
        directory: Page,
        parameters: Mapping[str, str],
        *,
        site: Site | None,
        facts: Sequence[ProfileFact] = ASKED,
    ) -> None:
        self.directory, self.site = directory, site
        self.asked = {fact: parameters.get(fact.asked_as, "") for fact in facts}
        self.is_open_today = parameters.get("open") == "today"
        self.query = " ".join(parameters.get("q", "").split())[:MAX_QUERY_LENGTH]

    @property
    def is_filtered(self) -> bool:
        return bool(any(self.asked.values()) or self.is_open_today or self.query)

    @cached_property
    def everything(self) -> list[OrganisationPage]:
        organisations = OrganisationPage.objects.listed().child_of(self.directory).for_cards().with_words()
        reader = languages.active()
        return sorted(organisations, key=lambda organisation: sort_key(organisation.title, reader))

    @cached_property
    def found(self) -> list[OrganisationPage]:
        return [organisation for organisation in self.everything if self._matches(organisation)]

    def _matches(self, organisation: OrganisationPage) -> bool:
        return (
            all(not key or key in fact.values_on(organisation) for fact, key in self.asked.items())
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
    def filters(self) -> list[Filter]:
        return [self._filter(fact) for fact in self.asked]

    @cached_property
    def open_today(self) -> int:
        """How many of all have hours today."""
        return sum(bool(organisation.hours_today.spans_today) for organisation in self.everything)

    def _filter(self, fact: ProfileFact) -> Filter:
        found = [fact.values_on(organisation) for organisation in self.everything]
        labels = {row.key: row.label for row in fact.offered(OrganisationPage, self.site)}
        labels |= {key: label_of(value) for values in found for key, value in values.items() if key not in labels}
        if fact.is_box:
            labels = dict.fromkeys(labels, fact.label_on(OrganisationPage))
        counts, asked, reader = Counter(key for values in found for key in values), self.asked[fact], languages.active()
        choices = [FilterChoice(key, label, counts[key], key == asked) for key, label in labels.items()]
        choices.sort(key=lambda choice: sort_key(str(choice.label), reader))
        label, all_of_them = map(str, fact.asked_with)
        return Filter(fact.asked_as, label, all_of_them, choices)


def languages_spoken_below(home: Page) -> list[tuple[str, str]]:
    """Code and name (in the reader's language and order) of every language that some organisation of a site speaks."""
    reader = languages.active()
    codes = OrganisationPage.objects.listed().descendant_of(home).order_by().values_list("languages_spoken", flat=True)
    named = [(code, languages.name_in(code, reader.code)) for code in codes.distinct() if code]
    return sorted(named, key=lambda pair: sort_key(pair[1], reader))
