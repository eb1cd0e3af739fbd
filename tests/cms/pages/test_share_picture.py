"""What shows beside a link to a page: its own picture, or a card with its title in the reader's language."""

import io
import time
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image, ImageChops, features
from wagtail.models import PageViewRestriction

from cms.media import cards, copies
from cms.pages import share_picture
from news.models import NewsPage
from tests import factories, webpages

ARTICLE = "aktuelles/netzwerktreffen-im-rathaus/"


def shared(client: Client, path: str) -> dict[str, str]:
    page = webpages.read(client.get(path))
    return {str(meta["property"]): str(meta["content"]) for meta in page.select("meta[property^='og:image']")}


def seen(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("path", ["", "organisationen/beispielverein/", "termine/beispiel-sprachcafe/", ARTICLE])
def test_a_page_without_a_picture_of_its_own_has_a_card(demo: None, client: Client, code: str, path: str) -> None:
    said = shared(client, f"/{code}/{path}")
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    response = client.get(urlsplit(said["og:image"]).path)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert "immutable" in response["Cache-Control"] and not response.cookies
    card = seen(response.content)
    assert card.size == cards.SIZE
    assert len(response.content) < 100_000
    assert ImageChops.difference(card, Image.new("RGB", card.size, card.getpixel((600, 300)))).getbbox()


def test_a_page_with_a_picture_shows_it_around_its_focus(demo: None, client: Client) -> None:
    article = NewsPage.objects.sources().get(slug="netzwerktreffen-im-rathaus")
    article.main_image = factories.picture()
    article.save()
    before = shared(client, f"/ar/{ARTICLE}")["og:image"]
    assert client.get(urlsplit(before).path).status_code == 200
    article.main_image.get_rendition(copies.SHARED)
    after = shared(client, f"/ar/{ARTICLE}")
    picture = seen(b"".join(client.get(urlsplit(after["og:image"]).path)))
    assert picture.size == (int(after["og:image:width"]), int(after["og:image:height"]))


def test_another_title_has_another_address_and_an_old_one_leads_there(demo: None, client: Client) -> None:
    old = urlsplit(shared(client, f"/de/{ARTICLE}")["og:image"]).path
    article = NewsPage.objects.sources().get(slug="netzwerktreffen-im-rathaus")
    article.title = "Ganz anders"
    article.save()
    new = shared(client, f"/de/{ARTICLE}")["og:image"]
    assert urlsplit(new).path != old
    assert client.get(old).headers["Location"] == new


def test_nobody_learns_a_title_that_is_not_public(demo: None, client: Client) -> None:
    address = urlsplit(shared(client, f"/de/{ARTICLE}")["og:image"]).path
    article = NewsPage.objects.sources().get(slug="netzwerktreffen-im-rathaus")
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address).status_code == 404
    PageViewRestriction.objects.all().delete()
    article.unpublish()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Ein Fest", "de"),
        ("عيد في Brücke e.V., 17:00", "ar"),
        ("گفتگو", "fa"),
        ("Їжак", "uk"),
        ("x" * 999, "en"),
        ("", "de"),
    ],
)
def test_any_title_is_drawn_at_once(title: str, language: str) -> None:
    begun = time.process_time()
    card = cards.drawn(title=title, site_name="Miteinander", colour="#0b4f8a", language=language)
    assert time.process_time() - begun < 1
    assert seen(card).size == cards.SIZE


def test_arabic_begins_at_the_right_and_is_joined() -> None:
    assert features.check("raqm") and features.check("fribidi")
    card = seen(cards.drawn(title="لغة", site_name="", colour="#0b4f8a", language="ar"))
    left, _top, right, _bottom = ImageChops.difference(
        card.crop((0, 60, 1200, 500)), Image.new("RGB", (1200, 440), "white")
    ).getbbox()
    assert right > 1100 and left > 900
    apart = sum(cards._font("rtl", 76, cards.BOLD).getlength(letter) for letter in "لغة")
    assert right - left < apart - 10  # three letters of a word are narrower than three that stand alone


def test_without_the_library_an_arabic_title_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "can_write", lambda direction: direction == "ltr")
    one = cards.drawn(title="لغة", site_name="M", colour="#0b4f8a", language="ar")
    assert one == cards.drawn(title="عيد", site_name="M", colour="#0b4f8a", language="ar")


def test_a_card_is_drawn_once(demo: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    address, drawn = urlsplit(shared(client, f"/de/{ARTICLE}")["og:image"]).path, cards.drawn
    calls: list[int] = []
    monkeypatch.setattr(share_picture.cards, "drawn", lambda **said: calls.append(1) or drawn(**said))
    assert client.get(address).content == client.get(address).content
    assert calls == [1]
