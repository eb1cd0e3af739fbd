"""Two municipalities in one installation: each shows its own, and nothing of the other."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tests import factories, webpages

pytestmark = pytest.mark.django_db
OWN, OTHER = "hagen.localhost", "hemer.localhost"


@pytest.fixture(scope="module")
def sites(kept: None) -> dict[str, Site]:
    return {host: build(host, name) for host, name in ((OWN, "Hagen"), (OTHER, "Hemer"))}


def build(host: str, name: str) -> Site:
    """A site whose every text and address names its town."""
    office = factories.contact(name.lower(), office={"de": f"Amt {name}"})
    site = factories.municipality(
        f"Miteinander in {name}",
        hostname=host,
        municipality=f"Stadt {name}",
        claim={"de": f"Zusammen in {name}"},
        press_responsible=f"Presseamt {name}",
        offices=[("office", office)],
    )
    about = factories.content(site, f"Über {name}", slug="ueber-uns", show_in_menus=True)
    imprint = factories.content(site, f"Impressum {name}", slug="impressum")
    factories.content(site, f"Nur {name}", slug=f"nur-{name.lower()}")
    site.sitesettings.footer_links = [("link", {"page": imprint, "url": "", "label": {}})]
    site.sitesettings.save()
    club = factories.organisation(
        factories.directory(site, f"Organisationen {name}", slug="organisationen"),
        f"Verein {name}",
        slug="verein",
        district=factories.district(site, "mitte", f"Mitte {name}"),
    )
    factories.article(factories.news_index(site, f"Aktuelles {name}", slug="aktuelles"), f"Artikel {name}", slug="neu")
    factories.event(factories.event_index(site, f"Termine {name}", slug="termine"), f"Fest {name}", slug="fest")
    body = factories.council_body(f"rat-{name.lower()}", de=f"Rat {name}")
    factories.council(site, body, f"Rat {name}", slug="rat")
    factories.session(body, 1, factories.berlin(2099, 1, 28, 16))
    for page in (about, club):
        factories.translated(page, "ar", title=f"{page.title} بالعربية")
    return site


@pytest.fixture(params=["de", "ar", "en"])
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


PATHS = [
    "",
    "ueber-uns/",
    "aktuelles/",
    "aktuelles/neu/",
    "aktuelles/feed/",
    "organisationen/",
    "organisationen/verein/",
    "termine/",
    "termine/fest/",
    "rat/",
    "rat/2099/",
    "rat/2099/1/",
    "barrier/",
    "search/?q=verein",
    "gibt-es-nicht/",
]


@pytest.mark.parametrize(("host", "own", "other"), [(OWN, "Hagen", "Hemer"), (OTHER, "Hemer", "Hagen")])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_names_its_own_town_only(
    sites: dict[str, Site], client: Client, host: str, own: str, other: str, path: str, code: str
) -> None:
    shown = webpages.html(client.get(f"/{code}/{path}", headers={"Host": host}))
    assert own in shown
    assert other.lower() not in shown.lower()


@pytest.mark.parametrize(("host", "own", "other"), [(OWN, "Hagen", "Hemer"), (OTHER, "Hemer", "Hagen")])
def test_sitemap_and_robots_name_their_own_host_only(
    sites: dict[str, Site], client: Client, host: str, own: str, other: str
) -> None:
    for path in ("/sitemap.xml", "/sitemap-de.xml", "/robots.txt"):
        shown = webpages.html(client.get(path, headers={"Host": host}))
        assert host in shown
        assert other.lower() not in shown.lower()


def test_pages_of_one_site_are_unknown_to_the_other(sites: dict[str, Site], client: Client, code: str) -> None:
    assert client.get(f"/{code}/nur-hagen/", headers={"Host": OWN}).status_code == 200
    assert client.get(f"/{code}/nur-hagen/", headers={"Host": OTHER}).status_code == 404


def test_the_districts_of_one_site_are_not_offered_by_the_other(sites: dict[str, Site], client: Client) -> None:
    page = webpages.read(client.get("/de/organisationen/", headers={"Host": OTHER}))
    assert [option["value"] for option in page.select("select[name=district] option")] == ["", "mitte"]
    assert "Mitte Hemer" in webpages.text(page.select_one("select[name=district]"))


def test_a_barrier_report_belongs_to_the_site_it_was_made_on(sites: dict[str, Site], client: Client) -> None:
    from home.models import BarrierReport

    client.post("/de/barrier/", {"message": "Zu klein"}, headers={"Host": OTHER})
    assert BarrierReport.objects.get().site == sites[OTHER]


def test_a_host_without_a_site_of_its_own_gets_the_default_site(sites: dict[str, Site], client: Client) -> None:
    assert not Site.objects.filter(is_default_site=True).exists()
    factories.municipality("Vorgabe")
    assert "Vorgabe" in webpages.html(client.get("/de/", headers={"Host": "sub.localhost"}))


def test_without_any_site_there_is_an_error_page_in_the_readers_language(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.admin.guards.require_spare_site", lambda site: None)
    Site.objects.all().delete()
    for path in ("", "search/?q=x", "barrier/", "x/"):
        response = client.get(f"/ar/{path}")
        assert response.status_code in {200, 404}
        assert webpages.read(response).html["lang"] == "ar"
    assert client.get("/sitemap.xml").status_code == 200


def test_a_deleted_page_of_the_same_slug_elsewhere_does_not_matter(sites: dict[str, Site], client: Client) -> None:
    Page.objects.get(slug="ueber-uns", title="Über Hagen").delete()
    assert client.get("/de/ueber-uns/", headers={"Host": OTHER}).status_code == 200
    assert client.get("/de/ueber-uns/", headers={"Host": OWN}).status_code == 404


@pytest.fixture
def to_the_other(sites: dict[str, Site], db: None) -> Page:
    """A page of Hagen's that links to one of Hemer's in every way there is."""
    target = Page.objects.get(slug="nur-hemer", locale__language_code="de").specific
    arabic = factories.translated(target, "ar", title="هيمر")
    link = '<a linktype="page" id="{}">{}</a>'
    body = [
        ("paragraph", f"<p>{link.format(target.pk, 'Text')} {link.format(arabic.pk, 'Arabisch')}</p>"),
        ("links", {"heading": "", "links": [{"title": "Liste", "page": target, "url": "", "note": ""}]}),
    ]
    settings = sites[OWN].sitesettings
    settings.footer_links = [("link", {"page": target, "url": "", "label": {"de": "Fuß"}})]
    settings.save()
    page: Page = factories.content(sites[OWN], "Nachbarn", slug="nachbarn", body=body)
    return page


def test_a_link_to_another_site_leads_there(to_the_other: Page, client: Client, code: str) -> None:
    page = webpages.read(client.get(f"/{code}/nachbarn/", headers={"Host": OWN}))
    links = {webpages.text(link): link["href"] for link in page.find_all("a", href=True)}
    wanted = f"http://{OTHER}/{code}/nur-hemer/"
    assert [links.get(text) for text in ("Text", "Arabisch", "Liste", "Fuß")] == [wanted] * 4
    assert client.get(f"/{code}/nur-hemer/", headers={"Host": OTHER}).status_code == 200


def test_links_within_a_site_stay_paths(sites: dict[str, Site], client: Client, code: str) -> None:
    for host in (OWN, OTHER):
        page = webpages.read(client.get(f"/{code}/organisationen/verein/", headers={"Host": host}))
        assert not [link["href"] for link in page.select("main a[href^=http]") if "localhost" in str(link["href"])]


def test_many_links_to_another_site_ask_for_it_once(to_the_other: Page, client: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        client.get("/de/nachbarn/", headers={"Host": OWN})
    target = Page.objects.get(slug="nur-hemer", locale__language_code="de")
    links = "".join(f'<a linktype="page" id="{target.pk}">x</a>' for _number in range(30))
    to_the_other.body.append(("paragraph", f"<p>{links}</p>"))
    to_the_other.save()
    with CaptureQueriesContext(connection) as many:
        client.get("/de/nachbarn/", headers={"Host": OWN})
    assert len(many) <= len(few) + 1  # the pages of one more text


def test_a_redirect_to_a_page_of_another_site_leads_there(to_the_other: Page, client: Client, code: str) -> None:
    target = Page.objects.get(slug="nur-hemer", locale__language_code="de")
    Redirect.add_redirect("/de/frueher/", target, site=Site.objects.get(hostname=OWN))
    response = client.get(f"/{code}/frueher/", headers={"Host": OWN})
    assert (response.status_code, response["Location"]) == (301, f"http://{OTHER}/{code}/nur-hemer/")
