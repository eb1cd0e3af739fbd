"""What a translator has typed while the log-in ended is there again after it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client

from cms.accounts import User, roles
from cms.forms import kept
from cms.forms.kept import KeptForm
from tests import factories
from tests.translations import content

pytestmark = pytest.mark.django_db


def expire() -> None:
    Session.objects.all().delete()


class Bench:
    def __init__(self) -> None:
        self.page = content.article()
        content.publishing.save_words(page=self.page, language="ar", words={})
        self.user = factories.translator("ar")
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(self.user)
        self.address = f"/admin/pages/{content.translation(self.page).pk}/edit/"

    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.client.get(self.address).content, "html.parser")

    def form(self) -> dict[str, str]:
        soup = self.soup()
        fields = {field["name"]: field.get("value", "") for field in soup.select(".tr-form input[type=hidden]")}
        return fields | {area["name"]: area.get_text().strip() for area in soup.select(".tr-form textarea")}

    def log_in(self, answer: Any, user: User | None = None) -> Any:
        soup = BeautifulSoup(self.client.get(answer["Location"]).content, "html.parser")
        data = {field["name"]: field.get("value", "") for field in soup.select("form input[name]")}
        email = (user or self.user).email
        return self.client.post(
            answer["Location"], {**data, "username": email, "password": factories.PASSWORD, "next": self.address}
        )


@pytest.fixture
def bench() -> Bench:
    return Bench()


def words(form: dict[str, str]) -> list[str]:
    return [name for name in form if name.startswith("words-")]


def test_nothing_typed_is_lost_when_the_log_in_has_ended(bench: Bench) -> None:
    form = bench.form()
    first, second, *_others = words(form)
    expire()
    sent = {**form, first: "عنوان", second: "{b}bad", "note": "Ein Hinweis.", "action": "save"}
    answer = bench.client.post(bench.address, sent)
    assert "/admin/login/" in answer["Location"]
    assert all(segment.is_missing for segment in content.segments(bench.page))
    assert bench.log_in(answer)["Location"] == bench.address
    again = bench.form()
    shown = again[second].replace("\u2066", "").replace("\u2069", "")  # set apart, so that codes are read in order
    assert (again[first], shown, again["note"]) == ("عنوان", "{b}bad", "Ein Hinweis.")
    bench.client.post(bench.address, {**again, second: "ثان", "action": "save"})
    assert [segment.target for segment in content.segments(bench.page)][:2] == ["عنوان", "ثان"]
    assert not KeptForm.objects.exists()


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(bench: Bench) -> None:
    form = bench.form()
    first = words(form)[0]
    expire()
    answer = bench.client.post(bench.address, {**form, first: "أنا", "action": "save"})
    place = content.segments(bench.page)[0].place
    content.publishing.save_words(page=bench.page, language="ar", words={place: "هم"})
    bench.log_in(answer)
    entry = bench.soup().find(id=first)
    assert "هم" in entry.select_one(".error-message").get_text()
    assert entry.select_one("textarea").get_text().strip() == "أنا"


def test_a_form_of_an_earlier_log_in_is_shown_again(bench: Bench) -> None:
    """Logged out and in again in another tab: the secret of the old form is not the new one's."""
    form = bench.form()
    first = words(form)[0]
    bench.client.cookies["csrftoken"] = "a" * 32
    sent = {**form, first: "عنوان", "action": "save"}
    assert bench.client.post(bench.address, sent).status_code == 403  # from who knows where
    assert not KeptForm.objects.exists()
    answer = bench.client.post(bench.address, sent, headers={"origin": "http://testserver"})
    assert (answer.status_code, answer["Location"]) == (303, bench.address)
    assert bench.form()[first] == "عنوان"


@pytest.mark.parametrize("cookie", ["", "1", "forged"])
def test_strangers_store_nothing(bench: Bench, cookie: str) -> None:
    form = bench.form()
    stranger = Client()
    if cookie:
        stranger.cookies[kept.COOKIE] = cookie
    assert "/admin/login/" in stranger.post(bench.address, {**form, words(form)[0]: "x"})["Location"]
    assert not KeptForm.objects.exists()


def test_nothing_is_kept_for_a_page_of_another_language_nor_shown_to_somebody_else(bench: Bench) -> None:
    form = bench.form()
    content.publishing.save_words(page=bench.page, language="tr", words={})
    expire()
    other = f"/admin/pages/{content.translation(bench.page, 'tr').pk}/edit/"
    bench.client.post(other, {**form, words(form)[0]: "x", "action": "save"})
    assert not KeptForm.objects.exists()
    answer = bench.client.post(bench.address, {**form, words(form)[0]: "x", "action": "save"})
    assert KeptForm.objects.count() == 1
    bench.log_in(answer, factories.person("zweite@example.org", roles.translators("ar")))
    assert bench.form()[words(form)[0]] == ""
