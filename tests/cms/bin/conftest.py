from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from cms.accounts import User


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    """What is to happen after the commit happens."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def press_button(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Posts as that person, and does what is to be done after the commit."""

    def press(user: User, address: str, data: Any = None, **headers: Any) -> Any:
        client = Client()
        client.force_login(user)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, data or {}, **headers)

    return press
