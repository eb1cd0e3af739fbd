"""The editor asks how plain a German text is: who may, what comes back, and where the panel appears."""

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cms.accounts import User
from tests import factories

pytestmark = pytest.mark.django_db

PASSIVE = "Das Fest wird am Montag eröffnet."


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.press())
    return client


def ask(client: Client, text: str) -> HttpResponse:
    return client.post(reverse("plain_language"), {"text": text})


def ask_as_json(client: Client, sent: Any) -> HttpResponse:
    body = sent if isinstance(sent, (str, bytes)) else json.dumps(sent)
    return client.post(reverse("plain_language"), body, content_type="application/json")


# Who may ask


def test_a_visitor_is_sent_to_the_login(client: Client) -> None:
    answer = ask(client, PASSIVE)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("wagtailadmin_login"))


def test_a_person_without_admin_access_is_refused(client: Client) -> None:
    client.force_login(factories.person())
    assert ask(client, PASSIVE).status_code == 302
    answer = client.post(reverse("plain_language"), {"text": PASSIVE}, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 403


@pytest.mark.parametrize("role", [factories.press, factories.ki, factories.administrator])
def test_staff_get_an_answer(client: Client, role: Any) -> None:
    user: User = role()
    client.force_login(user)
    assert ask(client, PASSIVE).status_code == 200


def test_only_a_post_is_answered(editor: Client) -> None:
    assert editor.get(reverse("plain_language")).status_code == 405


def test_a_post_from_elsewhere_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.press())
    assert ask(client, PASSIVE).status_code == 403


# What comes back


@pytest.mark.parametrize("way", [ask, lambda client, text: ask_as_json(client, {"text": text})])
def test_hints_come_with_their_words(editor: Client, way: Any) -> None:
    answer = way(editor, PASSIVE).json()
    assert [(hint["kind"], hint["excerpt"]) for hint in answer["hints"]] == [("passive", "wird … eröffnet")]
    assert answer["hints"][0]["message"]
    assert answer["figures"] == {"sentences": 1, "words": 6, "wstf": None, "hints": 1}
    assert answer["more"] == ""


def test_a_text_without_hints_says_so(editor: Client) -> None:
    answer = ask(editor, "Wir feiern.").json()
    assert answer["hints"] == []
    assert answer["summary"]


def test_a_long_text_has_a_figure_on_the_scale_of_school_years(editor: Client) -> None:
    answer = ask(editor, "Wir feiern zusammen ein großes Fest im schönen Park am Rathaus. " * 6).json()
    assert isinstance(answer["figures"]["wstf"], float)
    assert re.search(r"\d", answer["readability"])


def test_only_the_first_fifty_hints_are_listed_and_the_others_are_counted(editor: Client) -> None:
    answer = ask(editor, f"{PASSIVE} " * 53).json()
    assert len(answer["hints"]) == 50
    assert answer["figures"]["hints"] == 53
    assert "3" in answer["more"]


def test_a_sentence_without_end_is_shortened(editor: Client) -> None:
    answer = ask(editor, "Wort " * 5000).json()
    assert max(len(hint["excerpt"]) for hint in answer["hints"]) <= 160


# What cannot be read


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '"text"', "null", "{}", '{"text": 1}', '{"text": null}', b"\xff\xfe", "[" * 100_000]
)
def test_json_without_a_text_is_refused_in_words(editor: Client, body: str | bytes) -> None:
    answer = ask_as_json(editor, body)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_form_without_a_text_is_refused_in_words(editor: Client) -> None:
    answer = editor.post(reverse("plain_language"), {"other": "x"})
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize(("length", "status"), [(200_000, 200), (200_001, 413), (4_000_000, 413)])
def test_too_long_a_text_is_refused_in_words(editor: Client, length: int, status: int) -> None:
    answer = ask_as_json(editor, {"text": "a" * length})
    assert answer.status_code == status
    assert ("error" in answer.json()) is (status == 413)


# Where the panel appears


def test_the_editor_of_a_german_page_loads_the_panel_for_german(editor: Client) -> None:
    article = factories.article(factories.news_index(factories.municipality()))
    page = BeautifulSoup(editor.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content, "html.parser")
    [script] = page.select('script[src*="plain_language"]')
    assert (script["data-url"], script["data-language"]) == (reverse("plain_language"), "de")
    assert page.select('link[href*="plain_language"]')
    assert page.select_one('#page-edit-form [role="tabpanel"] textarea[name="lead"]')
    assert language_written(page) == "de"


def test_a_page_that_is_just_begun_says_that_it_is_german(editor: Client) -> None:
    index = factories.news_index(factories.municipality())
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    assert language_written(BeautifulSoup(editor.get(address).content, "html.parser")) == "de"


def test_where_a_translation_is_edited_nothing_says_german(editor: Client) -> None:
    article = factories.article(factories.news_index(factories.municipality()))
    turkish = factories.translated(article, "tr", title="Bir haber")
    page = BeautifulSoup(editor.get(reverse("wagtailadmin_pages:edit", args=[turkish.pk])).content, "html.parser")
    assert language_written(page) != "de"


def language_written(page: BeautifulSoup) -> str | None:
    """The marker of Wagtail's by which the script knows the language of the page; None where there is none."""
    [config] = page.select("script#wagtail-config")
    language: str | None = json.loads(config.string or "").get("ACTIVE_CONTENT_LOCALE")
    return language
