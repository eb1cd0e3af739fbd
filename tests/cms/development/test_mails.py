"""The mails of `make dev`: kept as files and read in the browser."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import Http404
from django.test import RequestFactory

from cms.development import mails


@pytest.fixture(autouse=True)
def folder(tmp_path, settings) -> Path:
    settings.DATA_DIR = tmp_path
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [Path(mails.__file__).parent / "templates"]}]
    settings.MIDDLEWARE = ["cms.http.security_headers.SecurityHeadersMiddleware"]
    settings.ROOT_URLCONF = "tests.cms.development.urls"
    return tmp_path / "mails"


def send(subject: str = "Ihr Zugang", html: str = "<p>Guten Tag</p>") -> str:
    message = EmailMultiAlternatives(subject, "Guten Tag\nhttps://example.org/de/my/", to=["member@example.org"])
    message.attach_alternative(html, "text/html")
    message.attach("termin.ics", "BEGIN:VCALENDAR", "text/calendar")
    mails.EmailBackend().send_messages([message])
    return max(path.stem for path in mails.folder().iterdir())


def test_the_newest_mail_stands_first(client):
    send("First")
    send("كلمة المرور")
    rows = BeautifulSoup(client.get("/dev/mails/").content, "html.parser").select("tbody a")
    assert [row.get_text() for row in rows] == ["كلمة المرور", "First"]


def test_without_mails_the_list_says_so(client):
    assert "None yet" in client.get("/dev/mails/").text


def test_a_mail_is_shown_with_headers_text_and_what_is_attached(client):
    page = BeautifulSoup(client.get(f"/dev/mails/{send()}/").content, "html.parser")
    said = page.get_text()
    assert "member@example.org" in said
    assert "termin.ics" in said
    assert page.select_one("pre a")["href"] == "https://example.org/de/my/"


def test_its_html_runs_no_script_and_loads_nothing(client):
    response = client.get(f"/dev/mails/{send(html='<p>Guten Tag</p><script>alert(1)</script>')}/html/")
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert b"Guten Tag" in b"".join(response.streaming_content)


def test_a_mail_of_text_alone_has_no_frame(client, folder):
    mails.EmailBackend().send_messages([EmailMessage("Plain", "Only text", to=["press@example.org"])])
    [path] = folder.iterdir()
    assert "<iframe" not in client.get(f"/dev/mails/{path.stem}/").text


@pytest.mark.parametrize("name", ["nothing", "../secret-key", "..", ""])
def test_only_mails_are_read(name, folder):
    folder.mkdir()
    (folder.parent / "secret-key.eml").write_text("secret")
    with pytest.raises(Http404):
        mails.show(RequestFactory().get("/"), name)
