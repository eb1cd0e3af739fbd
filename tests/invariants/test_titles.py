"""Titles and descriptions in ``<head>`` are text: no page of visitors or members prints markup there."""

from typing import Any

import pytest
from django.test import Client

from cms.localization import languages
from directory.members import membership
from directory.models import OrganisationPage
from tests import factories, webpages

pytestmark = pytest.mark.django_db
NAME = 'Verein "Haus & Hof" <5 e.V.'
PUBLIC = (
    *("", "ueber-uns/", "aktuelles/", "aktuelles/2024/", "aktuelles/artikel/"),
    *("organisationen/", "organisationen/verein/"),
    *("rat/", "rat/2025/", "rat/2025/1/", "termine/", "termine/archiv/", "termine/fest/", "search/?q=Haus", "barrier/"),
    *("gibt-es-nicht/", "my/login/", "my/password/", "my/register/"),
)


@pytest.fixture(scope="module")
def site(kept: None) -> Any:
    site = factories.municipality()
    words = {"search_description": NAME, "teaser": NAME}
    directory = factories.directory(site, NAME, slug="organisationen")
    news = factories.news_index(site, NAME, slug="aktuelles")
    factories.organisation(directory, NAME, slug="verein", short_description=NAME)
    body = factories.council_body(de=NAME)
    factories.session(body)
    factories.council(site, body, NAME, slug="rat", intro=NAME)
    factories.article(news, NAME, slug="artikel", date="2024-03-01", **words)
    factories.event(factories.event_index(site, NAME, slug="termine"), NAME, slug="fest", **words)
    factories.content(site, NAME, slug="ueber-uns", seo_title=NAME, **words)
    return site


def check(page: Any) -> None:
    """What a browser shows is what was written, once unescaped."""
    title = page.title.string
    shown = [title, *(meta["content"] for meta in page.select("meta[property^=og], meta[name=description]"))]
    for text in shown:
        for wrong in ("<span", "<bdi", "&lt;", "&amp;", "&quot;", "lang=", "dir=", "{{", "None"):
            assert wrong not in text, text
    assert page.find("meta", property="og:title")["content"] in title


@pytest.mark.parametrize("code", ["de", "ar", "tr", "de-simple"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(site: Any, client: Client, path: str, code: str) -> None:
    check(webpages.read(client.get(f"/{code}/{path}")))


@pytest.mark.parametrize("code", ["de", "ar", "tr"])
def test_the_screens_of_members(site: Any, client: Client, code: str) -> None:
    organisation = OrganisationPage.objects.get(slug="verein", locale__language_code=languages.SOURCE)
    member = factories.member(organisation)
    found = []
    for token in (invited(organisation, member), "nonsense"):
        found.append(client.get(f"/{code}/my/invitation/{token}/"))
    client.force_login(member)
    start = f"/{code}/my/{organisation.translation_key}/"
    for path in (start, f"{start}preview/{code}/", f"{start}colleagues/", f"/{code}/my/account/"):
        found.append(client.get(path))
    dashboard = webpages.read(client.get(start))
    screens = [link for link in webpages.links(dashboard) if link.startswith(start) and "preview" not in link]
    found += [client.get(link) for link in screens]
    assert len(found) > 8
    for response in found:
        if "text/html" in response["Content-Type"] and response.status_code != 302:
            check(webpages.read(response))


def invited(organisation: Any, member: Any) -> str:
    invitation = membership.invite(organisation=organisation, email="neu@example.org", language="ar", invited_by=member)
    token = invitation.new_token()
    invitation.save()
    return str(token)
