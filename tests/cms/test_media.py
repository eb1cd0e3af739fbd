"""How uploaded files are delivered."""

from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from tests import factories

pytestmark = pytest.mark.django_db


def stored(name: str, content: bytes = b"x") -> str:
    return "/media/" + quote(default_storage.save(name, ContentFile(content)))


@pytest.mark.parametrize(
    ("name", "content_type", "inline"),
    [
        ("bild.png", "image/png", True),
        ("bild.jpg", "image/jpeg", True),
        ("bild.webp", "image/webp", True),
        ("bild.avif", "image/avif", True),
        ("zeichnung.svg", "image/svg+xml", True),
        ("seite.html", "text/html", False),
        ("seite.xhtml", "application/xhtml+xml", False),
        ("skript.js", "text/javascript", False),
        ("daten.xml", "application/xml", False),
        ("blatt.pdf", "application/pdf", False),
        ("unbekannt", "application/octet-stream", False),
    ],
)
def test_pictures_are_shown_and_everything_else_is_a_download(
    client: Client, name: str, content_type: str, inline: bool
) -> None:
    response = client.get(stored(f"art/{name}"))
    assert response.status_code == 200
    assert response["Content-Type"].split(";")[0] in {content_type, content_type.replace("application/xml", "text/xml")}
    assert response.get("Content-Disposition", "inline").startswith("inline" if inline else "attachment")


def test_nothing_in_a_file_can_run_or_be_taken_for_something_else(client: Client) -> None:
    response = client.get(stored("zeichnung.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"))
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy


def test_files_may_be_kept_for_a_year(client: Client) -> None:
    address = stored("bild.png")
    response = client.get(address)
    assert "immutable" in response["Cache-Control"]
    assert client.get(address, headers={"If-Modified-Since": response["Last-Modified"]}).status_code == 304
    assert not response.cookies


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
    stored("images/bild.png")
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
    assert b"%PDF" not in b"".join(response) if response.streaming else b"%PDF" not in response.content
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
