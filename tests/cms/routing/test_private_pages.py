"""A page behind a password or log-in stays there in every language, and so does what is below it."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from cms.localization import languages
from news.models import RelatedPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
SECRET = "Quittenmus"  # noqa: S105
LANGUAGE_CODES = [language.code for language in languages.LANGUAGES]


@pytest.fixture(scope="module")
def site(kept: None) -> Site:
    """Private and public pages of each kind; the private ones have a word in their texts that stands nowhere else."""
    site = factories.municipality()
    words = {"teaser": f"Anreißer {SECRET}"}
    hidden = factories.content(site, f"Seite {SECRET}", slug="intern", **words)
    factories.content(hidden, f"Darunter {SECRET}", slug="darunter", **words)
    news = factories.news_index(site)
    organisations = factories.directory(site)
    events = factories.event_index(site)
    club = factories.organisation(organisations, f"Verein {SECRET}", slug="verein", topics=["sport"])
    article = factories.article(news, f"Artikel {SECRET}", slug="artikel", lead=SECRET, **words)
    party = factories.event(events, f"Fest {SECRET}", slug="fest", **words)
    shown = factories.article(news, "Öffentlich")
    RelatedPage.objects.create(article=shown, page=club)
    RelatedPage.objects.create(article=shown, page=party)
    for page in (hidden, article, club, party):
        factories.translated(page, "ar", title=f"عربي {SECRET}", teaser=SECRET)
    return site


@pytest.fixture(params=["password", "login", "groups"])
def restriction(request: pytest.FixtureRequest, site: Site) -> Iterator[str]:
    for slug in ("intern", "artikel", "verein", "fest"):
        page = Page.objects.get(slug=slug, locale__language_code="de")
        made = PageViewRestriction.objects.create(page=page, restriction_type=request.param, password="offen")  # noqa: S106
        if request.param == "groups":
            made.groups.set([Group.objects.create(name=f"Leute {slug}")])
    return request.param


PRIVATE = ["intern/", "intern/darunter/", "aktuelles/artikel/", "organisationen/verein/", "termine/fest/"]


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_a_private_page_does_not_show_its_words(site: Site, restriction: str, client: Client, code: str) -> None:
    for path in PRIVATE:
        response = client.get(f"/{code}/{path}")
        assert response.status_code == (200 if restriction == "password" else 302), path
        shown = webpages.read(response).select("main > :not(.page-head), main h1, main .lead, head meta[name]")
        assert SECRET not in str(shown)
        assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]


@pytest.mark.parametrize("code", ["de", "ar", "en"])
def test_lists_search_feed_and_sitemap_do_not_know_private_pages(
    site: Site, restriction: str, client: Client, code: str
) -> None:
    for path in (
        "",
        "aktuelles/",
        "aktuelles/feed/",
        "organisationen/",
        "organisationen/?topic=sport",
        "termine/",
        f"search/?q={SECRET}",
    ):
        response = client.get(f"/{code}/{path}")
        shown = webpages.html(response).replace(f'value="{SECRET}"', "").replace(f"q={SECRET}", "")
        assert SECRET not in shown, path
    sitemap = webpages.in_sitemaps(client)
    assert not [path for path in PRIVATE if path in sitemap]


def test_an_article_does_not_name_private_pages_beside_it(site: Site, restriction: str, client: Client) -> None:
    assert SECRET not in webpages.html(client.get("/de/aktuelles/offentlich/"))


def test_the_password_opens_the_page_in_every_language(site: Site, client: Client) -> None:
    page = Page.objects.get(slug="intern", locale__language_code="de")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="offen")  # noqa: S106
    form = webpages.read(client.get("/ar/intern/")).select_one("main form")
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    opened = client.post(form["action"], {**fields, "password": "offen"})
    assert (opened.status_code, opened["Location"]) == (302, "/ar/intern/")
    assert SECRET in webpages.html(client.get("/ar/intern/"))
    assert SECRET in webpages.html(client.get("/tr/intern/darunter/"))


def test_a_wrong_password_says_so_in_the_readers_language(site: Site, client: Client) -> None:
    page = Page.objects.get(slug="intern", locale__language_code="de")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="offen")  # noqa: S106
    form = webpages.read(client.get("/ar/intern/")).select_one("main form")
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    refused = client.post(form["action"], {**fields, "password": "falsch"})
    assert refused.status_code == 200
    page = webpages.read(refused)
    assert page.select(".errors, .errorlist")
    assert SECRET not in webpages.text(page.main)
    assert page.html["lang"] == "ar"


def test_the_password_form_asks_in_the_readers_language(site: Site, client: Client) -> None:
    page = Page.objects.get(slug="intern", locale__language_code="de")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="offen")  # noqa: S106
    shown = webpages.read(client.get("/ar/intern/"))
    assert (shown.html["lang"], shown.html["dir"]) == ("ar", "rtl")


def test_the_password_does_not_lead_to_another_host(site: Site, client: Client) -> None:
    page = Page.objects.get(slug="intern", locale__language_code="de")
    made = PageViewRestriction.objects.create(page=page, restriction_type="password", password="offen")  # noqa: S106
    opened = client.post(
        f"/de/protected/{made.pk}/{page.pk}/", {"password": "offen", "return_url": "https://evil.example/"}
    )
    assert "evil.example" not in opened["Location"]


def test_a_log_in_opens_the_page(site: Site, client: Client) -> None:
    page = Page.objects.get(slug="intern", locale__language_code="de")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    login = client.get("/ar/intern/", follow=True)
    assert login.status_code == 200
    assert login.redirect_chain[0][0].endswith("?next=/ar/intern/")
    client.force_login(factories.person())
    assert SECRET in webpages.html(client.get("/ar/intern/"))


def test_group_pages_open_for_the_group_only(site: Site, client: Client) -> None:
    page = Page.objects.get(slug="intern", locale__language_code="de")
    group = Group.objects.create(name="Beirat")
    PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.set([group])
    client.force_login(factories.person())
    assert SECRET not in webpages.html(client.get("/ar/intern/"))
    client.force_login(factories.person("", group))
    assert SECRET in webpages.html(client.get("/ar/intern/"))
