"""Every role presses every button that the admin offers: nothing breaks, nothing is offered and then refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.users.models import UserProfile

from cms.accounts import User
from cms.management.commands import messages
from tests.conftest import ReadingClient
from tests.every_button.crawl import Crawl
from tests.every_button.rows import make_rows

# Who, and how many kinds of pages and presses there are at least: a crawl that finds nothing proves nothing.
ROLES = {
    "admin@example.org": (500, 250),
    "press@example.org": (450, 220),
    "verwaltung@example.org": (100, 30),
    "ki@example.org": (100, 20),
    "translator-ar@example.org": (100, 20),
}
NOT_AGAIN = {"verwaltung@example.org": ("/admin/pages/", "/admin/images/", "/admin/documents/", "/admin/choose")}
"""What the press office has pressed already, with the same rights."""


@pytest.fixture
def rows(demo: None) -> Iterator[None]:
    make_rows()
    User.objects.update(preferred_language="de")
    UserProfile.objects.update(preferred_language="de")
    yield


@pytest.fixture(scope="module")
def marked() -> frozenset[str]:
    """What our own code marks for translation, Wagtail's gaps included: catalogues are tested for completeness."""
    strings = messages.extract_strings(Path(settings.BASE_DIR))
    return frozenset(text for message in strings if message.id for text in messages.originals(message))


@pytest.mark.parametrize("email", ROLES)
def test_every_button_that_a_role_is_offered_works(rows: None, marked: frozenset[str], email: str) -> None:
    crawl = Crawl(ReadingClient(), User.objects.get(email=email), marked, left_out=NOT_AGAIN.get(email, ()))
    crawl.walk()
    assert "\n".join(map(str, crawl.faults)) == ""
    pages, presses = ROLES[email]
    assert (len(crawl.visited) >= pages, len(crawl.pressed) >= presses) == (True, True), (
        len(crawl.visited),
        len(crawl.pressed),
    )
