"""The queries mean what they say: each right answer exists, the halves are alike and share nothing."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.models import Site

from cms.localization import languages
from tests.benchmarks.search import content, queries
from tests.conftest import content_kept

HALVES = (queries.KNOWN, queries.UNTOUCHED)
ALL = [query for half in (*HALVES, queries.FRESH, queries.BLIND) for query in queries.read(half)]


@pytest.fixture(scope="module")
def site(demo_content: None, django_db_blocker: Any) -> Iterator[Site]:
    """The demo content with the invented content beside it."""
    with content_kept(django_db_blocker):
        site = Site.objects.get(is_default_site=True)
        content.add(site)
        yield site


def test_there_are_enough_in_every_language_and_every_half() -> None:
    counted = Counter(query.language for query in ALL)
    assert counted.keys() == languages.BY_CODE.keys()
    assert min(counted.values()) >= 20
    assert sum(query.sort == queries.NONE for query in ALL) >= 25
    for key in ("language", "sort"):
        known, untouched = (Counter(getattr(query, key) for query in queries.read(half)) for half in HALVES)
        assert all(abs(known[each] - untouched[each]) <= 4 for each in known | untouched)


def test_none_is_asked_twice() -> None:
    assert len({(query.language, query.query) for query in ALL}) == len(ALL)


def test_every_right_answer_is_there(site: Site, demo: None) -> None:
    missing = {
        (query.query, answer)
        for query in ALL
        for answer in query.right
        if not queries.right_answers(queries.Query(query.language, query.sort, query.query, (answer,)), site)
    }
    assert missing == set()
    assert {query.query for query in ALL if bool(query.right) == (query.sort == queries.NONE)} == set()
