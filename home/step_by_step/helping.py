"""Which organisations help with a topic in the reader's language: by their facts, as they stand now."""

from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext
from wagtail.models import Page

from cms.localization import languages
from cms.localization.collation import sort_key
from cms.localization.localized_text import Phrase, phrase
from directory.models import OrganisationPage, Topic

NAMED = 3
"""So many are named; the rest is a link into the directory."""


@dataclass
class Helping:
    """Those who work on ``topic``, and speak the reader's language where that is not German."""

    topic: Topic
    language: str
    """Code of the language they speak; "" where it is not asked."""
    organisations: list[OrganisationPage] = field(default_factory=list)
    others: int = 0
    """How many work on it without that language."""

    @property
    def named(self) -> list[OrganisationPage]:
        return self.organisations[:NAMED]

    @property
    def count(self) -> int:
        return len(self.organisations)

    @property
    def said(self) -> Phrase:
        """The sentence above the names, or in place of them."""
        if not self.language:
            pattern = gettext("These organisations help with “%(topic)s”:")
        elif self.organisations:
            pattern = gettext("These organisations speak %(language)s and help with “%(topic)s”:")
        else:
            pattern = gettext(
                "No organisation that helps with “%(topic)s” has named %(language)s among its languages yet."
            )
        language = languages.name_in(self.language, languages.active().code) if self.language else ""
        return phrase(pattern, language=language, topic=self.topic.label)

    @property
    def query(self) -> str:
        """What the directory is asked for: the same organisations, or all with the topic where these are none."""
        asked = {"topic": self.topic.key}
        if self.language and self.organisations:
            asked["language"] = self.language
        return f"?{urlencode(asked)}"


def helping(home: Page, topics: Collection[Topic]) -> dict[int, Helping]:
    """By topic; the number of queries does not grow with topics or organisations."""
    reader = languages.active()
    asked = "" if reader.cldr_locale.language == languages.SOURCE else reader.code
    found = {topic.pk: Helping(topic, asked) for topic in topics}
    if not found:
        return {}
    below = OrganisationPage.objects.listed().descendant_of(home).filter(topics__in=found).distinct()
    rows = below.defer("about", "pictures", "social_links").prefetch_related("topics", "languages_spoken")
    for organisation in sorted(rows, key=lambda row: sort_key(row.title, reader)):
        speaks = not asked or asked in {language.code for language in organisation.languages_spoken.all()}
        for topic in organisation.topics.all():
            if topic.pk in found and speaks:
                found[topic.pk].organisations.append(organisation)
            elif topic.pk in found:
                found[topic.pk].others += 1
    return found
