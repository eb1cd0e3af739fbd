"""No screen of the admin asks the database more often because there is more in it; the daily ones ask little."""

import datetime as dt
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Page, Workflow

from cms.accounts import roles
from cms.media import Image
from cms.search.missed_words import MissedWord
from cms.search.synonyms import SynonymGroup
from dates.models import CouncilSession, EventPage
from directory.models import OrganisationPage
from home.models import ContentPage
from news.models import NewsPage
from tests import factories
from tests.translations import content
from translations.permissions import grant_translators

FEW, MANY = 2, 9
SLACK = 3
"""What may come with the first rows: a second kind of page, a second page of a list."""
MOST = 41
KINDS = (NewsPage, OrganisationPage, EventPage, ContentPage)
_numbers = count(1)


class City:
    """Pages of every kind, each with translations, drafts and reviews; files, records and people."""

    def __init__(self) -> None:
        site = factories.municipality()
        self.site, self.body = site, factories.council_body()
        self.parents: dict[type[Page], Page] = {
            NewsPage: factories.news_index(site),
            OrganisationPage: factories.directory(site),
            EventPage: factories.event_index(site),
            ContentPage: factories.content(site, "Leben"),
        }
        self.council = factories.council(site, self.body)
        for page in (*self.parents.values(), self.council):
            factories.translated(page, "ar")
        for home in Page.objects.filter(depth=2):
            grant_translators(home)
        self.people = {
            "press": factories.press(),
            "ki": factories.ki(),
            "translator": factories.translator("ar"),
        }
        self.review: Workflow = content.review_workflow(self.parents[ContentPage])
        self.picture = factories.picture("Alle")

    def grow(self, rows: int) -> None:
        press, ki = self.people["press"], self.people["ki"]
        shown = [("picture", {"image": self.picture, "alt_text": "Alle", "caption": ""})]
        for _row in range(rows):
            number = next(_numbers)
            article = factories.article(self.parents[NewsPage], f"Artikel {number}", body=shown)  # type: ignore[arg-type]
            club = factories.organisation(self.parents[OrganisationPage], f"Verein {number}")  # type: ignore[arg-type]
            party = factories.event(self.parents[EventPage], f"Fest {number}")  # type: ignore[arg-type]
            text = factories.content(self.parents[ContentPage], f"Seite {number}")
            article.related.add(article.related.model(page=club))
            for page in (article, club, party, text):
                factories.translated(page, "ar")
                page.save_revision(user=press)
            self.review.start(text, ki)
            factories.session(self.body, number, factories.berlin(2025, 1 + number % 12, 1 + number % 27, 16))
            Document.objects.create(title=f"Datei {number}", file=ContentFile(b"x", "datei.txt"))
            factories.picture(f"Bild {number}")
            factories.person(f"person-{number}@city.example", roles.KI)
            factories.place(f"ort-{number}")
            factories.contact(f"stelle-{number}")
            factories.topic(f"thema-{number}")
            SynonymGroup.objects.create(language="uk", words=f"слово-{number}\nWort")
            MissedWord.objects.create(language="uk", word=f"слово-{number}", month=dt.date(2026, 11, 1), count=9)
            Redirect.objects.create(old_path=f"/de/alt-{number}", site=self.site, redirect_link="https://city.example/")


def edit(model: type[Page], language: str = "de") -> str:
    page = model.objects.filter(locale__language_code=language, depth__gt=3).order_by("pk").first()
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def in_bulk(act: str, model: Any, language: str = "de") -> str:
    own = {"locale__language_code": language, "depth__gt": 3} if issubclass(model, Page) else {}
    chosen = model.objects.filter(**own)
    kind = Page if issubclass(model, Page) else model
    address = reverse("wagtail_bulk_action", args=[kind._meta.app_label, kind._meta.model_name, act])
    return f"{address}?next=/admin/&" + "&".join(f"id={pk}" for pk in chosen.values_list("pk", flat=True))


