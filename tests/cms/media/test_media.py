"""How uploaded files are delivered."""

from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Canvas
from wagtail.documents import get_document_model
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from cms.media import Image
from news.models import NewsIndexPage
from tests import factories

pytestmark = pytest.mark.django_db


def body(response: Any) -> bytes:
    return b"".join(response)


@pytest.fixture
def index() -> NewsIndexPage:
    return factories.news_index(factories.municipality())


def shown(index: NewsIndexPage, name: str, content: bytes = b"x") -> Image:
    """A picture of a public page."""
    image = Image(
        title="Bild",
        credit="Ich",
        width=9,
        height=9,
        file=default_storage.save(f"original_images/{name}", ContentFile(content)),
    )
    Image.objects.bulk_create([image])  # whatever the content
    image = Image.objects.get(file=image.file.name)
    factories.article(index, main_image=image, main_image_alt="Ein Bild")
    return image


DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"


def test_nothing_in_a_file_can_run_or_be_taken_for_something_else(client: Client, index: NewsIndexPage) -> None:
    response = client.get(shown(index, "zeichnung.svg", DRAWING).file.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy


def copy_of(index: NewsIndexPage) -> str:
    image = factories.picture()
    factories.article(index, main_image=image, main_image_alt="Ein Bild")
    return image.get_rendition("width-40|format-webp").url


def test_browsers_keep_pictures_for_a_year_and_proxies_for_minutes(client: Client, index: NewsIndexPage) -> None:
    address = copy_of(index)
    response = client.get(address)
    assert response["Content-Type"] == "image/webp"
    kept = dict(part.strip().partition("=")[::2] for part in response["Cache-Control"].split(","))
    assert kept == {"public": "", "immutable": "", "max-age": "31536000", "s-maxage": "300"}
    assert client.get(address, headers={"If-Modified-Since": response["Last-Modified"]}).status_code == 304
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, body(again)) == (304, b"")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_visitors_get_copies_and_never_the_picture_as_it_was_sent(client: Client, index: NewsIndexPage) -> None:
    image = factories.picture()
    factories.article(index, main_image=image, main_image_alt="Ein Bild")
    assert client.get(image.file.url).status_code == 404
    press = Client()
    press.force_login(factories.press())
    assert press.get(image.file.url)["Cache-Control"] == "private, no-store"


def test_another_picture_never_gets_an_address_that_browsers_have_kept(index: NewsIndexPage) -> None:
    names = set()
    for colour in ("red", "blue"):
        canvas = BytesIO()
        Canvas.new("RGB", (20, 20), colour).save(canvas, "PNG")
        image = Image.objects.create(title="x", file=ImageFile(BytesIO(canvas.getvalue()), "immer-gleich.png"))
        image._set_image_file_metadata()
        image.save()
        copy = image.get_rendition("width-10")
        names.add(copy.url)
        for file in (copy.file, image.file):
            file.storage.delete(file.name)
        image.delete()
    assert len(names) == 2


def test_a_file_that_is_lost_is_a_404(client: Client, index: NewsIndexPage) -> None:
    image = shown(index, "zeichnung.svg", DRAWING)
    default_storage.delete(image.file.name)
    assert client.get(image.file.url).status_code == 404


def test_only_reading_is_answered(client: Client, index: NewsIndexPage) -> None:
    address = copy_of(index)
    assert client.post(address).status_code == 405
    head, whole = client.head(address), client.get(address)
    assert (head.status_code, body(head)) == (200, b"")
    assert head["Content-Length"] == whole["Content-Length"] == str(len(body(whole)))


def test_a_public_picture_asks_the_database_little(
    client: Client, index: NewsIndexPage, django_assert_max_num_queries: Any
) -> None:
    address = copy_of(index)
    client.get(address)
    with django_assert_max_num_queries(6):
        assert client.get(address).status_code == 200


# Parts


CONTENT = bytes(range(256)) * 40
SIZE = len(CONTENT)


