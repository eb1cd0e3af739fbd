"""The invented content that the queries are about: organisations, pages, articles and events beside the demo content.

Written past the editors' forms, as only its words and facts matter here. What is public of it is told by the product.
"""

import datetime as dt
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Site

from cms.localization import locales
from cms.pages.base_page import BasePage
from dates.models import EventIndexPage, EventPage
from directory.models import DirectoryPage, District, Offer, OrganisationPage
from home.demo import content_files
from home.models import ContentPage
from news.models import NewsIndexPage, NewsPage
from tests import factories
from tests.benchmarks.search import bulk

FOLDER = Path(__file__).parent
MODELS: dict[str, type[BasePage]] = {"content": ContentPage, "article": NewsPage}


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def add(site: Site) -> None:
    """Everything, below the demo content of ``site``."""
    for key, names in read("topics").items():  # others are those of the tree
        factories.topic(key, **names)
    _organisations(site)
    rows = read("pages")["pages"]
    events = EventIndexPage.objects.sources().get()
    for row in rows:
        if row["type"] == "event":
            _event(events, row)
    parents: dict[str, Page] = {"content": site.root_page, "article": NewsIndexPage.objects.sources().get()}
    for kind, model in MODELS.items():
        mine = [row for row in rows if row["type"] == kind]
        made = [model(slug=row["slug"], **fields_of(row["title"], row["teaser"], row["body"])) for row in mine]
        bulk.add(parents[kind], made)
        by_language = defaultdict(list)
        for page, row in zip(made, mine, strict=True):
            for language, words in row.get("words", {}).items():
                by_language[language].append(translation(page, **fields_of(*words)))
        for language, translations in by_language.items():
            bulk.add(parents[kind], translations, language)


def _organisations(site: Site) -> None:
    """But for those that stand in the demo content itself."""
    directory = DirectoryPage.objects.sources().get()
    known = {page["slug"] for page in content_files.pages().values()}
    rows = [row for row in read("organisations")["organisations"] if row["slug"] not in known]
    districts = {district.key: district for district in District.objects.filter(site=site)}
    made, by_language = [], defaultdict(list)
    for row in rows:
        native_language, native_name = row.get("native", ("", ""))
        page = OrganisationPage(
            title=row["title"],
            slug=row["slug"],
            native_name=native_name,
            native_language=native_language,
            short_description=row["about"],
            district=districts[row["district"]],
        )
        made.append(page)
        for language, (about, *_offers) in row.get("words", {}).items():
            by_language[language].append(translation(page, short_description=about))
    bulk.add(directory, made)
    for language, translations in by_language.items():
        bulk.add(directory, translations, language)
    pages = {(page.slug, ""): page for page in made}
    pages |= {(page.slug, language): page for language, group in by_language.items() for page in group}
    of_topics, of_spoken, offers = OrganisationPage.topics.through, OrganisationPage.languages_spoken.through, []
    topics = {key: factories.topic(key).pk for row in rows for key in row["topics"]}
    of_topics.objects.bulk_create(
        of_topics(organisationpage_id=pages[row["slug"], ""].pk, topic_id=topics[key])
        for row in rows
        for key in row["topics"]
    )
    of_spoken.objects.bulk_create(
        of_spoken(organisationpage_id=pages[row["slug"], ""].pk, spokenlanguage_id=code)
        for row in rows
        for code in row["spoken"]
    )
    for row in rows:
        for position, offer in enumerate(row["offers"]):
            what, _, for_whom = offer.partition(" | ")
            page = pages[row["slug"], ""]
            german = Offer(
                organisation=page,
                what=what,
                for_whom=for_whom,
                weekday=position + 1,
                starts=dt.time(16),
                sort_order=position,
                locale_id=page.locale_id,
            )
            offers.append(german)
            for language, words in row.get("words", {}).items():
                offers.append(
                    Offer(
                        organisation=pages[row["slug"], language],
                        what=words[position + 1],
                        weekday=position + 1,
                        starts=dt.time(16),
                        sort_order=position,
                        locale_id=locales.id_of(language),
                        translation_key=german.translation_key,
                    )
                )
    Offer.objects.bulk_create(offers)


def _event(index: EventIndexPage, row: dict[str, Any]) -> None:
    start = timezone.now().replace(hour=15, minute=0, second=0, microsecond=0) + dt.timedelta(days=row["days"])
    fields = fields_of(row["title"], row["teaser"], row["body"])
    organiser = OrganisationPage.objects.sources().get(slug=row["organiser"])
    page = factories.event(index, start=start, slug=row["slug"], organiser=organiser, is_free=True, **fields)
    page.topics = [factories.topic(key) for key in row["topics"]]
    page.save()
    for language, translated in row.get("words", {}).items():
        bulk.add(index, [translation(EventPage.objects.get(pk=page.pk), **fields_of(*translated))], language)


def translation(page: Any, **words: Any) -> Any:
    """A page like this one, with these words of another language."""
    kept = {field.attname: getattr(page, field.attname) for field in page._meta.concrete_fields}
    for name in ("id", "page_ptr_id", "path", "depth", "numchild"):
        kept.pop(name)
    return type(page)(**{**kept, **words})


def fields_of(title: str, teaser: str, text: str) -> dict[str, Any]:
    return {"title": title, "teaser": teaser, "lead": teaser, "body": [("paragraph", f"<p>{text}</p>")]}
