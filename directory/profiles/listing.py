"""The directory's listing: which organisations an address asks for, page by page, and what else could be asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, Site

from cms.localization import formats, languages
from cms.localization.collation import initial, sort_key
from cms.localization.localized_text import LocalizedText, phrase
from cms.search.found import Found
from directory.profiles.district_of import Districts
from directory.profiles.facts import ASKED, ProfileFact, label_of
from directory.profiles.filters import Filter, Narrowed
from directory.profiles.found_by import NOW, TODAY, Choice, FoundBy, Keys
from directory.profiles.organisation import OrganisationPage
from directory.profiles.said import MAX_QUERY_LENGTH, said_by
from directory.profiles.taxonomy import District

OPEN, QUERY = "open", "q"
PER_PAGE = 24
SAID = "1"


@dataclass(frozen=True)
class Letter:
    """One letter of the register, the page on which it begins, and its organisations on the page that is shown."""

    initial: str
    number: int
    page: int
    organisations: Sequence[OrganisationPage] = ()


@dataclass(frozen=True)
class Way:
    """A link to a list that asks for something else: without a filter, or with a wider one."""

    label: LocalizedText | str
    query_string: str
    count: int = 0


def query_string(asked: Mapping[str, str]) -> str:
    """What is asked for as an address says it, always in the same order."""
    names = (*dict.fromkeys(fact.asked_as for fact in ASKED), OPEN, QUERY)
    given = {name: value for name in (*names, *asked) if (value := asked.get(name, ""))}
    return f"?{urlencode(given)}" if given else ""


class Listing:
    """What ``parameters`` ask of the organisations below ``directory``.

    Few columns of all of them are read and counted in memory; only those of the page that is shown are loaded.
    """

    def __init__(
        self,
        directory: Page,
        parameters: Mapping[str, str],
        *,
        site: Site | None,
        facts: Sequence[ProfileFact] = ASKED,
    ) -> None:
        self.site, self.facts, self.page_wanted = site, facts, parameters.get("page", "1")[:9]
        self.query = " ".join(parameters.get(QUERY, "").replace("\0", "").split())[:MAX_QUERY_LENGTH]
        asked = {name: parameters.get(name, "") for name in (*(fact.asked_as for fact in facts), OPEN)}
        self.asked = {name: value for name, value in asked.items() if value}
        self.organisations = OrganisationPage.objects.listed().child_of(directory)
        self.found_by = FoundBy(self.organisations, facts, districts=Districts(District.offered(site)))

    @property
    def is_filtered(self) -> bool:
        return bool(self.asked or self.query)

    # What is found

    @cached_property
    def said(self) -> Found:
        return said_by(self.site, self.query)

    @cached_property
    def _keys(self) -> dict[str, Keys]:
        keys = {fact.asked_as: self.found_by.keys(fact) for fact in self.facts}
        said = {match.object_id: frozenset({SAID}) for match in self.said.answers}
        return {**keys, OPEN: self.found_by.opening, QUERY: said}

    @cached_property
    def _narrowed(self) -> Narrowed:
        asked = {**self.asked, QUERY: SAID} if self.query else self.asked
        return Narrowed(self.found_by.pks, self._keys, asked)

    @property
    def found(self) -> Sequence[int]:
        """All of them, in no order."""
        return self._narrowed.found

    def counts(self, parameter: str) -> Mapping[str, int]:
        """What each choice of that filter would find."""
        return self._narrowed.counts(parameter)

    @property
    def count(self) -> int:
        return len(self._narrowed.found)

    @cached_property
    def _found(self) -> list[int]:
        reader, titles = languages.active(), self.found_by.titles
        return sorted(self._narrowed.found, key=lambda pk: sort_key(titles[pk], reader))

    @cached_property
    def page(self) -> PageOfList[int]:
        return Paginator(self._found, PER_PAGE).get_page(self.page_wanted)

    @cached_property
    def shown(self) -> list[OrganisationPage]:
        """Those of the page that is asked for."""
        pks = list(self.page.object_list)
        loaded = OrganisationPage.objects.filter(pk__in=pks).for_cards().with_words().order_by()
        by_pk = {organisation.pk: organisation for organisation in loaded}
        for organisation in by_pk.values():
            self._tell(organisation)
        return [by_pk[pk] for pk in pks if pk in by_pk]

    def _tell(self, organisation: OrganisationPage) -> None:
        """What was read of all is not asked again of each."""
        organisation.whereabouts = self.found_by.whereabouts.get(organisation.pk)
        for name, attribute in (("topics", "topic_labels"), ("languages_spoken", "spoken")):
            rows = self.found_by.has(name, organisation.pk)
            if rows is not None:
                setattr(organisation, attribute, sorted(map(label_of, rows)))

    @cached_property
    def _initials(self) -> list[str]:
        reader, titles = languages.active(), self.found_by.titles
        return [initial(titles[pk], reader) for pk in self._found]

    @cached_property
    def register(self) -> list[Letter]:
        """All letters, also those of other pages."""
        first: dict[str, int] = {}
        for place, letter in enumerate(self._initials):
            first.setdefault(letter, place)
        places = enumerate(first.items(), start=1)
        return [Letter(letter, number, place // PER_PAGE + 1) for number, (letter, place) in places]

    @cached_property
    def letters(self) -> list[Letter]:
        """Those of the page that is shown."""
        reader, known = languages.active(), {letter.initial: letter for letter in self.register}
        groups = groupby(self.shown, key=lambda organisation: initial(organisation.title, reader))
        return [Letter(name, known[name].number, known[name].page, list(group)) for name, group in groups]

    # What else could be asked

    @cached_property
    def _choices(self) -> dict[str, dict[str, Choice]]:
        """By parameter and key."""
        opening = {NOW: Choice(NOW, _("Open now")), TODAY: Choice(TODAY, _("Open today"))}
        return {**{fact.asked_as: self._choices_of(fact) for fact in self.facts}, OPEN: opening}

    def _choices_of(self, fact: ProfileFact) -> dict[str, Choice]:
        choices = self.found_by.choices(fact)
        if fact.is_box:
            return {key: Choice(key, fact.label_on(OrganisationPage)) for key in choices}
        return choices

    @cached_property
    def filters(self) -> list[Filter]:
        return [self._filter(fact) for fact in self.facts]

    def _filter(self, fact: ProfileFact) -> Filter:
        name, asked = fact.asked_as, self.asked.get(fact.asked_as)
        known = self._choices[name].values()
        choices = [each for each in known if fact.is_choice(each.key, each.row) or each.key == asked]
        label, all_of_them = map(str, fact.asked_with)
        return Filter(name, label, all_of_them, self._narrowed.options(name, choices))

    @cached_property
    def opening(self) -> Filter:
        options = self._narrowed.options(OPEN, self._choices[OPEN].values())
        return Filter(OPEN, _("Opening hours"), _("At any time"), options)

    # Other lists

    def query_string(self, **changes: str) -> str:
        """This list with other wishes; from its first page on."""
        return query_string({**self.asked, QUERY: self.query, **changes})

    def _label(self, name: str) -> LocalizedText | str:
        if name == QUERY:
            return LocalizedText(self.query, "und")
        value = self.asked[name]
        choice = self._choices[name].get(value)
        return choice.label if choice else value

    @property
    def chips(self) -> list[Way]:
        """What is asked for, each with the list without it."""
        return [Way(self._label(name), self.query_string(**{name: ""})) for name in self._narrowed.asked]

    @property
    def near(self) -> list[Way]:
        """Where nothing is found: what giving up one wish would find, or the main topic in place of one below it."""
        if self.count:
            return []
        ways = [*self._wider(), *self._given_up()]
        return [way for way in ways if way.count]

    def _wider(self) -> Iterable[Way]:
        for name, value in self.asked.items():
            choice = self._choices[name].get(value)
            if choice and choice.below:
                main = self._choices[name][choice.below]
                count = self._narrowed.counts(name)[main.key]
                yield Way(self._said_near(main.label, count), self.query_string(**{name: main.key}), count)

    def _given_up(self) -> Iterable[Way]:
        for name, pks in self._narrowed.without.items():
            pattern = ngettext(
                "Without “%(choice)s”: %(number)s organisation",
                "Without “%(choice)s”: %(number)s organisations",
                len(pks),
            )
            said = phrase(pattern, choice=self._label(name), number=formats.number(len(pks)))
            yield Way(said, self.query_string(**{name: ""}), len(pks))

    @staticmethod
    def _said_near(label: LocalizedText | str, count: int) -> Any:
        pattern = ngettext("%(choice)s: %(number)s organisation", "%(choice)s: %(number)s organisations", count)
        return phrase(pattern, choice=label, number=formats.number(count))
