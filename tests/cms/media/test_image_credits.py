"""Credits of pictures: offered from the file, kept while visitors see the picture, found by any part of them."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from cms.admin.refusals import Refused
from cms.media import Image, image_credit, image_process
from news.models import NewsIndexPage, NewsPage
from tests import factories, webpages

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Ayşe Öz</rdf:li>'
    '</rdf:Seq></dc:creator><dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Stadt Hagen</rdf:li></rdf:Alt>'
    "</dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()


def jpeg(artist: str = "", copyright: str = "", **options: Any) -> bytes:
    picture, output = Pillow.new("RGB", (80, 60), "steelblue"), BytesIO()
    exif = picture.getexif()
    for tag, value in ((image_credit.ARTIST, artist), (image_credit.COPYRIGHT, copyright)):
        if value:
            exif[tag] = value
    picture.save(output, "JPEG", exif=exif, **options)
    return output.getvalue()


def with_iptc(by_line: bytes, notice: bytes) -> bytes:
    """As press agencies send pictures: an IPTC record in Photoshop's segment."""
    record = b"".join(
        b"\x1c\x02" + bytes([number]) + len(text).to_bytes(2) + text for number, text in ((80, by_line), (116, notice))
    )
    resource = b"8BIM\x04\x04\x00\x00" + len(record).to_bytes(4) + record + b"\x00" * (len(record) % 2)
    body = b"Photoshop 3.0\x00" + resource
    plain = jpeg()
    return plain[:2] + b"\xff\xed" + (len(body) + 2).to_bytes(2) + body + plain[2:]


@pytest.mark.parametrize(
    ("data", "credit"),
    [
        (jpeg("Charlien Schmitt", "Stadt Hagen"), "Charlien Schmitt / Stadt Hagen"),
        (jpeg("Charlien Schmitt", "(c) 2025 Charlien Schmitt, Hagen"), "Charlien Schmitt, Hagen"),
        (jpeg("Charlien Schmitt"), "Charlien Schmitt"),
        (jpeg("", "Copyright Stadt Hagen"), "Stadt Hagen"),
        (jpeg("unknown"), ""),
        (jpeg(), ""),
        (with_iptc("Ömer Demir".encode(), b"Stadt Hagen"), "Ömer Demir / Stadt Hagen"),
        (with_iptc("Ömer".encode("latin-1"), b""), "Ömer"),
        (jpeg(xmp=XMP), "Ayşe Öz / Stadt Hagen"),
        (with_iptc("A\u202eB\n<script>".encode(), b""), "A B <script>"),
        (b"no picture", ""),
        (jpeg("Name"), "Name"),
    ],
)
def test_the_credit_that_a_file_names_is_offered(data: bytes, credit: str) -> None:
    assert image_process.credit(data) == credit


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=400), st.binary(max_size=400), st.lists(st.text(max_size=20), max_size=8)))
def test_whatever_a_file_claims_is_one_short_line(value: Any) -> None:
    line = image_credit.line(value)
    assert len(line) <= image_credit.LONGEST
    assert line == " ".join(line.split())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 500), st.binary(min_size=1, max_size=8))
def test_a_broken_file_offers_something_or_nothing(position: int, noise: bytes) -> None:
    data = bytearray(with_iptc(b"Name", b"Stadt"))
    data[position : position + len(noise)] = noise
    try:
        with Pillow.open(BytesIO(bytes(data))) as picture:
            assert isinstance(image_credit.offered(picture), str)
    except (OSError, SyntaxError, ValueError, Pillow.DecompressionBombError):
        pass  # no picture any more


@pytest.fixture
def press(client: Client) -> Client:
    client.force_login(factories.press())
    return client


@pytest.fixture
def index(db: None) -> NewsIndexPage:
    return factories.news_index(factories.municipality())


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", data, "image/jpeg")


def test_the_form_for_a_new_picture_asks_for_the_credit(index: NewsIndexPage, press: Client) -> None:
    form = webpages.read(press.get(reverse("wagtailimages:add")))
    address = form.select_one("#id_file")["data-offers-credit"]
    answer = press.post(address, {"beginning": upload(jpeg("Charlien", "Stadt Hagen"))}).json()
    assert answer["credit"] == "Charlien / Stadt Hagen"
    assert not Image.objects.exists()


