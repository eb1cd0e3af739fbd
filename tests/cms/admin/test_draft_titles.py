"""A translator sees of the German pages what visitors see: neither titles of drafts nor names of members."""

from typing import Any

import pytest
from django.test import Client

from directory.members import membership
from directory.models import OrganisationPage
from news.models import NewsPage
from tests import factories
from tests.directory.review.moderating import sent

pytestmark = pytest.mark.django_db
HIDDEN = "Geheimentwurf"
NAME = "Geheimname"


@pytest.fixture
def pages(db: None) -> dict[str, Any]:
    site = factories.municipality()
    directory, news = factories.directory(site), factories.news_index(site)
    member = factories.person("geheim@example.org", first_name=NAME, last_name="Mitglied")
    club = factories.organisation(directory, "Verein", slug="verein")
    club.save_revision(user=member, log_action=True).publish()
    membership.join(organisation=club, user=member)
    unknown = factories.article(news, f"{HIDDEN} neu", slug="neu", live=False, owner=member)
    unknown.save_revision(user=member, log_action=True)
    public = factories.article(news, "Offen", slug="offen")
    public.save_revision(user=member, log_action=True).publish()
    translations = [factories.translated(page, "en") for page in (news, public, directory, club)]
    draft = NewsPage.objects.get(pk=public.pk)
    draft.title = f"{HIDDEN} anders"
    draft.save_revision(user=member, log_action=True)
    sent(club, member, title=f"{HIDDEN} Verein")
    sources = [site.root_page, directory, news, club, unknown, public]
    return {"all": [*sources, *translations], "club": club, "article": public, "translated club": translations[-1]}


def asked(pages: list[Any]) -> list[str]:
    found = ["/admin/", "/admin/choose-page/", "/admin/choose-page/?page_type=news.newspage", "/admin/api/main/pages/"]
    found += ["/admin/api/main/pages/?fields=*", "/admin/reports/page-types-usage/", "/admin/reports/aging-pages/"]
    for words in ("Geheim", "Offen", "Verein"):
        found += [f"/admin/choose-page/search/?q={words}", f"/admin/pages/search/?q={words}"]
        found += [f"/admin/api/main/pages/?search={words}"]
    for model in ("news/newspage", "directory/organisationpage", "home/homepage"):
        found += [f"/admin/pages/usage/{model}/", f"/admin/pages/usage/{model}/results/"]
    for page in pages:
        found += [f"/admin/pages/{page.pk}/{end}" for end in ("", "results/", "edit/", "history/", "usage/")]
        found += [f"/admin/pages/{page.pk}/?edited_by=1&owner=1", f"/admin/choose-page/{page.pk}/"]
        found += [f"/admin/pages/{page.pk}/revisions/compare/live...latest/", f"/admin/api/main/pages/{page.pk}/"]
        found += [f"/admin/api/main/pages/?child_of={page.pk}&for_explorer=1"]
    return found


def test_no_screen_of_a_translator_says_what_is_not_public(pages: dict[str, Any]) -> None:
    client = Client()
    client.force_login(factories.translator("en"))
    told = []
    for address in asked(pages["all"]):
        answer = client.get(address)
        body = (b"".join(answer) if answer.streaming else answer.content).decode()
        told += [f"{address}: {word}" for word in (HIDDEN, NAME, "geheim@example.org") if word in body]
    assert told == []


def test_the_press_goes_on_seeing_it(pages: dict[str, Any]) -> None:
    client = Client()
    client.force_login(factories.press())
    chosen = client.get("/admin/choose-page/search/?q=Offen").content.decode()
    listed = client.get(f"/admin/pages/{pages['article'].get_parent().pk}/").content.decode()
    assert f"{HIDDEN} anders" in chosen
    assert f"{HIDDEN} anders" in listed
    assert 'name="edited_by"' in listed


def test_a_translation_is_not_called_as_the_draft_is(pages: dict[str, Any]) -> None:
    twin = OrganisationPage.objects.get(pk=pages["translated club"].pk)
    assert (twin.title, twin.draft_title) == ("Verein", "Verein")
