"""An organisation is known by more names than one: a short one, and those it had before."""

import json

import pytest
from django.test import Client

from directory.members.access_requests import alike
from directory.models import DirectoryPage, OrganisationPage
from directory.spreadsheet.columns import BY_KEY, guess
from directory.spreadsheet.vocabulary import Vocabulary
from tests import factories, webpages
from tests.directory.portal.conftest import drafted, send

pytestmark = pytest.mark.django_db
FORMER = "Verein der Freunde\nFreundeskreis 1975"


@pytest.fixture
def directory(kept: None) -> DirectoryPage:
    return factories.directory(factories.municipality())


@pytest.fixture
def club(directory: DirectoryPage) -> OrganisationPage:
    return factories.organisation(
        directory, "Bund e.V.", slug="bund", native_name="Birlik", short_name="BND", former_names=FORMER
    )


@pytest.mark.parametrize("code", ["de", "ar"])
def test_the_profile_says_them_and_marks_them_as_german(club: OrganisationPage, client: Client, code: str) -> None:
    page = webpages.read(client.get(f"/{code}/organisationen/bund/"))
    said = page.find_all("bdi", string=["BND", "Verein der Freunde", "Freundeskreis 1975"])
    assert len(said) == 3
    assert {webpages.language_of(name)[0] for name in said} == {"de"}


def test_programs_learn_all_names(club: OrganisationPage, client: Client) -> None:
    page = webpages.read(client.get("/de/organisationen/bund/"))
    scripts = [json.loads(script.string) for script in page.select("script[type='application/ld+json']")]
    found = next(each for each in scripts if each.get("@type") == "NGO")
    assert (found["name"], found["alternateName"]) == ("Bund e.V.", ["Birlik", "BND", *FORMER.splitlines()])


@pytest.mark.parametrize("query", ["bnd", "freundeskreis", "Verein Freunde"])
def test_the_directory_finds_by_them(club: OrganisationPage, client: Client, query: str) -> None:
    factories.organisation(club.get_parent(), "Anderer")
    page = webpages.read(client.get("/ar/organisationen/", {"q": query}))
    assert [webpages.text(name) for name in page.select(".cards h3")] == ["Bund e.V."]


def test_who_asks_for_access_by_a_former_name_is_shown_the_organisation(
    club: OrganisationPage, directory: DirectoryPage
) -> None:
    assert alike("Freundeskreis 1975 e.V.", directory) == [club]


def test_members_write_one_name_a_line(club: OrganisationPage, client: Client) -> None:
    client.force_login(factories.member(club))
    address = f"/de/my/{club.translation_key}/about/"
    assert "Freundeskreis 1975" in client.get(address).content.decode()
    send(client, address, short_name=" B  N ", former_names="Eins\r\nZwei")
    draft = drafted(club)
    assert (draft.short_name, [str(name) for name in draft.former]) == ("B N", ["Eins", "Zwei"])


@pytest.mark.parametrize(
    ("heading", "key"), [("Kurzname", "short_name"), ("Abkürzung", "short_name"), ("Frühere Namen", "former_names")]
)
def test_lists_have_columns_for_them(heading: str, key: str) -> None:
    assert guess([heading]) == [key]


def test_a_cell_holds_several_former_names(club: OrganisationPage, directory: DirectoryPage) -> None:
    column, vocabulary = BY_KEY["former_names"], Vocabulary(None)
    assert column.kind.write(column.of(club), vocabulary) == "Verein der Freunde; Freundeskreis 1975"
    assert column.kind.read("Verein  der Freunde; Freundeskreis 1975", vocabulary) == FORMER == column.of(club)
