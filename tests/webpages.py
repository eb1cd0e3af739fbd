"""Reads what the site answers, with parsers that know nothing of it."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString
from defusedxml.ElementTree import fromstring
from django.http import HttpResponse
from django.test import Client

RIGHT_TO_LEFT = {"ar", "fa"}
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def html(response: HttpResponse) -> str:
    return b"".join(response).decode() if response.streaming else response.content.decode()


def read(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(html(response), "html.parser")


def sitemaps(client: Client, **headers: str) -> list[bytes]:
    """The documents that the index of sitemaps names."""
    index = fromstring(client.get("/sitemap.xml", headers=headers).content)
    assert index.tag == f"{SITEMAPS}sitemapindex"
    return [client.get(path_of(str(each.text)), headers=headers).content for each in index.iter(f"{SITEMAPS}loc")]


def in_sitemaps(client: Client, **headers: str) -> str:
    """All that a search engine reads there."""
    return b"".join(sitemaps(client, **headers)).decode()


def faults(text: str) -> list[str]:
    """What an HTML5 parser complains about, with the line."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    lines = text.splitlines()
    return [f"{code} {details}: {lines[line - 1].strip()[:160]}" for (line, _), code, details in parser.errors]


def language_of(element: Tag) -> tuple[str, str]:
    """``lang`` and ``dir`` that hold for ``element``; ``auto`` where the text itself decides, as in every ``<bdi>``."""
    around = [each for each in (element, *element.parents) if isinstance(each, Tag)]
    lang = next((str(each["lang"]) for each in around if each.get("lang")), "")
    directions = (each.get("dir") or ("auto" if each.name == "bdi" else "") for each in around)
    return lang, next((str(direction) for direction in directions if direction), "")


def passages(page: BeautifulSoup) -> Iterator[tuple[str, Tag]]:
    """Every piece of text in the body that people read or hear, with the element that says its language."""
    for element in page.body.find_all(True):
        if element.name in {"script", "style"}:
            continue
        for name in ("alt", "title", "aria-label", "placeholder"):
            if element.get(name):
                yield str(element[name]), element
        for child in element.children:
            is_text = isinstance(child, NavigableString) and not isinstance(child, PreformattedString)
            if is_text and child.strip():
                yield str(child), element


def links(page: BeautifulSoup) -> list[str]:
    """Targets of links inside the site, without their fragments."""
    found = dict.fromkeys(str(link["href"]).partition("#")[0] for link in page.find_all("a", href=True))
    return [href for href in found if href.startswith("/") or href.startswith("?")]


def resources(page: BeautifulSoup) -> list[str]:
    """Addresses that a browser asks for before anybody clicks."""
    found = [str(element["src"]) for element in page.find_all(src=True)]
    for element in page.find_all(srcset=True):
        found += [entry.split()[0] for entry in str(element["srcset"]).split(",")]
    for element in page.find_all("link", href=True):
        if {"stylesheet", "icon", "preload", "preconnect", "dns-prefetch", "manifest"} & set(element["rel"]):
            found.append(str(element["href"]))
    found += [str(element["poster"]) for element in page.find_all(poster=True)]
    found += [str(element["data"]) for element in page.find_all("object", data=True)]
    return found


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def structured_data(page: BeautifulSoup, *, of_the_way: bool = False) -> list[dict[str, Any]]:
    """What a page says of itself; ``of_the_way``: of the way to it."""
    found = [json.loads(str(block.string)) for block in page.find_all("script", type="application/ld+json")]
    return [data for data in found if (data["@type"] == "BreadcrumbList") == of_the_way]


def text(element: Tag | BeautifulSoup | None) -> str:
    """What is read there, with single spaces."""
    assert element is not None
    return " ".join(element.get_text(" ").split())
