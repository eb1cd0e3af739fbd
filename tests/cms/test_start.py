"""``/`` leads to the home page in the language that the browser prefers."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("preferred", "code"),
    [
        ("de", "de"),
        ("ar", "ar"),
        ("ar-SY", "ar"),
        ("uk-UA,uk;q=0.9,en;q=0.5", "uk"),
        ("tr;q=0.3,ru;q=0.8", "ru"),
        ("xx,fa;q=0.2", "fa"),
        ("de-simple", "de-simple"),
        ("de-simple;q=0.9,en;q=0.4", "de-simple"),
        ("de-AT", "de"),
        ("EN-gb", "en"),
        ("xx", "de"),
        ("*", "de"),
        ("", "de"),
        ("ro;q=0,bg", "bg"),
        ("\x00", "de"),
        ("x" * 6000, "de"),
        (",".join(["xx"] * 400), "de"),
    ],
    ids=lambda value: value[:24].replace("\x00", "NUL"),
)
def test_the_browsers_language_decides(client: Client, preferred: str, code: str) -> None:
    response = client.get("/", headers={"Accept-Language": preferred})
    assert (response.status_code, response["Location"]) == (302, f"/{code}/")


def test_without_a_preference_it_is_german(client: Client) -> None:
    assert client.get("/")["Location"] == "/de/"


def test_caches_keep_one_answer_a_language(client: Client) -> None:
    response = client.get("/", headers={"Accept-Language": "ar"})
    assert "Accept-Language" in response["Vary"]
    assert "no-cache" in response["Cache-Control"]


def test_the_choice_is_not_remembered_in_a_cookie(client: Client) -> None:
    assert not client.get("/", headers={"Accept-Language": "ar"}).cookies


def test_head_answers_too(client: Client) -> None:
    assert client.head("/").status_code == 302


@pytest.mark.django_db
def test_nothing_can_be_posted_to_it(client: Client) -> None:
    assert client.post("/").status_code == 405
