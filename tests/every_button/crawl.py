"""Walks the admin as somebody who has logged in, over links only, and presses every button that it finds.

One page of a kind is enough: a kind is the pattern of the address with what it is about (a page of which type, in the
source language or translated, public or not; a model). Each press happens in a savepoint that is rolled back.
"""

import json
import re
import traceback
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import trans_real
from wagtail.models import Page

from cms.accounts import User
from cms.localization import languages, locales

ADMIN = "/admin/"
NOT_FOLLOWED = re.compile(
    r"^/admin/(logout|login|sprite|jsi18n|password_reset|dismissibles|editing-sessions|block-preview)/|/999999/"
)
PLACE_OF_PAGE = frozenset({"page_id", "parent_page_id", "page_to_move_id", "parent_id", "pk", "object_id"})
KEPT_PARAMETERS = frozenset({"export", "page_type", "results_only"})
WORDS = re.compile(r"[A-Za-z]{3}")

Kind = tuple[str, ...]


@dataclass
class Fault:
    """What somebody would complain about, with where they stood and what they pressed."""

    what: str
    where: str
    pressed: str = ""
    detail: str = ""

    def __str__(self) -> str:
        return " | ".join(filter(None, (self.what, self.where, self.pressed, self.detail)))


class Untranslated:
    """Notes what German lacks: gettext asks it last, after all catalogues."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        self.asked |= {singular, plural}
        return singular if number == 1 else plural

    def add_fallback(self, _fallback: object) -> None:
        """As catalogues do when they are merged."""


@dataclass
class Crawl:
    client: Client
    user: User
    marked: frozenset[str] = frozenset()
    """English strings that our own code marks: that they are translated is tested elsewhere."""
    left_out: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    visited: dict[Kind, str] = field(default_factory=dict)
    pressed: set[Kind] = field(default_factory=set)

    def walk(self, start: str = ADMIN) -> None:
        self.client.force_login(self.user)
        self.client.raise_request_exception = False
        waiting, seen = deque([(start, "the beginning")]), {start}
        with noting_untranslated() as self.untranslated:
            while waiting:
                address, offered_on = waiting.popleft()
                kind = kind_of(address)
                if kind is None or kind in self.visited:
                    continue
                self.visited[kind] = address
                response = self.look(address, offered_on)
                if response.status_code == 405:
                    self.send(offered_on, address, {}, "by script")
                document = document_of(response)
                if document is None:
                    continue
                self.press_all(address, document)
                for link in links(address, document):
                    if link not in seen and not link.startswith(self.left_out):
                        seen.add(link)
                        waiting.append((link, address))

    def look(self, address: str, offered_on: str) -> HttpResponse:
        with self.undone():
            response = self.client.get(address)
            if response.status_code != 405:  # what a script sends by POST
                self.judge(response, address, f"link on {offered_on}")
        return response

    def press_all(self, address: str, document: Any) -> None:
        for form in document.forms:
            if (form.method or "").upper() != "POST":
                continue
            action = urljoin(address, form.get("action") or form.get("data-w-swap-src-value") or address)
            if not action.startswith(ADMIN) or NOT_FOLLOWED.search(action):
                continue
            for button in buttons_of(form, document):
                self.press(address, action, form, button)

    def press(self, address: str, action: str, form: Any, button: dict[str, str]) -> None:
        label = button.get("name", "") or button.get("label", "")
        where = kind_of(action) or (action,)
        pressed = (*where, form.get("id") or "", label, button.get("value", ""))
        if pressed in self.pressed:
            return
        self.pressed.add(pressed)
        values = values_of(form)
        for name in form.xpath(".//*[contains(@data-controller, 'w-block')]/@id"):
            values[f"{name}-count"] = ["0"]  # blocks are drawn by script: none
        if button.get("name"):
            values[button["name"]] = [button.get("value", "")]
        values.update({name: [value] for name, value in button.get("also", {}).items()})
        self.send(address, action, values, label or "button")

    def send(self, address: str, action: str, values: dict[str, list[str]], label: str) -> None:
        with self.undone():
            response = self.client.post(action, values)
            self.judge(response, address, f"{label} → {action}")

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What happens inside is undone, and nothing remembers it: no cache, and no cookie with messages."""
        session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        cache.clear()
        self.client.cookies.clear()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = session  # a new password, for one, begins a new one

    def judge(self, response: HttpResponse, where: str, pressed: str) -> None:
        if response.status_code >= 500:
            error = getattr(response, "exc_info", None)
            self.faults.append(Fault(str(response.status_code), where, pressed, broke_at(error) if error else ""))
        elif response.status_code in (401, 403, 404, 405, 410):
            self.faults.append(Fault(f"refused ({response.status_code})", where, pressed))
        told = [str(message) for message in get_messages(response.wsgi_request)]
        refusal = translation.gettext("Sorry, you do not have permission to access this area.")
        for text in told:
            if refusal in text:
                self.faults.append(Fault("refused", where, pressed))
        if response.status_code == 302 and response["Location"].startswith("/admin/login"):
            self.faults.append(Fault("logged out", where, pressed))
        document = document_of(response)
        shown = " ".join([*told, *(document.itertext() if document is not None else ())])
        shown = " ".join(shown.split())
        for message in sorted(self.untranslated.asked - self.marked):
            text = longest_words(message)
            if text in shown and WORDS.search(text) and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", shown):
                self.faults.append(Fault("English", where, pressed, message))
        self.untranslated.asked.clear()