@pytest.fixture
def film() -> str:
    return get_document_model().objects.create(title="Film", file=ContentFile(CONTENT, "film.mp4")).url


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-", 0, SIZE - 1),
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=10000-99999999", 10_000, SIZE - 1),
        ("bytes=-5", SIZE - 5, SIZE - 1),
        ("bytes=-99999999", 0, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
        ("BYTES = 3-4", None, None),
        ("Bytes=3-4", 3, 4),
        # Several parts, another unit, nonsense: the whole.
        ("bytes=0-1,5-6", None, None),
        ("lines=0-1", None, None),
        ("bytes=5-2", None, None),
        ("bytes=-", None, None),
        ("bytes=a-b", None, None),
        ("bytes=" + "9" * 5000 + "-", None, None),
        ("bytes=١-٢", None, None),
    ],
)
def test_a_part_of_a_file(client: Client, film: str, wanted: str, first: int | None, last: int | None) -> None:
    response = client.get(film, headers={"Range": wanted})
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "video/mp4"
    if first is None or last is None:
        assert (response.status_code, body(response)) == (200, CONTENT)
        assert "Content-Range" not in response
        return
    assert (response.status_code, body(response)) == (206, CONTENT[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["ETag"] == client.get(film)["ETag"]


@pytest.mark.parametrize("wanted", [f"bytes={SIZE}-", "bytes=99999999-", "bytes=-0"])
def test_a_part_that_is_not_there(client: Client, film: str, wanted: str) -> None:
    response = client.get(film, headers={"Range": wanted})
    assert (response.status_code, response["Content-Range"], body(response)) == (416, f"bytes */{SIZE}", b"")


def test_a_part_only_of_the_file_that_the_client_has(client: Client, film: str) -> None:
    whole = client.get(film)
    for holds in (whole["ETag"], whole["Last-Modified"]):
        assert client.get(film, headers={"Range": "bytes=0-3", "If-Range": holds}).status_code == 206
    for holds in ('"other"', f"W/{whole['ETag']}", "Mon, 01 Jan 2001 00:00:00 GMT", "nonsense", ""):
        answer = client.get(film, headers={"Range": "bytes=0-3", "If-Range": holds})
        assert (answer.status_code, body(answer)) == (200, CONTENT)
    answer = client.get(film, headers={"Range": "bytes=0-3", "If-None-Match": whole["ETag"]})
    assert answer.status_code == 304


def test_parts_and_pictures_are_not_compressed_on_the_way(client: Client, film: str, index: NewsIndexPage) -> None:
    text = get_document_model().objects.create(title="Text", file=ContentFile(b"abc " * 500, "text.txt")).url
    gzip = {"Accept-Encoding": "gzip"}
    assert client.get(text, headers=gzip)["Content-Encoding"] == "gzip"
    answer = client.get(text, headers={**gzip, "Range": "bytes=4-7"})
    assert (answer.status_code, body(answer)) == (206, b"abc ")
    for address in (film, copy_of(index)):
        assert "Content-Encoding" not in client.get(address, headers=gzip)


def test_documents_are_asked_for_each_time(client: Client, film: str) -> None:
    """Their address stays when another file comes, or a log-in."""
    answer = client.get(film)
    assert answer["Cache-Control"] == "no-cache"
    assert client.get(film, headers={"If-None-Match": answer["ETag"]}).status_code == 304


# Names


OUTSIDE = [
    "../secret-key",
    "../../etc/passwd",
    "..%2fsecret-key",
    "%2e%2e/secret-key",
    "images/../../secret-key",
    "/etc/passwd",
    "//etc/passwd",
    "..\\secret-key",
    "%00",
    "bild.png%00.txt",
    "",
    ".",
    "images",
    "images/",
    "gibt-es-nicht.png",
    "x" * 5000,
    "a/" * 2000,
    "%ff",
    "%F0%9F%A6%94.png",
]


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path[:20] or "empty")
def test_nothing_outside_the_media_folder_is_delivered(client: Client, path: str) -> None:
    default_storage.save("images/bild.png", ContentFile(b"x"))
    assert client.get(f"/media/{path}", follow=True).status_code in {400, 404}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=60))
def test_no_path_breaks_the_delivery(client: Client, path: str) -> None:
    response = client.get("/media/" + quote(path.encode("utf-8", "replace")), follow=True)
    assert response.status_code in {200, 400, 404}


# Documents


def document(**fields: object) -> Document:
    return Document.objects.create(title="Merkblatt", file=ContentFile(b"%PDF-1.4", "merkblatt.pdf"), **fields)


def test_a_document_is_delivered_without_cookie_and_cannot_run_anything(client: Client) -> None:
    response = client.get(document().url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.4"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not response.cookies


def test_a_document_of_a_private_collection_asks_for_its_password(client: Client) -> None:
    private = Collection.get_first_root_node().add_child(name="Intern")
    CollectionViewRestriction.objects.create(
        collection=private,
        restriction_type="password",
        password="offen",  # noqa: S106
    )
    response = client.get(document(collection=private).url)
    assert response.status_code == 200
    assert b"%PDF" not in b"".join(response) if response.streaming else b"%PDF" not in body(response)
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_document_of_a_collection_for_people_with_an_account_asks_for_a_log_in(client: Client) -> None:
    private = Collection.get_first_root_node().add_child(name="Intern")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    address = document(collection=private).url
    assert client.get(address).status_code == 302
    client.force_login(factories.person())
    assert client.get(address).status_code == 200


def test_an_unknown_document_is_a_404(client: Client) -> None:
    assert client.get("/documents/999999/x.pdf").status_code == 404