def test_only_who_adds_pictures_may_ask(index: NewsIndexPage, client: Client) -> None:
    assert client.post(reverse("offered_credit"), {"beginning": upload(jpeg("A"))}).status_code == 302
    client.force_login(factories.translator("ar"))
    assert client.post(reverse("offered_credit"), {"beginning": upload(jpeg("A"))}).status_code in {302, 403}


def test_among_many_pictures_the_offer_stands_in_the_form_and_is_stored_by_hand(
    index: NewsIndexPage, press: Client
) -> None:
    answer = press.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Fest", "files[]": upload(jpeg("Charlien", "Stadt Hagen"))},
        headers={"X-Requested-With": "XMLHttpRequest"},
    ).json()
    assert answer["success"]
    image = Image.objects.get()
    assert image.credit == ""
    assert f'name="image-{image.pk}-credit" value="Charlien / Stadt Hagen"' in answer["form"]


def used(index: NewsIndexPage, times: int = 1, **fields: Any) -> Image:
    image = factories.picture("Gruppe", credit="Charlien / Stadt Hagen")
    for number in range(times):
        factories.article(index, f"Artikel {number}", lead="x", main_image=image, main_image_alt="Menschen", **fields)
    return image


def by_form(client: Client, image: Image) -> None:
    with override("en"):
        answer = client.post(
            reverse("wagtailimages:edit", args=[image.pk]),
            {"title": image.title, "credit": " ", "collection": image.collection_id, "tags": "", "description": ""},
        )
    assert "Artikel 0" in webpages.html(answer)


def among_many(client: Client, image: Image) -> None:
    name = f"image-{image.pk}"
    answer = client.post(
        reverse("wagtailimages:edit_multiple", args=[image.pk]),
        {f"{name}-title": "x", f"{name}-credit": "", f"{name}-collection": image.collection_id, f"{name}-tags": ""},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert not json.loads(answer.content)["success"]


def by_code(client: Client, image: Image) -> None:
    image.credit = ""
    with pytest.raises(Refused):
        image.save()


@pytest.mark.parametrize("act", [by_form, among_many, by_code])
def test_a_picture_that_is_shown_keeps_its_credit(
    index: NewsIndexPage, press: Client, act: Callable[[Client, Image], None]
) -> None:
    image = used(index)
    act(press, image)
    assert Image.objects.get(pk=image.pk).credit == "Charlien / Stadt Hagen"


def test_the_credit_may_be_corrected_and_that_of_an_unused_picture_emptied(index: NewsIndexPage) -> None:
    image, unused = used(index), factories.picture("Allein")
    image.credit, unused.credit = "Charlien Schmitt", ""
    image.save()
    unused.save()
    assert Image.objects.get(pk=image.pk).credit == "Charlien Schmitt"


@pytest.mark.parametrize("query", ["Charlien", "Stadt", "Charl", "hagen", "Gruppe"])
@pytest.mark.parametrize("name", ["wagtailimages:index", "wagtailimages_chooser:choose_results"])
def test_pictures_are_found_by_parts_of_their_credit(
    index: NewsIndexPage, press: Client, query: str, name: str
) -> None:
    used(index)
    factories.picture("Anderes", credit="Name")
    shown = webpages.html(press.get(reverse(name), {"q": query}))
    assert "Gruppe" in shown
    assert "Anderes" not in shown


@pytest.mark.parametrize("live", [True, False])
def test_the_question_says_how_often_and_where_a_picture_is_used(
    index: NewsIndexPage, press: Client, live: bool
) -> None:
    image = used(index, 15, live=live)
    single = reverse("wagtailimages:delete", args=[image.pk])
    bulk = reverse("wagtail_bulk_action", args=["cms", "image", "delete"]) + f"?id={image.pk}"
    for address in (single, bulk):
        with override("en"):
            shown = webpages.text(webpages.read(press.get(address)))
        assert "15 " in shown
        assert "Artikel 7" in shown
    assert NewsPage.objects.count() == 15
