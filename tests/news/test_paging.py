"""The pages of the list of news: ten articles each, and the nearest one for any number."""

import datetime as dt

import pytest
from django.test import Client

from tests import factories, webpages

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def twenty_five(kept: None) -> None:
    index = factories.news_index(factories.municipality())
    for number in range(1, 26):
        factories.article(index, f"Artikel {number:02}", date=dt.date(2024, 1, number))


def titles(client: Client, address: str) -> list[str]:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return [webpages.text(link) for link in webpages.read(answer).select("main .card h2 a")]


FIRST, SECOND, THIRD = (
    [f"Artikel {n:02}" for n in numbers] for numbers in (range(25, 15, -1), range(15, 5, -1), range(5, 0, -1))
)


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("", FIRST),
        ("?page=1", FIRST),
        ("?page=2", SECOND),
        ("?page=3", THIRD),
        ("?page=4", THIRD),
        ("?page=999999999", THIRD),
        ("?page=99999999999999999999999999", THIRD),
        ("?page=0", THIRD),
        ("?page=-1", THIRD),
        ("?page=1.5", FIRST),
        ("?page=abc", FIRST),
        ("?page=", FIRST),
        ("?page=2&page=", FIRST),
        ("?page=%00", FIRST),
        ("?page=٢", SECOND),
    ],
)
def test_whatever_page_is_asked_for_the_nearest_one_answers(
    twenty_five: None, client: Client, asked: str, listed: list[str]
) -> None:
    assert titles(client, f"/de/aktuelles/{asked}") == listed
    assert titles(client, f"/ar/aktuelles/2024/{asked}") == listed
