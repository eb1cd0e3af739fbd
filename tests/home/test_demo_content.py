"""The demo content: complete, linked, loaded once, and its examples removable."""

from collections import Counter
from collections.abc import Callable
from importlib import import_module
from itertools import count
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Page, ReferenceIndex, Site

from cms.accounts import User
from cms.localization import languages
from cms.media import Image
from dates.models import CouncilSession, EventPage, Place
from directory.models import District, OrganisationPage, Topic
from directory.profiles.listing import PER_PAGE
from home.demo import accounts, content_files, loading
from home.models import HomePage, StepByStepPage
from news.models import NewsPage
from tests import webpages
from tests.conftest import forget_what_is_remembered
from tests.home import demo_segments

CODES = [language.code for language in languages.LANGUAGES]
TRANSLATED = (*content_files.FULLY_TRANSLATED, *content_files.PARTLY_TRANSLATED)


EXAMPLES = [page for page in content_files.pages().values() if page.get("is_example")]
ORGANISATIONS = [page for page in EXAMPLES if page["type"] == "OrganisationPage"]
EVENTS = [page for page in EXAMPLES if page["type"] == "EventPage"]


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


# The words


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_segment_is_translated(code: str) -> None:
    wanted = demo_segments.segments_for(code)
    known = content_files.words(code)
    assert wanted - set(known) == set()
    assert set(known) - wanted == set(), "words of a German text that is gone"


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_keep_links_and_emphasis(code: str) -> None:
    def tags(text: str) -> Counter[str]:
        return Counter(word for word in text.replace(">", "> ").replace("<", " <").split(" <") if word)

    for german, translated in content_files.words(code).items():
        for tag in ("<b>", "</b>", "</a>", '<a id="a1">', '<a id="a2">'):
            assert german.count(tag) == translated.count(tag), (tag, german)
        assert tags(german) is not None


def test_pages_that_are_wholly_translated_show_no_notice(demo: None, client: Client) -> None:
    for code in content_files.FULLY_TRANSLATED:
        for page in HomePage.objects.sources().first().get_descendants(inclusive=True).live().specific():
            assert page.get_translations().filter(locale__language_code=code, live=True).exists(), (code, page.title)


def test_every_language_has_every_step_by_step(demo: None) -> None:
    ways = StepByStepPage.objects.sources()
    assert len(ways) == 3
    for way in ways:
        assert 5 <= way.steps.count() <= 7, way.title
        assert {each.language.code for each in way.get_translations().live()} == set(TRANSLATED), way.title


# The links


@pytest.mark.parametrize("code", ["de", "ar"])
def test_every_organisation_article_and_session_is_reached_by_links(demo: None, client: Client, code: str) -> None:
    reached = crawl(client, code)
    wanted = {page.path_in(code) for model in (OrganisationPage, NewsPage) for page in model.objects.listed()}
    wanted |= {f"/{code}/integrationsrat/{session.year}/{session.number}/" for session in CouncilSession.objects.all()}
    assert len(wanted) >= 12 + 4 + 6
    assert wanted - reached == set()


def crawl(client: Client, code: str) -> set[str]:
    """Every address of that language that links lead to from its home page; each must answer."""
    start = f"/{code}/"
    seen, waiting = {start}, [start]
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, address
        if not response["Content-Type"].startswith("text/html"):
            continue
        for href in webpages.links(webpages.read(response)):
            if href.startswith(start) and "?" not in href and href not in seen:
                seen.add(href)
                waiting.append(href)
    return seen


@pytest.mark.parametrize("code", [code for code in CODES if code not in ("de", "ar")])
def test_every_link_of_the_other_languages_answers(demo: None, client: Client, code: str) -> None:
    assert len(crawl(client, code)) > 40


# Loading


def test_the_accounts_are_written_down_once(demo: None) -> None:
    lines = accounts.logins_file().read_text().splitlines()
    assert [line.split()[0] for line in lines] == [email for email, *_rest in accounts.ACCOUNTS]
    for line in lines:
        email, password = line.split()
        assert User.objects.get(email=email).check_password(password)
    assert accounts.logins_file().stat().st_mode & 0o077 == 0


def test_seeding_again_changes_nothing(demo: None, capsys: pytest.CaptureFixture[str]) -> None:
    home = HomePage.objects.sources().get()
    home.welcome = "Von Hand geändert"
    home.save_revision().publish()
    before, logins = rows(), accounts.logins_file().read_text()
    call_command("seed")
    assert "nothing was changed" in capsys.readouterr().out
    assert rows() == before
    assert HomePage.objects.sources().get().welcome == "Von Hand geändert"
    assert accounts.logins_file().read_text() == logins


@pytest.mark.django_db
def test_a_seeding_that_breaks_off_again_and_again_comes_to_the_same_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        load()
        complete = rows()
        transaction.set_rollback(True)
    forget_what_is_remembered()
    for step in ("pages.Loader._complete", "loading.translate", "loading._set_up", "accounts.make_password"):
        with monkeypatch.context() as patched:
            patched.setattr(f"home.demo.{step}", breaking_off(*step.split(".")))
            with pytest.raises(KeyboardInterrupt):
                load()
        assert not loading.is_loaded()
        assert not Site.objects.filter(root_page__in=HomePage.objects.all()).exists(), "visitors see no half of it"
    load()
    assert loading.is_loaded()
    assert rows() == complete


