"""What a search costs in a large city: CPU, bytes, and what a change costs. `make bench` prints it."""

import random
import time
from collections.abc import Callable
from statistics import quantiles
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from wagtail.models import Site

from cms.localization import languages
from cms.search import finding, index, kinds, page_kinds
from cms.search.models import SearchChange, SearchDocument, SearchPosting, SearchTerm
from directory.models import OrganisationPage
from news.models import NewsPage
from tests.benchmarks.search import large, queries
from tests.benchmarks.search.product import write_index

pytestmark = pytest.mark.benchmark
HOSTILE = (
    "der die das und in zu den mit von für",
    "Verein Hilfe Beratung Kinder Familie Stadt Hagen Deutsch",
    "Vereim Hiflezentrum Beratugnsstelle Kinderbetreung Familienfets",
    "a" * 5_000,
    "Integrationsrat " * 300,
    '" OR 1=1; DROP TABLE cms_searchterm; --',
    "(((a|b)*)+)+$ .* [^ ]",
    "NEAR(a b) AND NOT c* ^d {e}",
    "?!.,;:-_()[]{}",
    "\u202e\u2067\u200f\u200bمرحبا",
    "Hаgеn Ηagen هاجن Хаген",
    "%_%_%_%",
    "Hilfe\x00Hilfe",
    "ß" * 100 + " İıIi" * 30,
    "e\u0301" * 500,
)


def milliseconds(act: Callable[..., object], *arguments: Any, **named: Any) -> float:
    begin = time.process_time()
    act(*arguments, **named)
    return (time.process_time() - begin) * 1000


def spread(name: str, taken: list[float]) -> str:
    cuts = quantiles(taken, n=20, method="inclusive")
    return f"  {name:42} p50 {cuts[9]:6.1f}  p95 {cuts[18]:6.1f}  max {max(taken):6.1f} ms CPU"


def bytes_of_the_index() -> int:
    tables = [model._meta.db_table for model in (SearchDocument, SearchTerm, SearchPosting)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")  # which a database in service does by itself
            cursor.execute("SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s) AS name", [tables])
        else:
            lists = ", ".join(["%s"] * len(tables))
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name IN"  # noqa: S608 (places for values)
                f" (SELECT name FROM sqlite_master WHERE tbl_name IN ({lists}))",
                tables,
            )
        return int(cursor.fetchone()[0])


def asked() -> list[tuple[str, str]]:
    """What people ask, and words of the texts themselves; with the reader's language."""
    write = large.writer(random.Random(large.SEED))  # noqa: S311 (to be the same each time)
    of_texts = [(write(code, number), code) for code in languages.BY_CODE for number in (1, 2, 3, 5)]
    return [(each.query, each.language) for each in queries.read(queries.KNOWN)] + of_texts


def test_search_in_a_large_city(db: None, client: Client) -> None:
    site = large.city()
    print(f"\n\nA large city, {connection.vendor}")
    print(f"  whole index written in {milliseconds(write_index, site) / 1000:.0f} s CPU")
    index.delete(SearchChange.objects.all())  # which the first visitor would have had to wait for
    rows = {model.__name__: model.objects.count() for model in (SearchDocument, SearchTerm, SearchPosting)}
    print(f"  {bytes_of_the_index() / 1e6:.0f} MB;", ", ".join(f"{name} {number:,}" for name, number in rows.items()))
    for name, taken in update_costs(site).items():
        print(spread(f"one {name} written anew", taken))

    def find(query: str, language: str = languages.SOURCE) -> None:
        finding.find(query, site=site, language=language)

    print(f"  vocabulary read in {milliseconds(find, 'Hilfe'):.0f} ms CPU")
    usual, hostile = [milliseconds(find, *each) for each in asked()], [milliseconds(find, each) for each in HOSTILE]
    print(spread("find", usual))
    print(spread("find, hostile", hostile))
    print(spread("/de/search/?q=", [page_cost(client, query) for query, _language in asked()]))
    print(spread("/de/search/?q=, hostile", [page_cost(client, each) for each in HOSTILE]))
    assert max(hostile) <= 3 * max(usual)


def page_cost(client: Client, query: str) -> float:
    """The whole page, nothing of it cached."""
    cache.clear()
    answers: list[Any] = []
    spent = milliseconds(lambda: answers.append(client.get("/de/search/", {"q": query})))
    assert answers[0].status_code == 200
    return spent


def update_costs(site: Site) -> dict[str, list[float]]:
    """By kind: milliseconds that each of some pages takes, as if it had just been saved."""
    costs: dict[str, list[float]] = {}
    for model in (OrganisationPage, NewsPage):
        kind = kinds.named(page_kinds.kind_of(model))
        keys = model.objects.sources().order_by("pk").values_list("pk", flat=True)[:20]
        costs[kind.name] = [milliseconds(index.update, kind, [key], anew=True) for key in keys]
    return costs
