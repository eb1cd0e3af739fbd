"""A large city: 1,000 organisations in ten languages and 5,000 long articles, of the words of our own texts.

Words are drawn as often as they stand in the catalogues, the handbook and the demo content; every sixth German one is
joined to another, as German joins them, so that there are rare words, too.
"""

import datetime as dt
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polib
from django.conf import settings
from wagtail.models import Site

from cms.localization import languages, locales
from directory.models import DirectoryPage, Offer, OrganisationPage, SpokenLanguage, Topic
from directory.profiles import standard_topics
from news.models import NewsPage
from tests import factories
from tests.benchmarks.search import bulk, content

ORGANISATIONS, ARTICLES, LENGTH = 1_000, 5_000, 230
OFFERS, TOPICS, SPOKEN = 3, 2, 3
AT_ONCE = 1_000
SEED = 12
GERMAN = ("betrieb.md", "editing.md", "organisations.md", "translating.md")
"""Pages of the handbook that are written in German."""
DISTRICTS = ("mitte", "nord", "haspe", "eilpe-dahl", "hohenlimburg")

Writer = Callable[[str, int], str]
"""Some words in a language."""


@cache
def words_of(language: str) -> list[str]:
    """As often as they are used."""
    root = Path(settings.BASE_DIR)
    catalogues = [
        root / "locale" / languages.catalogue_folder(language) / "LC_MESSAGES" / "django.po",
        root / "home" / "demo" / "words" / f"{language}.po",
    ]
    texts = [entry.msgstr for path in catalogues if path.exists() for entry in polib.pofile(str(path))]
    if language == languages.SOURCE:
        files = [*root.glob("home/demo/content/**/*.toml"), *(root / "docs" / name for name in GERMAN)]
        texts += [path.read_text(encoding="utf-8") for path in files]
    found = re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>|%\(\w+\)s|\{\w+\}", " ", " ".join(texts)))
    return found


def writer(chance: random.Random) -> Writer:
    def write(language: str, number: int) -> str:
        words = chance.choices(words_of(language), k=number)
        if language == languages.SOURCE:
            words = [word + chance.choice(words).lower() if chance.random() < 1 / 6 else word for word in words]
        return " ".join(words)

    return write


def city() -> Site:
    """A site with all of it, not yet indexed."""
    site, write = factories.municipality(), writer(random.Random(SEED))  # noqa: S311 (to be the same each time)
    news, directory = factories.news_index(site), factories.directory(site)
    factories.event_index(site)
    _organisations(site, directory, write)
    for start in range(0, ARTICLES, AT_ONCE):
        bulk.add(news, [_article(number, write) for number in range(start, start + AT_ONCE)])
    return site


def _article(number: int, write: Writer) -> NewsPage:
    return NewsPage(slug=f"artikel-{number}", **content.fields_of(write("de", 6), write("de", 15), write("de", LENGTH)))


def _organisations(site: Site, directory: DirectoryPage, write: Writer) -> None:
    standard_topics.complete(Topic)
    topics = list(Topic.objects.order_by("pk"))
    districts = [factories.district(site, key) for key in DISTRICTS]
    spoken = list(SpokenLanguage.objects.values_list("pk", flat=True))
    made = [
        OrganisationPage(
            slug=f"verein-{number}",
            title=f"Verein {write('de', 2)} {number} e.V.",
            short_description=write("de", 20),
            about=f"<p>{write('de', 60)}</p>",
            district=districts[number % len(districts)],
        )
        for number in range(ORGANISATIONS)
    ]
    bulk.add(directory, made)
    of_topics, of_spoken = OrganisationPage.topics.through, OrganisationPage.languages_spoken.through
    of_topics.objects.bulk_create(
        of_topics(organisationpage_id=page.pk, topic_id=topics[(number + more) % len(topics)].pk)
        for number, page in enumerate(made)
        for more in range(TOPICS)
    )
    of_spoken.objects.bulk_create(
        of_spoken(organisationpage_id=page.pk, spokenlanguage_id=spoken[(number + 7 * more) % len(spoken)])
        for number, page in enumerate(made)
        for more in range(SPOKEN)
    )
    german = [_offer(page, position, write) for page in made for position in range(OFFERS)]
    Offer.objects.bulk_create(german, AT_ONCE)
    for language in languages.LANGUAGES:
        if language.code == languages.SOURCE:
            continue
        pages = [
            content.translation(
                page, short_description=write(language.code, 20), about=f"<p>{write(language.code, 60)}</p>"
            )
            for page in made
        ]
        bulk.add(directory, pages, language.code)
        offers = [_offer(page, position, write, language.code) for page in pages for position in range(OFFERS)]
        for offer, source in zip(offers, german, strict=True):
            offer.translation_key = source.translation_key
        Offer.objects.bulk_create(offers, AT_ONCE)


def _offer(page: OrganisationPage, position: int, write: Writer, language: str = languages.SOURCE) -> Offer:
    return Offer(
        organisation=page,
        what=write(language, 3),
        weekday=position + 1,
        starts=dt.time(16),
        sort_order=position,
        locale_id=locales.id_of(language),
    )
