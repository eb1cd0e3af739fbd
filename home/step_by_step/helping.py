"""Which organisations help with a topic in the reader's language: by their facts, as they stand now."""

from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q
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
    named: list[OrganisationPage] = field(default_factory=list)
    """The first of them by name."""
    count: int = 0
    others: int = 0
    """How many work on it without that language."""

    @property
    def said(self) -> Phrase:
        """The sentence above the names, or in place of them."""
        if not self.language:
            pattern = gettext("These organisations help with “%(topic)s”:")
        elif self.count:
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
        if self.language and self.count:
            asked["language"] = self.language
        return f"?{urlencode(asked)}"


def helping(home: Page, topics: Collection[Topic]) -> dict[int, Helping]:
    """By topic. Four queries; of all that work on a topic only names are read, whole rows of those that are named."""
    reader = languages.active()
    asked = "" if reader.cldr_locale.language == languages.SOURCE else reader.code
    found = {topic.pk: Helping(topic, asked) for topic in topics}
    if not found:
        return {}
    public = OrganisationPage.objects.listed().descendant_of(home).order_by()
    meant = _meant(found)
    works = public.filter(topics__in=meant).values_list("topics", "title", "pk")
    once = {(topic, title, pk) for each, title, pk in works for topic in meant[each]}
    speaking = set(public.filter(languages_spoken=asked).values_list("pk", flat=True)) if asked else None
    helpers: dict[int, list[tuple[str, int]]] = {topic: [] for topic in found}
    for topic, title, organisation in once:
        if speaking is None or organisation in speaking:
            helpers[topic].append((title, organisation))
        else:
            found[topic].others += 1
    first = {
        topic: [pk for _title, pk in sorted(rows, key=lambda row: (sort_key(row[0], reader), row[1]))[:NAMED]]
        for topic, rows in helpers.items()
    }
    pages = public.defer("about", "pictures", "social_links").in_bulk({pk for pks in first.values() for pk in pks})
    for topic, pks in first.items():
        found[topic].count, found[topic].named = len(helpers[topic]), [pages[pk] for pk in pks]
    return found


def _meant(topics: Collection[int]) -> dict[int, set[int]]:
    """Which of ``topics`` is helped with by who works on a topic: on itself, or on one below it."""
    rows = Topic.objects.filter(Q(pk__in=topics) | Q(parent__in=topics)).values_list("pk", "parent")
    return {pk: {each for each in (pk, parent) if each and each in topics} for pk, parent in rows}
