"""Two organisations, each with a member, and mails that are sent when the request is over."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from axes.utils import reset
from django.core import mail as outbox

from cms.accounts import User
from directory.models import DirectoryPage, OrganisationPage
from tests import factories

Sent = Callable[[], AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def no_failures(db: None) -> Iterator[None]:
    reset()
    yield
    reset()


@pytest.fixture
def directory(db: None) -> DirectoryPage:
    return factories.directory(factories.municipality(municipality="Stadt Musterstadt"))


@pytest.fixture
def a(directory: DirectoryPage) -> OrganisationPage:
    return factories.organisation(directory, "Verein A")


@pytest.fixture
def b(directory: DirectoryPage) -> OrganisationPage:
    return factories.organisation(directory, "Verein B")


@pytest.fixture
def member(a: OrganisationPage) -> User:
    return factories.member(a)


@pytest.fixture
def mails(django_capture_on_commit_callbacks: Any) -> Sent:
    """``with mails() as sent:`` holds afterwards what was sent by what was committed inside."""

    class Sending:
        def __enter__(self) -> list[Any]:
            self.before = len(outbox.outbox)
            self.sent: list[Any] = []
            self.capture = django_capture_on_commit_callbacks(execute=True)
            self.capture.__enter__()
            return self.sent

        def __exit__(self, *error: Any) -> None:
            self.capture.__exit__(*error)
            self.sent += outbox.outbox[self.before :]

    return Sending