def load() -> None:
    loading.load_everything(lambda line: None)


def breaking_off(module: str, *path: str) -> Callable[..., Any]:
    """The same function, interrupted when it is called for the third time, or at once when it is called only once."""
    original = attrgetter(".".join(path))(import_module(f"home.demo.{module}"))
    calls = count(1 if path[-1] != "_set_up" else 3)

    def interrupted(*args: Any) -> Any:
        if next(calls) == 3:
            raise KeyboardInterrupt
        return original(*args)

    return interrupted


@pytest.mark.django_db
def test_production_refuses_the_demo_content(settings) -> None:
    settings.DEMO_ACCOUNTS_ALLOWED = False
    with pytest.raises(CommandError):
        call_command("seed")
    assert not HomePage.objects.exists()
    assert not User.objects.filter(is_demo=True).exists()


# Examples


def test_examples_say_so_in_every_language(demo: None, client: Client) -> None:
    said = set()
    for code in CODES:
        for address in (f"/{code}/organisationen/beispielverein/", f"/{code}/termine/beispiel-sprachcafe/"):
            badge = webpages.read(client.get(address)).select_one(".badge.example, .badge")
            assert badge is not None, address
            said.add(badge.get_text(strip=True))
    assert len(said) >= len(CODES) - 1


def test_examples_are_called_so_and_lead_to_nobody() -> None:
    """A name that says it, no address of somebody who exists."""
    for page in EXAMPLES:
        assert "eispiel" in page["title"], page["slug"]
        for key in ("email", "website", "registration_email"):
            assert page.get(key, ".example").endswith(".example"), page["slug"]
    assert len(ORGANISATIONS) == len({page["picture"] for page in ORGANISATIONS}) >= 11
    assert len({page["native_language"] for page in ORGANISATIONS}) >= 10


def test_every_choice_of_the_directory_and_of_the_dates_leads_to_an_example(demo: None) -> None:
    found = OrganisationPage.objects.sources().filter(is_example=True)
    named = set(found.values_list("topics__key", flat=True)) | set(found.values_list("topics__parent__key", flat=True))
    assert set(Topic.objects.filter(parent=None).values_list("key", flat=True)) <= named
    assert not District.objects.exclude(pk__in=found.values("district"))
    assert set(found.values_list("step_free", flat=True)) == {"yes", "partly", "no"}
    spoken = set(found.values_list("languages_spoken__code", flat=True))
    assert spoken >= set(CODES) - {"de-simple"}
    events = EventPage.objects.sources().filter(is_example=True)
    assert events.filter(is_cancelled=True).exists() and events.filter(is_free=False).exists()
    assert {code for event in events for code in event.language_codes} >= set(CODES) - {"de-simple"}


def test_the_directory_fits_on_one_page(demo: None) -> None:
    assert OrganisationPage.objects.listed().count() <= PER_PAGE


@pytest.mark.parametrize("code", content_files.PARTLY_TRANSLATED)
def test_the_examples_are_read_in_every_language(demo: None, code: str) -> None:
    first = {"beispielverein", *(page["slug"] for page in EVENTS if page["organiser"] == "beispielverein")}
    slugs = {page["slug"] for page in EXAMPLES} - first  # which show what a page without a translation looks like
    read = Page.objects.filter(locale__language_code=code, live=True, slug__in=slugs)
    assert set(read.values_list("slug", flat=True)) == slugs


def test_a_logo_that_the_city_uses_stays(demo: None) -> None:
    taken = Image.objects.get(title="Illustration: sonyashnyk")
    ours = OrganisationPage.objects.listed().filter(is_example=False).first()
    ours.logo = taken
    ours.save()
    ReferenceIndex.create_or_update_for_object(ours)
    call_command("remove_examples", verbosity=0)
    assert Image.objects.filter(pk=taken.pk).exists()
    assert not Image.objects.filter(title="Illustration: martenitsa").exists()


def test_removing_the_examples_takes_exactly_them(demo: None) -> None:
    examples = {
        Page: Page.objects.filter(slug__in=[page["slug"] for page in EXAMPLES]),
        CouncilSession: CouncilSession.objects.filter(is_example=True),
        Place: Place.objects.filter(is_example=True),
        Image: Image.objects.filter(title__in=[f"Illustration: {page['picture']}" for page in ORGANISATIONS]),
        User: User.objects.filter(is_demo=True),
    }
    assert all(found.exists() for found in examples.values())
    staying = {
        model: set(model._default_manager.exclude(pk__in=found).values_list("pk", flat=True))
        for model, found in examples.items()
    }
    call_command("remove_examples")
    for model, keys in staying.items():
        assert set(model._default_manager.values_list("pk", flat=True)) == keys, model
    assert OrganisationPage.objects.sources().count() == 12
    assert not EventPage.objects.exists()
    assert CouncilSession.objects.count() == 6


def test_nothing_is_left_to_fill_in_but_the_citys_own_data() -> None:
    for path in Path(settings.BASE_DIR, "home", "demo", "content").rglob("*.toml"):
        text = path.read_text()
        assert "lorem" not in text.lower()
        assert text.count("[von der Stadt einzutragen") == text.count("[von der Stadt"), path