def screens(city: City) -> dict[str, str]:
    """Every list by a name; ``/admin/…``."""
    found = {"home": reverse("wagtailadmin_home"), "edit session": reverse("sessions:edit", args=[session().pk])}
    for model, parent in city.parents.items():
        name = model._meta.model_name
        found[f"explore {name}"] = reverse("wagtailadmin_explore", args=[parent.pk])
        found[f"edit {name}"] = edit(model)
        found[f"type of {name}"] = reverse("wagtailadmin_pages:type_use", args=[model._meta.app_label, name])
        for act in ("delete", "publish", "unpublish", "move"):
            found[f"{act} {name}"] = in_bulk(act, model)
        found[f"delete Arabic {name}"] = in_bulk("delete", model, "ar")
        found[f"choose {name}"] = reverse("wagtailadmin_choose_page_child", args=[parent.pk])
    section, article = city.parents[OrganisationPage], NewsPage.objects.first()
    found |= {
        "explore what was searched": reverse("wagtailadmin_explore", args=[section.pk]) + "?q=Verein",
        "search": reverse("wagtailadmin_pages:search") + "?q=Verein",
        "search for nothing yet": reverse("wagtailadmin_pages:search"),
        "search in the chooser": reverse("wagtailadmin_choose_page_search") + "?q=Verein",
        "languages": reverse("translations:languages", args=[section.pk]),
        "history": reverse("wagtailadmin_pages:history", args=[article.pk]),
        "usage of a page": reverse("wagtailadmin_pages:usage", args=[article.pk]),
        "usage of a picture": reverse("wagtailimages:image_usage", args=[city.picture.pk]),
        "delete a section": reverse("wagtailadmin_pages:delete", args=[city.parents[ContentPage].pk]),
        "delete pictures": in_bulk("delete", Image),
        "collect pictures": in_bulk("add_to_collection", Image),
        "delete documents": in_bulk("delete", Document),
        "copy a year": reverse("sessions:copy_year") + f"?body={city.body.pk}&old_year=2025&new_year=2026",
    }
    for name in LISTS:
        found[name] = reverse(name)
    return found


LISTS = (
    "wagtailimages:index",
    "wagtailimages_chooser:choose",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose",
    "wagtailusers_users:index",
    "wagtailredirects:index",
    "wagtailsnippets_dates_place:list",
    "wagtailsnippets_directory_topic:list",
    "wagtailsnippets_cms_contactpoint:list",
    "wagtailsnippets_cms_synonymgroup:list",
    "missed_words:index",
    "sessions:index",
    "translations:dashboard",
    "bin:index",
    "review:queue",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:page_types_usage",
)
DAILY = {"home", "edit session", *(f"{act} {model._meta.model_name}" for act in ("explore", "edit") for model in KINDS)}


def session() -> CouncilSession:
    return CouncilSession.objects.order_by("pk").first()  # type: ignore[return-value]


def asked(client: Client, address: str) -> int | None:
    """How many queries a screen takes; None for who may not see it."""
    with CaptureQueriesContext(connection) as queries:
        status = client.get(address).status_code
    return len(queries) if status == 200 else None


@pytest.fixture(scope="module")
def measured(kept: None) -> Iterator[dict[str, dict[str, list[int | None]]]]:
    """By role and screen: the queries with few rows and with many."""
    city = City()
    found: dict[str, dict[str, list[int | None]]] = {name: {} for name in city.people}
    for rows in (FEW, MANY - FEW):
        city.grow(rows)
        for name, person in city.people.items():
            client = Client()
            client.force_login(person)
            for screen, address in screens(city).items():
                if found[name].get(screen) == [None]:
                    continue
                if rows == FEW or "images" in screen:
                    client.get(address)  # what a process remembers, and the small copies of new pictures, don't count
                found[name].setdefault(screen, []).append(asked(client, address))
    yield found


@pytest.mark.parametrize("role", ["press", "ki", "translator"])
def test_no_list_asks_more_often_with_more_rows(measured: dict[str, Any], role: str, db: None) -> None:
    seen = {name: figures for name, figures in measured[role].items() if None not in figures}
    assert len(seen) >= {"press": 60, "ki": 20, "translator": 12}[role]
    assert {name: figures for name, figures in seen.items() if figures[1] > figures[0] + SLACK} == {}


@pytest.mark.parametrize("role", ["press", "ki", "translator"])
def test_the_daily_screens_ask_little(measured: dict[str, Any], role: str, db: None) -> None:
    daily = {name: figures[1] for name, figures in measured[role].items() if name in DAILY and None not in figures}
    most = {"edit contentpage": MOST + 6}  # in review here: the reviewers' editor reads page and version anew
    assert {name: figure for name, figure in daily.items() if figure > most.get(name, MOST)} == {}