def broke_at(error: Any) -> str:
    """The exception, and the last three places of the traceback."""
    places = traceback.extract_tb(error[2])[-3:]
    return f"{error[1]!r} " + " < ".join(f"{each.filename}:{each.lineno}" for each in reversed(places))


def longest_words(message: str) -> str:
    """The longest piece of ``message`` without placeholders."""
    return max((part.strip() for part in re.split(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|<[^>]*>", message)), key=len)


class noting_untranslated:
    def __enter__(self) -> Untranslated:
        self.catalogue = trans_real.translation(languages.SOURCE)
        self.before = self.catalogue._fallback
        self.catalogue._fallback = noted = Untranslated()
        return noted

    def __exit__(self, *_error: object) -> None:
        self.catalogue._fallback = self.before


def kind_of(address: str) -> Kind | None:
    parts = urlsplit(address)
    if not parts.path.startswith(ADMIN) or NOT_FOLLOWED.search(parts.path):
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return (parts.path,)
    about = [
        f"{name}={value}"
        for name, value in match.kwargs.items()
        if not str(value).isdecimal() and "-" not in str(value)
    ]
    if "page" in match.route or "page" in (match.view_name or ""):
        number = next((value for name, value in match.kwargs.items() if name in PLACE_OF_PAGE), None)
        about.append(about_page(number))
    about += [f"{name}={value}" for name, value in parse_qsl(parts.query) if name in KEPT_PARAMETERS]
    return (match.route, *about)


def about_page(number: Any) -> str:
    page = Page.objects.filter(pk=number).first() if str(number).isdecimal() else None
    if page is None:
        return ""
    if page.is_root():
        return "root"
    language = "source" if page.locale_id == locales.id_of(languages.SOURCE) else "translation"
    return f"{page.cached_content_type.model} {language}"


def document_of(response: HttpResponse) -> Any:
    if response.streaming:
        return None
    kind, text = response.headers.get("Content-Type", ""), response.content.decode(errors="replace")
    if kind.startswith("application/json"):
        text = json.loads(text).get("html", "") if text.startswith("{") else ""
    elif not kind.startswith("text/html"):
        return None
    return lxml.html.document_fromstring(text) if text.strip() else None


def links(address: str, document: Any) -> Iterator[str]:
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            if name in ("action", "data-edit-url") or not value:
                continue
            if name == "href" or value.startswith(ADMIN):
                target = urljoin(address, value).partition("#")[0]
                if urlsplit(target).path.startswith("/admin/bulk/"):
                    yield from bulk(target, document)
                elif target.startswith(ADMIN):
                    yield target
    for script in document.xpath("//script[@type='application/json']"):
        try:
            yield from urls_in(json.loads(script.text or "null"))
        except ValueError:
            continue


def bulk(address: str, document: Any) -> Iterator[str]:
    """A bulk act with the first two rows of the list ticked."""
    ids = document.xpath("//@data-object-id")[:2]
    if ids:
        yield address + ("&" if "?" in address else "?") + "&".join(f"id={each}" for each in ids)


def urls_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from urls_in(each)
    elif isinstance(value, str) and value.startswith(ADMIN):
        yield value


def values_of(form: Any) -> dict[str, list[str]]:
    """What a browser would send: of text fields also the empty ones."""
    values: dict[str, list[str]] = {}
    sent = form.form_values()
    empty = form.xpath(".//input[@name and not(@value) and not(contains('checkbox radio submit button file', @type))]")
    empty += form.xpath(".//input[@name and not(@value) and not(@type)]")
    for name, value in [*sent, *((control.name, "") for control in empty)]:
        if "__prefix__" not in name:
            values.setdefault(name, []).append(value)
    return values


def buttons_of(form: Any, document: Any) -> Iterator[dict[str, Any]]:
    own = form.xpath(".//button|.//input[@type='submit']")
    if form.get("id"):
        own += document.xpath("//*[self::button or self::input][@form=$id]", id=form.get("id"))
    found = False
    for button in own:
        label = " ".join((button.text_content() or button.get("value") or "").split())
        if button.get("data-workflow-action-name"):
            also = {
                "action-workflow-action": "true",
                "workflow-action-name": button.get("data-workflow-action-name"),
                "workflow-action-extra-data": '{"comment": "Bitte"}',
            }
            yield {"label": button.get("data-workflow-action-name"), "also": also}
        elif button.get("type", "submit") == "submit":
            found = True
            yield {"name": button.get("name") or "", "value": button.get("value") or "", "label": label}
    if not found:
        yield {}
