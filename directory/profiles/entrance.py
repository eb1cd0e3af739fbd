"""The way from the home page into the directory: by the language one speaks and by what one looks for."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.localization import languages
from cms.localization.localized_text import LocalizedText, phrase
from directory.profiles.district_of import Districts
from directory.profiles.facts import ASKED, AUDIENCE
from directory.profiles.filters import FilterChoice, Narrowed
from directory.profiles.found_by import FoundBy
from directory.profiles.listing import Way, query_string
from directory.profiles.organisation import OrganisationPage
from directory.profiles.taxonomy import District

LANGUAGE, TOPIC = "language", "topic"
FACTS = [fact for fact in ASKED if fact.asked_as in (LANGUAGE, TOPIC, AUDIENCE.asked_as)]


class Entrance:
    """What organisations below ``home`` offer a reader of the active language."""

    def __init__(self, home: Page) -> None:
        self.home, self.reader = home, languages.active()
        self.found_by = FoundBy(OrganisationPage.objects.listed().descendant_of(home), FACTS, districts=Districts(()))
        self._keys = {fact.asked_as: self.found_by.keys(fact) for fact in FACTS}
        self._choices = {fact.asked_as: self.found_by.choices(fact).values() for fact in FACTS}

    @cached_property
    def _all(self) -> Narrowed:
        return Narrowed(self.found_by.pks, self._keys, {})

    @cached_property
    def speaks(self) -> str:
        """The reader's language, if it is not German and some organisation speaks it."""
        code = self.reader.code
        is_spoken = code != languages.SOURCE and self._all.counts(LANGUAGE)[code]
        return code if is_spoken else ""

    @property
    def has_districts(self) -> bool:
        """Whether the directory has a map to begin with."""
        return District.objects.filter(site__root_page=self.home).exists()

    def offered(self, parameter: str) -> list[FilterChoice]:
        """Choices of that filter which find something."""
        return [choice for choice in self._all.options(parameter, self._choices[parameter]) if choice.count]

    @property
    def languages(self) -> list[FilterChoice]:
        return self._all.options(LANGUAGE, self._choices[LANGUAGE])

    @property
    def topics(self) -> list[FilterChoice]:
        return self._all.options(TOPIC, self._choices[TOPIC])

    @property
    def heading(self) -> LocalizedText | str:
        if not self.speaks:
            return _("What do you need help with?")
        name = languages.name_in(self.speaks, self.reader.code)
        return phrase(_("Organisations that speak %(language)s help with:"), language=name)

    @property
    def ways(self) -> list[Way]:
        """One tap each: a main topic, or the people for whom somebody is there, in the reader's language."""
        asked = {LANGUAGE: self.speaks} if self.speaks else {}
        narrowed, ways = Narrowed(self.found_by.pks, self._keys, asked), []
        for fact in FACTS:
            name = fact.asked_as
            if name == LANGUAGE:
                continue
            offered = [each for each in self._choices[name] if fact.is_choice(each.key, each.row) and not each.below]
            found = [choice for choice in narrowed.options(name, offered) if choice.count]
            ways += [Way(each.label, query_string({**asked, name: each.value}), each.count) for each in found]
        return ways
