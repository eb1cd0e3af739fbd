"""An organisation with two members, one of whom is logged in, and another one that is none of their business."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cms.accounts import User
from cms.pages.drafts import draft_of
from directory.models import DirectoryPage, OrganisationPage
from tests import factories, webpages
from tests.conftest import ReadingClient


@pytest.fixture
def directory(db: None) -> DirectoryPage:
    return factories.directory(factories.municipality())


@pytest.fixture
def verein(directory: DirectoryPage) -> OrganisationPage:
    return factories.organisation(directory, "Verein A", phone="+4923312070", languages_spoken=["de", "ar"])


@pytest.fixture
def other(directory: DirectoryPage) -> OrganisationPage:
    return factories.organisation(directory, "Verein B")


@pytest.fixture
def user(verein: OrganisationPage) -> User:
    return factories.member(verein)


@pytest.fixture
def member(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def colleague(verein: OrganisationPage) -> Client:
    client = ReadingClient()
    client.force_login(factories.member(verein))
    return client


Address = Callable[..., str]


@pytest.fixture
def address(verein: OrganisationPage) -> Address:
    """``address("contact")``: of a form of the organisation, in German or another language."""

    def reversed_(name: str = "organisation", language: str = "de", **kwargs: Any) -> str:
        if name == "preview":
            kwargs["language"] = language
        with translation.override(language):
            return reverse(f"my_{name}", kwargs={"key": verein.translation_key, **kwargs})

    return reversed_


def filled(page: BeautifulSoup) -> dict[str, Any]:
    """What a browser sends for the form of a screen when nothing is changed in it."""
    form = page.select_one("main form[enctype]")
    data: dict[str, Any] = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name, kind = field.get("name"), field.get("type", field.name)
        if name == "csrfmiddlewaretoken" or kind in ("file", "submit"):
            continue
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "on"))
        elif kind == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            data[name] = chosen["value"] if chosen else ""
        elif kind == "textarea":
            data[name] = field.text.removeprefix("\n")
        else:
            data[name] = field.get("value", "")
    return data


def open_form(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200
    return filled(webpages.read(answer))


def send(client: Client, address: str, **changes: Any) -> Any:
    """Opens a form, changes some fields and sends it."""
    return client.post(address, {**open_form(client, address), **changes})


def send_all(client: Client, address: str, **options: Any) -> Any:
    """Looks through what has not been sent, and sends it as it was shown."""
    shown = [field["value"] for field in webpages.read(client.get(address)).select("[name=shown]")]
    return client.post(address, {"shown": shown}, **options)


def errors(answer: Any) -> list[str]:
    return [webpages.text(error) for error in webpages.read(answer).select(".errors")]


def drafted(page: OrganisationPage) -> Any:
    return draft_of(page)
