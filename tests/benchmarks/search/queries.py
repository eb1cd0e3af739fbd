"""What people ask, and what answers it. The halves were drawn by chance before anything was measured."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models
from wagtail.models import Page, Site

from cms.pages.contacts import ContactPoint
from dates.models import CouncilSession, Place
from directory.models import OrganisationPage

FOLDER = Path(__file__).parent
KNOWN, UNTOUCHED, FRESH, BLIND = "known", "untouched", "fresh", "blind"
NONE = "none"
"""Sort of queries that nothing on the site answers."""

Key = tuple[str, int]
"""Table and key of what a result is about; of pages of every type "page"."""

FACTS: dict[str, Callable[[str], models.Q]] = {
    "speaks": lambda code: models.Q(languages_spoken__code=code),
    "topic": lambda key: models.Q(topics__key=key) | models.Q(topics__parent__key=key),
    "district": lambda key: models.Q(district__key=key),
}
NO_PAGES = {"contact": ContactPoint, "place": Place, "session": CouncilSession}


@dataclass(frozen=True)
class Query:
    language: str
    sort: str
    query: str
    right: tuple[str, ...]


def read(half: str) -> list[Query]:
    """A half of the first collection, or one of those whose authors had seen no rule; see docs/search-quality.md."""
    file = FOLDER / (f"{half}.jsonl" if half in (FRESH, BLIND) else f"queries_{half}.jsonl")
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if not line.startswith("#")]
    return [Query(**{**row, "right": tuple(row["right"])}) for row in rows]


def right_answers(query: Query, site: Site) -> frozenset[Key]:
    """What ``query`` wants to find; empty for one that nothing on the site answers."""
    return frozenset(key for answer in query.right for key in _meant(answer, site))


def key_of(kind: str, object_id: int) -> Key:
    """Of a result, whatever the product calls its kinds of pages."""
    return (kind if kind in NO_PAGES else "page", object_id)


def _meant(answer: str, site: Site) -> Iterable[Key]:
    """``slug`` of a page, ``contact:key``, ``place:key``, ``session:`` for any session of the council, or a fact of
    organisations (``speaks:ar``, ``topic:sport``, ``district:haspe``; several joined by ``&``)."""
    sort, colon, value = answer.partition(":")
    rows: models.QuerySet[Any]
    if not colon:
        sort, rows = "page", Page.objects.filter(slug=answer, path__startswith=site.root_page.path)
    elif sort in NO_PAGES:
        rows = NO_PAGES[sort]._default_manager.all()
        rows = rows.filter(key=value) if value else rows
    else:
        sort, rows = "page", OrganisationPage.objects.sources().live()
        for fact in answer.split("&"):
            name, _, value = fact.partition(":")
            rows = rows.filter(FACTS[name](value))
    return [(sort, key) for key in rows.distinct().values_list("pk", flat=True)]
