"""The draft as the public would see it."""

import pytest
from django.test import Client

from cms.localization import languages
from directory.models import OrganisationPage
from tests import factories, webpages
from tests.directory.portal.conftest import Address, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", languages.BY_CODE)
def test_the_draft_is_shown_in_every_language(member: Client, address: Address, language: str) -> None:
    send(member, address("about"), short_description="Wir singen")
    answer = member.get(address("preview", language=language))
    page = webpages.read(answer)
    assert page.html["lang"] == language
    assert page.select_one(".lead").text == "Wir singen"
    assert webpages.language_of(page.select_one(".lead"))[0] == "de" if language != "de" else True


def test_nobody_else_sees_it(member: Client, client: Client, address: Address, verein: OrganisationPage) -> None:
    send(member, address("about"), short_description="Wir singen")
    client.logout()
    assert "Wir singen" not in webpages.html(client.get("/de/organisationen/verein-a/"))
    assert client.get(address("preview", language="ar")).status_code == 302


def test_it_is_neither_cached_nor_indexed(member: Client, address: Address) -> None:
    answer = member.get(address("preview", language="ar"))
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]


def test_it_is_read_in_one_language_and_shown_in_another(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    page = webpages.read(member.get(address("preview", language="de").replace("preview/de", "preview/tr")))
    assert page.html["lang"] == "tr"
    targets = {link["href"] for link in page.select("header nav a") if "/preview/" in link["href"]}
    assert len(targets) == len(languages.LANGUAGES)


def test_words_of_the_own_language_are_shown_before_they_are_published(member: Client, address: Address) -> None:
    send(
        member,
        address("about"),
        native_language="ar",
        own_short_description="نحن نغني",
        own_about="أهلا",
        about="Hallo",
    )
    page = webpages.read(member.get(address("preview", language="ar")))
    assert page.select_one(".lead").text == "نحن نغني"
    assert "أهلا" in page.article.text
    assert "Hallo" not in page.article.text
    assert "Hallo" in webpages.html(member.get(address("preview", language="tr")))


def test_a_translation_is_shown_with_the_facts_of_the_draft(
    member: Client, address: Address, verein: OrganisationPage
) -> None:
    factories.translated(verein, "tr", short_description="Koro")
    send(member, address("contact"), phone="02331 999-1")
    page = webpages.read(member.get(address("preview", language="tr")))
    assert page.select_one(".lead").text == "Koro"
    assert page.find("a", href="tel:+4923319991") is not None


@pytest.mark.parametrize("language", ["xx", "DE", "..", "<b>"])
def test_an_unknown_language_is_not_found(member: Client, address: Address, language: str) -> None:
    right = address("preview", language="de")
    assert member.get(right.replace("preview/de", f"preview/{language}")).status_code == 404
